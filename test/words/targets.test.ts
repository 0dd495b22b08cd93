import { describe, expect, it } from 'vitest';
import { GROUNDS } from '../../src/lexicon/entry.js';
import { NAMED_GROUNDS, targetId, targetText } from '../../src/words/targets.js';

describe('the name of a target', () => {
  it.each([
    ['religion:ahmadiyah', 'id', 'ahmadiyah (agama atau kepercayaan)'],
    ['inter-group:orang-miskin', 'en', 'orang miskin (social group)'],
    ['institution:fpi', 'id', 'fpi (lembaga)'],
    // What no lexicon of ours says is shown as it is.
    ['planet:mars', 'id', 'planet:mars'],
    ['islam', 'en', 'islam'],
  ] as const)('of %s in %s is %s', (target, language, said) => {
    expect(targetText(target, language)).toBe(said);
  });

  it.each([
    ['religion:Hindu', [], 'religion:hindu'],
    ['hindu (agama atau kepercayaan)', [], 'religion:hindu'],
    ['Orang Miskin (social group)', [], 'inter-group:orang-miskin'],
    [' Hindu ', ['ethnicity:jawa', 'religion:hindu'], 'religion:hindu'],
    // A name alone says nothing of its ground where it was not found: `papua` is a people and a province.
    ['papua', [], 'papua'],
    ['Pak Rekaan (tetangga)', [], 'Pak Rekaan (tetangga)'],
    ['', ['religion:hindu'], ''],
  ])('typed as %j with %j found is %j', (typed, known, target) => {
    expect(targetId(typed, known)).toBe(target);
  });

  it('comes back from its name, in both languages', () => {
    for (const ground of NAMED_GROUNDS) {
      for (const language of ['id', 'en'] as const) {
        const target = `${ground}:nama-rekaan`;
        expect(targetId(targetText(target, language), [])).toBe(target);
      }
    }
  });

  it('has a word for every ground of the lexicon', () => {
    for (const ground of GROUNDS) expect(NAMED_GROUNDS).toContain(ground);
  });
});
