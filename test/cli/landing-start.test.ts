import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startLanding } from '../../src/cli/commands/landing.js';
import type { PipelineApp } from '../../src/cli/commands/pipeline-app.js';
import { compose } from '../../src/compose.js';
import { configOf } from '../support/config.js';
import { batchOf, passedPost } from '../support/scored.js';
import { until } from '../support/until.js';

/** A lander that cannot start leaves nothing behind: no lease, no consumer, nothing that keeps the process alive. */

let home: string;
let app: Awaited<ReturnType<typeof compose>>;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ronda-landing-'));
  app = await compose(configOf({ home }));
});
afterEach(async () => {
  await app.close();
  rmSync(home, { recursive: true, force: true });
});

it('gives up the lease and the queue where a part of it fails to start', async () => {
  const pipeline = app.pipeline();
  let [indexing, consuming] = [0, 0];
  const broken: PipelineApp = {
    ...pipeline,
    land: {
      ...pipeline.land,
      consume(handler, options) {
        const consumer = pipeline.land.consume(handler, options);
        consuming += 1;
        return {
          async close(how) {
            await consumer.close(how);
            consuming -= 1;
          },
        };
      },
    },
    startIndexing() {
      const loop = pipeline.startIndexing();
      indexing += 1;
      return {
        async close() {
          await loop.close();
          indexing -= 1;
        },
      };
    },
    startGrouping() {
      throw new Error('the stories cannot be read');
    },
  };
  await expect(startLanding(broken, { onLost: () => undefined })).rejects.toThrow(
    'the stories cannot be read',
  );
  await until('what was started has ended', () => indexing + consuming === 0);
  // Nobody takes what is queued now, and whoever comes next may land it.
  const { run } = pipeline.ports.store.openRun('once', 'x');
  await pipeline.land.enqueue([
    { id: 'aa', lane: 'x', payload: batchOf(run.id, { passed: [passedPost({ id: 'x:1' })] }) },
  ]);
  expect(await pipeline.land.counts()).toMatchObject({ waiting: 1, active: 0 });
  const landed = await new Promise<number>((resolve, reject) => {
    startLanding(pipeline, {
      onLost: reject,
      onLanded: ({ passed }) => resolve(passed),
    }).then((landing) => closing.push(landing), reject);
  });
  expect(landed).toBe(1);
  for (const landing of closing.splice(0)) await landing.close();
});

const closing: Awaited<ReturnType<typeof startLanding>>[] = [];
