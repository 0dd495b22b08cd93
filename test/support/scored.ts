import { createHash } from 'node:crypto';
import type { Assessment, Category, Level } from '../../src/core/assessment.js';
import type { PassedPost, ScoredBatch, ScoredPost } from '../../src/core/batch.js';
import type { Post } from '../../src/core/post.js';

/** Scored posts for tests of the store; accounts and text are invented. */

export const POSTED = '2026-01-05T08:30:00.000Z';

/** 16 hex digits, as a revision has. */
export function revisionOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

export function assessmentOf(text: string, given: Partial<Assessment> = {}): Assessment {
  return {
    language: { code: 'ind', confidence: 0.9 },
    categories: { hate: 0, sara: 0.7, incitement: 0, threat: 0, hoax: 0, abusive: 0 },
    flags: ['sara'],
    level: 'medium',
    score: 0.7,
    targets: ['religion:contoh'],
    findings: [
      {
        rule: 'entry:contoh',
        category: 'sara',
        start: 0,
        end: Math.min(4, text.length),
        text: text.slice(0, 4),
        weight: 0.7,
        reason: 'lexicon.term',
        params: { term: 'contoh' },
      },
    ],
    context: [],
    incomplete: [],
    versions: { rules: '1', lexicon: '2', model: '3', language: '4' },
    ...given,
  };
}

export interface GivenPost extends Partial<Post> {
  readonly id: string;
  readonly level?: Level;
  readonly flags?: readonly Category[];
  readonly incomplete?: Assessment['incomplete'];
}

export function landedPost({
  level = 'medium',
  flags = ['sara'],
  incomplete = [],
  ...given
}: GivenPost): ScoredPost {
  const text = given.text ?? `isi rekaan ${given.id}`;
  return {
    post: {
      revision: revisionOf(`${given.id} ${text}`),
      source: 'warung',
      platform: 'rekaan',
      text,
      createdAt: POSTED,
      collectedAt: '2026-01-05T09:00:00.000Z',
      ...given,
    },
    assessment: assessmentOf(text, { level, flags, incomplete }),
  };
}

export function passedPost(given: Partial<PassedPost> & { readonly id: string }): PassedPost {
  return {
    revision: revisionOf(given.id),
    at: POSTED,
    language: 'ind',
    level: 'none',
    flags: [],
    incomplete: false,
    ...given,
  };
}

export function batchOf(run: string, given: Partial<ScoredBatch>): ScoredBatch {
  return { run, source: 'warung', landed: [], passed: [], failed: 0, ...given };
}
