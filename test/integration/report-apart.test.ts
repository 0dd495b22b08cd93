import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kindSchemas } from '../../src/compose.js';
import { reportsApart, reportsHere } from '../../src/compose-reports.js';
import { parseConfig } from '../../src/config.js';
import type { ReportMaker } from '../../src/pipeline/export-report.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { type DeskRig, deskRig, SECRET } from '../support/desk.js';

/** Reports made in processes of their own, as the desk makes them. */

const ENTRY = join(import.meta.dirname, '../../dist/workers/report.js');

let rig: DeskRig;
let apart: ReportMaker;
let here: ReportMaker;
beforeEach(() => {
  process.env.RONDA_SECRET = SECRET.toString('hex');
  rig = deskRig();
  const config = parseConfig({
    document: {},
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
    home: rig.folder,
  });
  apart = reportsApart(config, pathToFileURL(ENTRY));
  here = reportsHere(config, rig.store, rig.clock);
});
afterEach(() => {
  rig.close();
  delete process.env.RONDA_SECRET;
});

const ask = { kind: 'daily', date: '2026-01-05', zone: 'WIB' } as const;

it.runIf(existsSync(ENTRY))('say what the desk’s own process would, bytes and all', async () => {
  rig.land({ id: 'rekaan:1' }, { id: 'rekaan:2' });
  const made = await apart.make(ask, 'json', 'id');
  const own = await here.make(ask, 'json', 'id');
  const told = (bytes: Uint8Array) => {
    const {
      madeAt: _,
      limits: __,
      ...rest
    } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
    return rest;
  };
  expect(told(made.bytes)).toEqual(told(own.bytes));
  expect(told(made.bytes)).toMatchObject({ totals: { posts: 2, flagged: 2 } });
  expect(made.name).toBe(own.name);
});

it.runIf(existsSync(ENTRY))('refuse what cannot be, and no more than two are made at once', async () => {
  await expect(apart.make({ ...ask, date: '2026-02-30' }, 'json', 'id')).rejects.toMatchObject({
    kind: 'bad-field',
  });
  await expect(
    apart.make({ kind: 'narrative', story: 'abc', zone: 'WIB' }, 'md', 'id'),
  ).rejects.toMatchObject({
    kind: 'no-narrative',
  });
  const three = await Promise.allSettled([1, 2, 3].map(() => apart.make(ask, 'html', 'en')));
  expect(three.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(three[2]).toMatchObject({ reason: { kind: 'too-slow' } });
});
