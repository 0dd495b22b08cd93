import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { StoreWatch } from '../../bench/faults/store-facts.js';
import { flood } from '../../bench/flood/run.js';
import { figuresOf, startInstallation } from '../../bench/load/installation.js';
import { newTally, push } from '../../bench/load/partner.js';
import { soak } from '../../bench/soak/run.js';
import { inventedPosts } from '../support/posts.js';
import { eventually, projectRoot } from '../support/ronda.js';

/** `npm run soak` and `npm run flood` in small: what must hold at any speed; the figures are the benches'. */

const ronda = join(projectRoot, 'dist', 'src', 'cli', 'main.js');
const texts = inventedPosts(400).map(({ text }) => text);
const { signal } = new AbortController();
let folder = '';

function freshFolder(): string {
  folder = mkdtempSync(join(tmpdir(), 'ronda-soak-'));
  return folder;
}
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a run under pushes at a steady rate', () => {
  it('loses none, leaves no connection or timer behind, and ends when it is told to', {
    timeout: 240_000,
  }, async () => {
    const report = await soak({
      ...{ ronda, texts, signal, folder: freshFolder(), sources: 4, workers: 1 },
      observer: join(projectRoot, 'dist', 'bench', 'load', 'observe.js'),
      rate: 200,
      seconds: 20,
      say: () => {},
    });
    expect(report.wrong).toEqual([]);
    expect(report.sent).toBeGreaterThan(200);
    expect(report.delays.items).toBeGreaterThan(0);
    expect(report.processes.map(({ role }) => role)).toEqual(expect.arrayContaining(['ronda run', 'scorer']));
    for (const { files, handles } of report.processes) {
      expect(files[1]).toBeLessThanOrEqual(files[0] + 2);
      expect(handles[1].Timeout ?? 0).toBeLessThanOrEqual((handles[0].Timeout ?? 0) + 8);
      expect(handles[1].TCPSocketWrap ?? 0).toBeLessThanOrEqual(handles[0].TCPSocketWrap ?? 0);
    }
  });
});

describe('a run whose scorers die', () => {
  it('starts them again, more often than it does so at once, and scores what comes', {
    timeout: 240_000,
  }, async () => {
    const installation = await startInstallation({ ronda, folder: freshFolder(), sources: 1, workers: 1 });
    const watch = new StoreWatch(join(installation.home, 'ronda.db'));
    const scorers = (): number[] =>
      figuresOf(installation.pid)
        .map(({ pid }) => pid)
        .filter((pid) => pid !== installation.pid);
    try {
      let killed: number | undefined;
      for (let deaths = 0; deaths < 6; deaths += 1) {
        const scorer = await eventually('a scorer to be there', () =>
          scorers().find((pid) => pid !== killed),
        );
        // One that is killed before it was ready counts as one that could not start: let it come up.
        const posts = [
          { id: `p${deaths}`, text: 'Selamat pagi', author: 'a', created_at: '2026-01-05T08:00:00Z' },
        ];
        await push(installation, 'mitra-1', posts, newTally(), () => 1_000, signal);
        await eventually('a post to pass', () => watch.sums().passed === deaths + 1);
        process.kill(scorer, 'SIGKILL');
        killed = scorer;
      }
      const posts = [{ id: 'last', text: 'Selamat malam', author: 'a', created_at: '2026-01-05T20:00:00Z' }];
      await push(installation, 'mitra-1', posts, newTally(), () => 1_000, signal);
      await eventually('the last post to pass', () => watch.sums().passed === 7);
      expect(installation.said()).toContain('scorers died');
    } finally {
      watch.close();
      await installation.stop();
    }
  });
});

describe('a flood from two of six sources', () => {
  it('is worked off without a loss while the other sources are taken in their turn', {
    timeout: 240_000,
  }, async () => {
    const report = await flood({
      ...{ ronda, signal, folder: freshFolder(), workers: 1, copies: 6_000, slow: 200, others: 4, rate: 4 },
      copy: 'Usir semua orang Papua dari kampung ini sekarang juga!',
      slowTexts: [texts.slice(0, 12).join(' '), '"a" '.repeat(400)],
      texts: texts.filter((_, at) => at % 8 === 3 || at % 8 === 4),
      say: () => {},
    });
    expect(report.wrong).toEqual([]);
    expect(report.flood.map(({ sent }) => sent)).toEqual([6_000, 200]);
    expect(report.delays.items).toBeGreaterThan(0);
    // The very same post, one in ten of the copies, is kept once.
    expect(report.landed).toBeLessThan(6_000 - 500 + report.others.sent + 200);
    // None of the others had to wait until the flood was over.
    expect(report.delays.p50).toBeLessThan(report.seconds * 1_000);
  });
});
