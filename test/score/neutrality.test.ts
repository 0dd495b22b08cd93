import { describe, expect, it } from 'vitest';
import { loadModels } from '../../src/compose-assessor.js';
import type { Entry } from '../../src/lexicon/entry.js';
import { createAssessor } from '../../src/score/assess.js';
import { auditNeutrality, namesToSwap, spokenName } from '../../src/score/neutrality.js';
import { NEUTRALITY_TEMPLATES } from '../../src/score/neutrality-templates.js';
import { configOf } from '../support/config.js';
import { theLexicon } from './assessor.js';

const config = configOf();

describe('the detection as it is shipped, with all its models', () => {
  it('flags the same sentence whichever group, camp or institution it names', () => {
    const assessor = createAssessor({ lexicon: theLexicon(), ...loadModels(config) });
    const report = auditNeutrality(namesToSwap(theLexicon().entries), assessor.assess);
    const told = report.dependent.map(({ template, departing }) => `${template}: ${departing.join(', ')}`);
    expect(report.neutral, told.join('\n')).toBe(true);
    expect(report.sets.map(({ set }) => set)).toEqual(['group', 'camp', 'institution']);
    for (const { names, templates } of report.sets) {
      expect(names).toBeGreaterThan(30);
      expect(templates).toBeGreaterThanOrEqual(60);
    }
    // A detector that flags nothing, or everything, would be neutral too.
    const papua = report.rows.find(({ target }) => target === 'ethnicity:papua');
    expect(papua?.flagged.harm).toBeGreaterThanOrEqual(0.9 * NEUTRALITY_TEMPLATES.harm.length);
    expect(papua?.flagged.harmless).toBeLessThanOrEqual(0.05 * NEUTRALITY_TEMPLATES.harmless.length);
    for (const { set, flagged } of report.rows) {
      if (set === 'institution') expect(flagged.criticism).toBe(0);
    }
  }, 120_000);
});

describe('the audit', () => {
  const names = namesToSwap([
    entry('group-a', 'papua', ['suku papua', 'orang papua']),
    entry('group-b', 'suku laut', ['orang laut']),
    entry('group-c', 'waria'),
  ]);

  it('lists a sentence whose outcome departs for one name, and which name', () => {
    const report = auditNeutrality(names, (text) => ({ flags: text.includes('waria') ? [] : ['hate'] }), {
      contempt: ['Saya benci {N}.'],
      harm: [],
      harmless: [],
      criticism: [],
    });
    expect(report.dependent).toEqual([
      {
        set: 'group',
        kind: 'contempt',
        template: 'Saya benci {N}.',
        usuallyFlagged: true,
        departing: ['waria'],
      },
    ]);
    expect(report.rows.map(({ name, share, departs }) => [name, share, departs])).toEqual([
      ['orang papua', 1, 0],
      ['orang laut', 1, 0],
      ['waria', 0, 1],
    ]);
    expect(report.neutral).toBe(false);
  });

  it('counts rudeness as no hostility, so that swearing may not hide a difference', () => {
    const report = auditNeutrality(names, (text) => ({ flags: text.includes('Waria') ? ['abusive'] : [] }));
    expect(report.dependent).toEqual([]);
    expect(report.neutral).toBe(true);
  });

  it('compares within a set only', () => {
    const camps = namesToSwap([{ ...entry('camp-x', 'kubu x'), kind: 'camp', target: 'camp:x' }]);
    const report = auditNeutrality([...names, ...camps], (text) => ({
      flags: /kubu x/i.test(text) ? [] : ['hate'],
    }));
    expect(report.dependent).toEqual([]);
  });
});

describe('the name that people say', () => {
  it.each([
    [entry('group-a', 'papua', ['suku papua', 'warga papua', 'orang papua']), 'orang papua'],
    [entry('group-b', 'hindu', ['umat hindu']), 'umat hindu'],
    [entry('group-c', 'orang miskin', ['kaum miskin']), 'orang miskin'],
    [entry('group-d', 'waria'), 'waria'],
    [{ ...entry('group-e', 'eden'), needs: ['jamaah'] }, undefined],
    [{ ...entry('group-f', 'alkitab'), sacred: true as const }, undefined],
  ])('of $id is %s', (group, spoken) => {
    expect(spokenName(group)).toBe(spoken);
  });
});

function entry(id: string, term: string, variants?: string[]): Entry {
  return {
    id,
    term,
    kind: 'group',
    form: 'name',
    ground: 'ethnicity',
    target: `ethnicity:${id}`,
    weight: 1,
    ...(variants === undefined ? {} : { variants }),
    from: 'usage',
  };
}
