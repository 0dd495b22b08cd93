import { describe, expect, it } from 'vitest';
import type { Category, Level } from '../../src/core/assessment.js';
import { DEFAULT_LANDING, lands } from '../../src/triage/landing.js';

const CASES: [string, Category[], Level, boolean][] = [
  ['hate at the lowest level', ['hate'], 'low', true],
  ['a threat', ['threat'], 'critical', true],
  ['a matched hoax', ['hoax'], 'low', true],
  ['swearing alone, however strong', ['abusive'], 'critical', false],
  ['nothing', [], 'none', false],
];

describe('the default landing', () => {
  it.each(CASES)('%s', (_name, flags, level, expected) => {
    expect(lands({ flags, level }, DEFAULT_LANDING)).toBe(expected);
  });
});

describe('a landing of the operator', () => {
  it('keeps out what is below the level named', () => {
    expect(lands({ flags: ['hate'], level: 'medium' }, { hate: 'high' })).toBe(false);
    expect(lands({ flags: ['hate'], level: 'high' }, { hate: 'high' })).toBe(true);
  });

  it('lands a post by any one of its flags', () => {
    expect(lands({ flags: ['hate', 'threat'], level: 'medium' }, { hate: 'critical', threat: 'low' })).toBe(
      true,
    );
  });
});
