import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteSources } from '../../src/pipeline/note-sources.js';
import { pauseSource } from '../../src/pipeline/operations.js';
import { type DeskRig, deskRig } from '../support/desk.js';

let rig: DeskRig;
beforeEach(() => {
  rig = deskRig();
});
afterEach(() => rig.close());

const note = (settings: Record<string, string>): number =>
  noteSources(
    rig.ports,
    Object.entries(settings).map(([name, hash]) => ({ name, settings: hash })),
  );
const told = () =>
  rig.store.desk.audit
    .after(0, 100)
    .filter(({ kind }) => kind === 'source-changed')
    .map(({ actor, subject, details }) => [actor, subject, details.change ?? details.paused]);

it('tells what was added, changed and removed since the last time, once', () => {
  expect(note({ warung: 'a1', forum: 'b1' })).toBe(2);
  expect(note({ warung: 'a1', forum: 'b1' })).toBe(0);
  expect(note({ warung: 'a2' })).toBe(2);
  expect(note({ warung: 'a2' })).toBe(0);
  expect(note({ warung: 'a2', forum: 'b1' })).toBe(1);
  expect(told()).toEqual([
    ['system', 'source:warung', 'added'],
    ['system', 'source:forum', 'added'],
    ['system', 'source:warung', 'changed'],
    ['system', 'source:forum', 'removed'],
    ['system', 'source:forum', 'added'],
  ]);
  expect(rig.store.desk.audit.verify()).toMatchObject({ ok: true });
});

it('takes a pause for no change of settings, and records it by whom it was', () => {
  note({ warung: 'a1' });
  const paused: [string, boolean][] = [];
  const machinery = { setPaused: (name: string, is: boolean) => void paused.push([name, is]) };
  pauseSource({ ...rig.ports, machinery }, 'system', 'warung', true);
  pauseSource({ ...rig.ports, machinery }, { user: 4, role: 'admin', unit: 'mabes' }, 'warung', false);
  expect(note({ warung: 'a1' })).toBe(0);
  expect(paused).toEqual([
    ['warung', true],
    ['warung', false],
  ]);
  expect(told().slice(1)).toEqual([
    ['system', 'source:warung', true],
    ['4', 'source:warung', false],
  ]);
});
