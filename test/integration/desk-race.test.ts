import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DeskRig, deskRig, SECRET } from '../support/desk.js';

const CHILD = fileURLToPath(new URL('../support/desk-child.mjs', import.meta.url));

let rig: DeskRig;
const children: ChildProcess[] = [];
beforeEach(() => {
  rig = deskRig();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rig.close();
});

function person(user: number, mode: 'race' | 'once'): ChildProcess {
  const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  child.stdin?.end(JSON.stringify({ path: rig.path, secret: SECRET.toString('hex'), user, mode }));
  return child;
}

/** The numbers that a person at the desk was told were decided, until the end. */
async function decidedBy(child: ChildProcess): Promise<number[]> {
  const numbers: number[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line !== 'ready') numbers.push(Number(line));
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return numbers;
}

it('two processes race for the same 200 items: none is decided twice, none is lost', async () => {
  const items = rig.land(...Array.from({ length: 200 }, (_, n) => ({ id: `rekaan:${n}` })));
  const [a = [], b = []] = await Promise.all([decidedBy(person(1, 'race')), decidedBy(person(2, 'race'))]);
  expect([...a, ...b].toSorted((x, y) => x - y)).toEqual(items);
  const { reviews, audit, queue } = rig.store.desk;
  for (const [user, numbers] of [
    ['1', a],
    ['2', b],
  ] as const) {
    for (const item of numbers) {
      expect(reviews.events(item)).toMatchObject([{ actor: user, act: { kind: 'decided' } }]);
    }
  }
  expect(queue.count({ scope: 'all' }, Date.now())).toEqual({ n: 0, more: false });
  expect(audit.verify()).toMatchObject({ ok: true, events: 200 });
});

it('a decision survives SIGKILL the moment after its answer', async () => {
  const [first] = rig.land({ id: 'rekaan:1' }, { id: 'rekaan:2' }).toReversed();
  const child = person(1, 'once');
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) {
    if (line === 'ready') continue;
    child.kill('SIGKILL');
    expect(Number(line)).toBe(first);
    break;
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  const after = rig.open(false);
  expect(after.getItem(first!)?.state).toBe('closed');
  expect(after.desk.reviews.events(first!)).toHaveLength(1);
  expect(after.desk.audit.verify()).toMatchObject({ ok: true, events: 1 });
  expect(after.desk.claims.heldBy(1, Date.now())).toEqual([]);
});
