import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskRows, labelsOf } from '../../src/classify/from-desk.js';
import { createClassifier } from '../../src/classify/model.js';
import { type LabelledText, trainClassifier } from '../../src/classify/train.js';
import type { DecidedText } from '../../src/core/desk-numbers.js';
import type { Outcome, Verdict } from '../../src/core/review.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import { decide, reopen, reviewBlind, undo } from '../../src/pipeline/review.js';
import { normalise } from '../../src/text/normalise.js';
import { tokenise } from '../../src/text/tokenise.js';
import { type DeskRig, deskRig, person } from '../support/desk.js';
import { assessmentOf, landedPost } from '../support/scored.js';

/** From decisions at the desk to a classifier that has learnt of them. Invented texts. */

const violation = (category: 'hate' | 'sara' | 'threat' | 'abusive' | 'hoax'): Verdict => ({
  kind: 'violation',
  category,
});
const CLEAN: Verdict = { kind: 'not-a-violation', ground: 'opinion' };

describe('what a decision teaches', () => {
  it.each<[string, Verdict, string[], readonly string[] | undefined]>([
    ['protected expression is clean', CLEAN, ['religion:contoh'], []],
    ['hate against a faith', violation('hate'), ['religion:contoh'], ['hate', 'group', 'religion']],
    ['SARA against a people', violation('sara'), ['ethnicity:contoh'], ['hate', 'group', 'race']],
    ['a threat to a group', violation('threat'), ['race:contoh'], ['hate', 'group', 'strong', 'race']],
    ['swearing', violation('abusive'), [], ['abusive']],
    ['hate against a camp is hate against no group', violation('hate'), ['camp:contoh'], ['hate']],
    ['a threat to nobody known', violation('threat'), ['institution:contoh'], undefined],
    ['SARA without a target', violation('sara'), [], undefined],
    ['a hoax', { kind: 'hoax', claim: 'c1' }, [], undefined],
    ['a duplicate', { kind: 'duplicate', of: 3 }, [], undefined],
    ['what is out of scope', { kind: 'out-of-scope' }, [], undefined],
  ])('%s', (_, verdict, targets, labels) => {
    expect(labelsOf({ verdict, targets })).toEqual(labels);
  });

  it('counts each text once, by its newest decision, and never more than a quarter of the files', () => {
    const one = (text: string, verdict: Verdict): DecidedText => ({
      item: 1,
      text,
      targets: [],
      flags: [],
      verdict,
    });
    const rows = deskRows(
      [one('Satu  dua', CLEAN), one('satu dua', violation('hate')), one(' ', CLEAN)],
      100,
    );
    expect(rows).toEqual([{ text: 'Satu  dua', labels: [], weight: 1 }]);
    const many = deskRows(
      Array.from({ length: 80 }, (_, n) => one(`teks ${n}`, CLEAN)),
      100,
    );
    expect(many.reduce((sum, { weight = 1 }) => sum + weight, 0)).toBeCloseTo(25, 6);
  });
});

describe('from the desk to the model', () => {
  let rig: DeskRig;
  beforeEach(() => {
    rig = deskRig(1);
  });
  afterEach(() => rig.close());
  const reviewer = person(11);
  const lead = person(21, 'supervisor');

  function decided(text: string, outcome: Outcome): number {
    const { post } = landedPost({ id: text, text });
    const [item = 0] = rig.land({ post, assessment: assessmentOf(text, { targets: ['religion:contoh'] }) });
    claimItems(rig.ports, reviewer, [item]);
    decide(rig.ports, reviewer, { items: [item], outcome });
    return item;
  }
  const texts = (): string[] => [...rig.store.desk.learning.decided(100)].map(({ text }) => text);

  it('only decisions that stand are learnt from', () => {
    decided('berdiri', CLEAN);
    undo(rig.ports, reviewer, { items: [decided('diurungkan', CLEAN)] });
    reopen(rig.ports, lead, { item: decided('dibuka lagi', CLEAN), note: 'keliru' });
    for (const [text, verdict] of [
      ['disangkal', violation('hate')],
      ['dikuatkan', CLEAN],
    ] as const) {
      const item = decided(text, CLEAN);
      claimItems(rig.ports, person(12), [item]);
      reviewBlind(rig.ports, person(12), { item, verdict });
    }
    expect(texts()).toEqual(['dikuatkan', 'berdiri']);
  });

  it('moves the model towards what people decided, within its bound', () => {
    const subjects = [
      'warung',
      'angkot',
      'hujan',
      'sepeda',
      'kopi',
      'pasar',
      'lampu',
      'kereta',
      'bakso',
      'pagar',
    ];
    const files: LabelledText[] = subjects.flatMap((subject, n) => [
      { text: `${subject} pagi ini enak ${n}`, labels: [] },
      { text: `${subject} sore ini ramai ${n}`, labels: [] },
      { text: `${subject} itu sungguh zoblok ${n}`, labels: ['hate', 'group', 'religion'] },
      { text: `${subject} itu memang zoblok ${n}`, labels: ['hate', 'group', 'religion'] },
    ]);
    for (const subject of subjects) decided(`${subject} kaum sana mblegug`, violation('hate'));
    const learnt = deskRows(rig.store.desk.learning.decided(100), files.length);
    const chance = (rows: readonly LabelledText[]): number => {
      const read = (text: string) => {
        const n = normalise(text);
        return { n, tokens: tokenise(n), signs: [] };
      };
      const sizes = { gramBits: 12, wordBits: 11 };
      const { model } = trainClassifier(rows, { read, sizes, folds: 5, passes: 8 });
      const { n, tokens } = read('jembatan kaum sana mblegug');
      return createClassifier({ ...model, version: 'test' }).predict(n, tokens, []).hate;
    };
    const [before, bounded] = [chance(files), chance([...files, ...learnt])];
    expect(bounded).toBeGreaterThan(before + 0.1);
    expect(learnt.reduce((sum, { weight = 1 }) => sum + weight, 0)).toBeLessThanOrEqual(files.length / 4);
  });
});
