import { describe, expect, it } from 'vitest';
import { GROUNDS } from '../../src/lexicon/entry.js';
import { NAMED_GROUNDS, targetText } from '../../src/words/targets.js';

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

  it('has a word for every ground of the lexicon', () => {
    for (const ground of GROUNDS) expect(NAMED_GROUNDS).toContain(ground);
  });
});
