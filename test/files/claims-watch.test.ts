import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadAssessor } from '../../src/compose-assessor.js';
import type { Claim } from '../../src/core/claim.js';
import type { Clock } from '../../src/core/ports.js';
import { claimsState, claimsStorePath, watchClaims, writeClaimsStore } from '../../src/files/claims-store.js';
import { configOf } from '../support/config.js';
import { until } from '../support/until.js';

const claim: Claim = {
  id: 'pk-1',
  title: 'Jembatan Mahoni di Kota Karangwaru Runtuh Dihantam Ombak 12 Meter',
  verdict: 'salah',
  publisher: 'Periksa Kampung',
  date: '2024-05-02',
  url: 'https://periksa.example/1',
};
const spreading = 'GEGER! jembatan mahoni karangwaru ambruk dihantam ombak 12 meter, sebarkan';
/** Looks a hundred times as often as it would. */
const clock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms / 100, undefined, signal ? { signal } : {}),
};

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-claims-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('tells of each change of the file and of what it cannot read, and keeps looking', async () => {
  const path = claimsStorePath(home);
  const ended = new AbortController();
  const told: (readonly Claim[])[] = [];
  const faults: unknown[] = [];
  const watching = watchClaims(
    {
      path,
      clock,
      signal: ended.signal,
      onChange: (claims) => void told.push(claims),
      onFault: (error) => void faults.push(error),
    },
    claimsState(path),
  );
  writeClaimsStore(path, [claim]);
  await until('the first is told', () => told.length === 1);
  writeFileSync(path, 'bukan json\n');
  await until('the fault is told', () => faults.length === 1);
  writeClaimsStore(path, [claim, { ...claim, id: 'pk-2' }]);
  await until('the next is told', () => told.length === 2);
  rmSync(path);
  await until('the end is told', () => told.length === 3);
  ended.abort();
  await watching;
  expect(told.map((claims) => claims.length)).toEqual([1, 2, 0]);
  expect(faults).toMatchObject([{ kind: 'bad-claims' }]);
});

it('lets an assessor at work match with fact-checks that come later', { timeout: 30_000 }, async () => {
  const config = configOf({ home });
  const closers: (() => Promise<void> | void)[] = [];
  const faults: unknown[] = [];
  const assessor = await loadAssessor(config, clock, (error) => void faults.push(error), closers);
  try {
    expect(assessor.assess(spreading).flags).toEqual([]);
    writeClaimsStore(claimsStorePath(home), [claim]);
    await until('the post is matched', () => assessor.assess(spreading).flags.includes('hoax'));
    expect(assessor.assess(spreading).findings[0]).toMatchObject({
      rule: 'claim-match',
      claim: { id: 'pk-1' },
    });
    expect(faults).toEqual([]);
  } finally {
    for (const close of closers) await close();
  }
});
