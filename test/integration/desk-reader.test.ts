import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kindSchemas } from '../../src/compose.js';
import { createDeskReader, type DeskReader } from '../../src/compose-desk-reader.js';
import { parseConfig } from '../../src/config.js';
import { claimItems, claimNextApart } from '../../src/pipeline/claim-items.js';
import { countQueueApart, readQueue, readQueueApart } from '../../src/pipeline/read-queue.js';
import { decide } from '../../src/pipeline/review.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { type DeskRig, deskRig, person, SECRET } from '../support/desk.js';

/** Reading the queue in processes of their own, as `ronda desk` does. */

const ENTRY = join(import.meta.dirname, '../../dist/workers/desk-reader.js');

let rig: DeskRig;
let reader: DeskReader;
const readers: DeskReader[] = [];

function open(deadlineMs: number): DeskReader {
  const config = parseConfig({
    document: {},
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
    home: rig.folder,
  });
  const opened = createDeskReader(config, { deadlineMs, entry: pathToFileURL(ENTRY) });
  readers.push(opened);
  return opened;
}

beforeEach(() => {
  process.env.RONDA_SECRET = SECRET.toString('hex');
  rig = deskRig();
  reader = open(60_000);
});
afterEach(async () => {
  for (const each of readers.splice(0)) await each.close();
  rig.close();
  delete process.env.RONDA_SECRET;
});

it.runIf(existsSync(ENTRY))('reads what the store itself would, what was just written too', async () => {
  const items = rig.land(
    ...Array.from({ length: 30 }, (_, n) => ({ id: `rekaan:${n}`, text: `kabar kampung nomor ${n}` })),
  );
  const ports = { ...rig.ports, apart: reader };
  const sari = person(1, 'supervisor');
  for (const query of [{ limit: 10 }, { limit: 50, text: 'nomor 1' }, { limit: 5, text: 'tidak ada' }]) {
    expect(await readQueueApart(ports, sari, query)).toEqual(readQueue(rig.ports, sari, query));
  }
  const [item = 0] = items;
  claimItems(ports, sari, [item]);
  decide(ports, sari, { items: [item], outcome: { kind: 'out-of-scope' } });
  expect(await countQueueApart(ports, sari, {})).toEqual({ n: 29, more: false });
  expect(await countQueueApart(ports, sari, { text: 'kampung' })).toEqual({ n: 29, more: false });
  const held = await claimNextApart(ports, sari, { text: 'kampung' }, 25);
  expect(held).toHaveLength(25);
  expect(await claimNextApart(ports, person(2, 'supervisor'), { text: 'kampung' }, 25)).toHaveLength(4);
  // Pages, counts and searches do not wait for one another.
  expect(reader.processes()).toHaveLength(3);
});

it.runIf(existsSync(ENTRY))(
  'says that it is too slow, replaces what hangs or dies, and answers again',
  async () => {
    rig.land({ id: 'rekaan:1' });
    const ports = { ...rig.ports, apart: reader };
    const sari = person(1, 'supervisor');
    await countQueueApart(ports, sari, {});
    const [dying = 0] = reader.processes();
    process.kill(dying, 'SIGSTOP');
    const lost = countQueueApart(ports, sari, {});
    const behind = countQueueApart(ports, sari, {});
    process.kill(dying, 'SIGKILL');
    await expect(lost).rejects.toMatchObject({ kind: 'reader-failed' });
    expect(await behind).toEqual({ n: 1, more: false });

    const hasty = open(5_000);
    const hurried = { ...rig.ports, apart: hasty };
    expect(await countQueueApart(hurried, sari, {})).toEqual({ n: 1, more: false });
    const [hanging = 0] = hasty.processes();
    process.kill(hanging, 'SIGSTOP');
    await expect(countQueueApart(hurried, sari, {})).rejects.toMatchObject({ kind: 'too-slow' });
    expect(hasty.processes()).not.toContain(hanging);
    expect(await countQueueApart(hurried, sari, {})).toEqual({ n: 1, more: false });
  },
);

it.runIf(existsSync(ENTRY))('refuses at once what would wait behind too many', async () => {
  rig.land({ id: 'rekaan:1' });
  const asked = Array.from({ length: 101 }, () => reader.count({ scope: 'all' }, rig.clock.now()));
  const answers = await Promise.allSettled(asked);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
  expect(answers.at(-1)).toMatchObject({ status: 'rejected', reason: { kind: 'too-slow' } });
});

it.runIf(existsSync(ENTRY))('keeps no process from ending, and ends with its parent', async () => {
  const script = `
    import { createDeskReader } from ${JSON.stringify(new URL('../src/compose-desk-reader.js', pathToFileURL(ENTRY)).href)};
    const reader = createDeskReader({ home: ${JSON.stringify(rig.folder)}, store: { file: 'ronda.db' } });
    await reader.count({ scope: 'all' }, 0);
    console.log(reader.processes().length);
    await reader.close();
    console.log(reader.processes().length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, RONDA_SECRET: SECRET.toString('hex') },
  });
  expect(stdout).toBe('1\n0\n');
});
