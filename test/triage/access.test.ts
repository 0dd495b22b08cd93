import { describe, expect, it } from 'vitest';
import { ROLES, type Unit } from '../../src/core/user.js';
import { checkEscalation, checkOutcome } from '../../src/triage/checks.js';
import { may, RIGHTS, type Right } from '../../src/triage/rights.js';
import { createUnits, scopeOf, sees } from '../../src/triage/scope.js';

const unit = (id: string, regions: string[], parent?: string): Unit => ({
  id,
  name: id,
  regions,
  zone: 'WIB',
  ...(parent === undefined ? {} : { parent }),
});
const units = createUnits([
  unit('mabes', ['*']),
  unit('polda-a', ['91'], 'mabes'),
  unit('polres-a1', ['91.01', '91.02'], 'polda-a'),
  unit('polda-b', ['92'], 'mabes'),
]);

/** Rights that change nothing but the record of what was looked at. */
const READING: ReadonlySet<Right> = new Set([
  'queue:read',
  'name:unseal',
  'shift:read',
  'narrative:read',
  'numbers:read',
  'report:export',
  'alert:read',
  'neutrality:read',
  'audit:read',
  'user:read',
  'packet:export',
]);

describe('rights', () => {
  it('auditors read everything that is read, and change nothing', () => {
    expect(RIGHTS.filter((right) => may('auditor', right) && !READING.has(right))).toEqual(['token:own']);
  });

  it('humas never sees a post or a name; admins decide nothing', () => {
    for (const right of ['queue:read', 'name:unseal', 'item:decide', 'packet:export'] as const) {
      expect(may('humas', right)).toBe(false);
      expect(may('admin', right)).toBe(false);
    }
  });

  it('every right is somebody’s, and only admins keep accounts', () => {
    for (const right of RIGHTS) expect(ROLES.some((role) => may(role, right))).toBe(true);
    expect(ROLES.filter((role) => may(role, 'user:manage'))).toEqual(['admin']);
    expect(ROLES.filter((role) => may(role, 'escalation:approve'))).toEqual(['supervisor']);
  });
});

describe('units', () => {
  it.each([
    ['91', 'polda-a'],
    ['91.01', 'polres-a1'],
    ['91.01.05', 'polres-a1'],
    ['91.03', 'polda-a'],
    ['911', 'mabes'],
    ['93', 'mabes'],
    [null, 'mabes'],
  ])('an item of region %s belongs to %s', (region, owner) => {
    expect(units.ownersOf(region).map(({ id }) => id)).toEqual([owner]);
  });

  it.each([
    ['~91.01', ['polres-a1', 'mabes']],
    ['~91', ['polda-a', 'mabes']],
    ['~93', ['mabes']],
  ])(
    'an item whose text says %s belongs to %j: it stays with those who have the unknown ones',
    (region, owners) => {
      expect(units.ownersOf(region).map(({ id }) => id)).toEqual(owners);
      const officer = (unit: string) => ({ role: 'officer' as const, unit });
      for (const { id } of units.all) expect(sees(officer(id), units, { region })).toBe(owners.includes(id));
      expect(scopeOf(officer('mabes'), units, [region])).toEqual({ units: ['mabes'], regions: [region] });
    },
  );

  it.each([
    ['officer', 'mabes', ['93', null]],
    ['officer', 'polda-a', ['91', '91.03']],
    ['supervisor', 'polda-a', ['91', '91.01', '91.03']],
    ['officer', 'polres-a1', ['91.01']],
    ['supervisor', 'polda-b', ['92']],
    ['officer', 'nowhere', []],
  ] as const)('%s of %s sees %j', (role, of, regions) => {
    const all = ['91', '91.01', '91.03', '92', '93', null];
    const scope = scopeOf({ role, unit: of }, units, all);
    expect(scope).toMatchObject({ regions });
    for (const region of all) {
      const item = region === null ? {} : { region };
      expect(sees({ role, unit: of }, units, item)).toBe((regions as readonly unknown[]).includes(region));
    }
  });

  it('an item handed over is the unit’s, whatever its region', () => {
    const handed = { region: '91.01', unit: 'polda-b' };
    expect(sees({ role: 'officer', unit: 'polda-b' }, units, handed)).toBe(true);
    expect(sees({ role: 'officer', unit: 'polres-a1' }, units, handed)).toBe(false);
    expect(sees({ role: 'supervisor', unit: 'mabes' }, units, handed)).toBe(true);
    expect(scopeOf({ role: 'auditor', unit: 'x' }, units, [])).toBe('all');
    expect(scopeOf({ role: 'supervisor', unit: 'mabes' }, units, [])).toBe('all');
  });

  it.each([
    [[unit('a', [], 'b'), unit('b', [], 'a')], /below itself/],
    [[unit('a', [], 'c')], /c, which is no unit/],
    [[unit('a', []), unit('a', [])], /twice/],
    [[unit('a', ['91']), unit('b', ['91'])], /region 91 belongs to a and to b/],
  ])('refuses a tree that is none', (given, message) => {
    expect(() => createUnits(given)).toThrow(message);
  });
});

describe('what may be said', () => {
  it.each([
    [{ kind: 'hoax' }, 'hoax-without-source'],
    [{ kind: 'hoax', source: 'javascript:alert(1)' }, 'bad-source'],
    [{ kind: 'hoax', source: 'https://periksa.example/1' }, undefined],
    [{ kind: 'hoax', claim: 'cek-17' }, undefined],
    [{ kind: 'duplicate', of: 3 }, 'duplicate-of-itself'],
    [{ kind: 'duplicate', of: 4 }, undefined],
    [{ kind: 'not-a-violation', ground: 'satire' }, undefined],
  ] as const)('outcome %j: %s', (outcome, check) => {
    expect(checkOutcome(outcome, [3])).toBe(check);
  });

  const plain = {
    targetKind: 'protected-group',
    target: 'religion:contoh',
    criticismOrOpinion: false,
    callToAct: false,
  } as const;
  it.each([
    [{}, undefined],
    [{ criticismOrOpinion: true }, 'protected-expression'],
    [{ criticismOrOpinion: true, callToAct: true }, undefined],
    [{ targetKind: 'institution', target: 'institution:contoh' }, 'protected-expression'],
    [{ targetKind: 'institution', factCheck: 'cek-17' }, undefined],
    [{ target: '@warga rekaan' }, 'bad-target'],
    [{ factCheck: 'dua kata' }, 'bad-fact-check'],
  ] as const)('escalation %j: %s', (given, check) => {
    expect(checkEscalation({ ...plain, ...given })).toBe(check);
  });

  it('a group must be named', () => {
    const { target: _, ...unnamed } = plain;
    expect(checkEscalation(unnamed)).toBe('target-missing');
  });
});
