import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_KINDS, type AuditCheck } from '../../src/core/audit.js';
import { createChainChecker } from '../../src/web/chain-check.js';
import { auditWords } from '../../src/words/audit.js';
import { type DeskAppRig, deskAppRig } from '../support/desk-app.js';

let rig: DeskAppRig;
beforeEach(() => {
  rig = deskAppRig();
});
afterEach(() => rig.close());

const pageOf = async (query = '', headers: Record<string, string> = {}): Promise<string> => {
  const auditor = rig.person('auditor');
  const answer = await rig.get(`/audit${query}`, auditor, headers);
  expect(answer.status).toBe(200);
  return answer.text();
};

describe('the audit trail', () => {
  it('has a sentence for every kind of event, in both languages', () => {
    for (const language of ['id', 'en'] as const) {
      expect(AUDIT_KINDS.filter((kind) => auditWords(language).kinds[kind] === undefined)).toEqual([]);
    }
  });

  it('says what was done in words, and gives the event as recorded on demand', async () => {
    const sari = rig.person('officer', 'polda-a', 'sari');
    rig.store.desk.audit.append(
      {
        actor: String(sari.user.id),
        kind: 'decided',
        subject: 'item:7',
        details: { event: 3, outcome: 'not-a-violation', ground: 'satire', items: [7, 8] },
      },
      rig.clock.now(),
    );
    const page = await pageOf();
    expect(page).toMatch(/memutuskan <a href="\/items\/7">butir 7<\/a>/);
    expect(page).toContain('Bukan pelanggaran');
    expect(page).toContain('satire');
    expect(page).not.toMatch(/<option[^>]*>decided</);
    expect(page).toContain('&quot;kind&quot;: &quot;decided&quot;');
  });

  it('is checked piece by piece while others are answered, and told of where it is whole or broken', async () => {
    for (let n = 0; n < 1_300; n += 1) {
      rig.store.desk.audit.append({ actor: 'system', kind: 'purged', subject: 'store' }, rig.clock.now());
    }
    expect(await pageOf('?check=1')).toContain('Rantai utuh');
    const pieces: number[] = [];
    const checker = createChainChecker(
      {
        verifyPart(after, limit) {
          pieces.push(after?.seq ?? 0);
          return rig.store.desk.audit.verifyPart(after, limit);
        },
      },
      (error) => {
        throw error;
      },
    );
    checker.begin();
    // A second asking does not begin a second check.
    checker.begin();
    expect(await checker.state(60_000)).toMatchObject({ is: 'done', check: { ok: true, events: 1_300 } });
    expect(pieces).toEqual([0, 500, 1_000]);
  });

  it('says how far a check is that takes longer than a page', async () => {
    const parts: (AuditCheck & { isEnd: boolean })[] = [
      { ok: true, events: 500, head: { seq: 500, hash: '00' }, isEnd: false },
      { ok: false, seq: 501, fault: 'changed', isEnd: true },
    ];
    const checker = createChainChecker({ verifyPart: () => parts.shift()! }, () => undefined);
    checker.begin();
    expect(await checker.state(0)).toMatchObject({ is: 'running', events: 500 });
    expect(await checker.state(60_000)).toMatchObject({ is: 'done', check: { ok: false, seq: 501 } });
  });
});
