import { expect, it } from 'vitest';
import { type LandedWork, startGrouping } from '../../src/pipeline/group-loop.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';

/** Landed work that keeps its findings in pieces without end, as a month of posts may seem to. */

it('ends between two pieces, however much there is to keep', async () => {
  const troubles: unknown[] = [];
  let [taken, pieces] = [0, 0];
  const work: LandedWork = {
    take() {
      taken += 1;
      return taken === 1;
    },
    *close() {
      for (;;) {
        pieces += 1;
        yield pieces;
      }
    },
  };
  const loop = startGrouping([work], new SimulatedClock(), (error) => troubles.push(error), true);
  await until('it keeps what it found', () => pieces > 3);
  await loop.close();
  const kept = pieces;
  await new Promise((resolve) => setImmediate(resolve));
  expect(pieces).toBe(kept);
  expect(troubles).toEqual([]);
});

it('goes on with what was left, though nothing further lands', async () => {
  let [taken, left, closed] = [0, 3, 0];
  const work: LandedWork = {
    take() {
      taken += 1;
      return taken === 1;
    },
    *close(settled) {
      yield;
      if (!settled) return;
      closed += 1;
      left = Math.max(0, left - 1);
    },
    isBehind: () => left > 0,
  };
  const clock = new SimulatedClock();
  const loop = startGrouping([work], clock, () => undefined, true);
  await until('it has kept all', () => {
    clock.advance(60_000);
    return left === 0 && closed === 3;
  });
  const before = taken;
  await until('it has looked again', () => {
    clock.advance(1_000);
    return taken > before + 3;
  });
  expect(closed).toBe(3);
  await loop.close();
});
