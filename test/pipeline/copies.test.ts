import { expect, it } from 'vitest';
import { scoreBatch } from '../../src/pipeline/score.js';
import { MAX_ASSESSED_CHARS } from '../../src/score/assess.js';
import { DEFAULT_LANDING } from '../../src/triage/landing.js';
import { assessmentOf, landedPost } from '../support/scored.js';

const assessor = { assess: (text: string) => assessmentOf(text) };

/** What a scorer says that this text has in common with its copies. */
function wordingOf(text: string): string | undefined {
  const { post } = landedPost({ id: 'rekaan:1', text });
  return scoreBatch(assessor, { run: 'run', source: 'warung', posts: [post] }, DEFAULT_LANDING).landed[0]
    ?.wording;
}

it.each([
  ['the very same text', 'usir mereka dari kampung'],
  ['letters that look alike, spaces and marks', 'U s i r   MEREKA dari k4mpung'],
  ['another count', '17 usir mereka dari kampung', '4211 usir mereka dari kampung'],
  ['another mention', '@ani usir mereka dari kampung', '@budi usir mereka dari kampung'],
  [
    'a text that is too long to be read',
    'a'.repeat(MAX_ASSESSED_CHARS + 1),
    'a'.repeat(MAX_ASSESSED_CHARS + 1),
  ],
])('copies have their wording in common: %s', (_, text, other = 'usir mereka dari kampung') => {
  expect(wordingOf(text)).toBeTypeOf('string');
  expect(wordingOf(text)).toBe(wordingOf(other));
});

it('another text has another wording', () => {
  const texts = ['usir mereka dari kampung', 'usir mereka dari kota', 'jangan usir mereka dari kampung', '5'];
  expect(new Set(texts.map(wordingOf)).size).toBe(texts.length);
});
