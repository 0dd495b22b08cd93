import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kindSchemas } from '../../src/compose.js';
import { scoredBy } from '../../src/compose-shadow.js';
import { parseConfig } from '../../src/config.js';
import type { PostBatch, ScoredBatch } from '../../src/core/batch.js';
import { packageRoot } from '../../src/files/package-root.js';
import { DEFAULT_LANDING } from '../../src/triage/landing.js';
import { passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** A candidate lexicon as ronda.yaml names it, beside the live one: loaded, or left out without harm. */

let folder: string;
const closers: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-shadow-'));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

const TEXT = 'Mereka semua anjing kurap dan babi, usir dan bakar rumahnya';
const post = {
  id: 'x:1',
  revision: '1',
  source: 'warga',
  platform: 'x',
  text: TEXT,
  collectedAt: '2026-03-01T00:00:00.000Z',
};
const payload: PostBatch = { run: 'r', source: 'warga', posts: [post] };
const versions = { rules: 'r', lexicon: 'live', model: 'm', language: 'l' };
/** The live side passed it without a flag. */
const scored: ScoredBatch = {
  run: 'r',
  source: 'warga',
  landed: [],
  passed: [passedPost({ id: post.id, revision: post.revision })],
  failed: 0,
  versions,
};

async function tried(shadow: object): Promise<{ batch: ScoredBatch; told: unknown[] }> {
  const config = parseConfig({
    document: { score: { shadow } },
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule: () => true,
    home: folder,
  });
  const told: unknown[] = [];
  const add = await scoredBy(
    config,
    new SimulatedClock(),
    (error) => told.push(error),
    closers,
    DEFAULT_LANDING,
  );
  const job = { id: '0a'.repeat(16), lane: 'warga', payload, attempt: 1, enqueuedAt: 0 };
  return { batch: add(scored, job), told };
}

it('counts what the candidate makes otherwise, under both versions', async () => {
  const lexicons = join(folder, 'lexicons');
  cpSync(join(packageRoot, 'lexicons'), lexicons, { recursive: true });
  const file = join(lexicons, 'slurs', 'religion.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(1).join('\n'));
  const { batch, told } = await tried({ lexicons });
  expect(told).toEqual([]);
  expect(batch.by).not.toBe('');
  expect(batch.shadow).toMatchObject({ posts: 1, incomplete: 0, live: 'rules r, lexicon live, model m' });
  expect(batch.shadow?.changed).toBe(1);
  expect(batch.shadow?.candidate).not.toContain('lexicon live');
  expect(JSON.stringify(batch.shadow)).not.toContain('anjing');
  expect({ ...batch, by: undefined, shadow: undefined }).toEqual({
    ...scored,
    by: undefined,
    shadow: undefined,
  });
});

it('goes on without a candidate that cannot be loaded, and says so', async () => {
  const { batch, told } = await tried({ lexicons: join(folder, 'nowhere') });
  expect(batch.shadow).toBeUndefined();
  expect(told).toEqual([expect.objectContaining({ kind: 'shadow' })]);
});
