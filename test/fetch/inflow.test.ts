import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, RetryableError } from '../../src/core/errors.js';
import { Inflow, type Sink } from '../../src/fetch/inflow.js';
import { faultOf } from '../support/doors.js';

/** A stream whose place is the test itself. */
function stream(maxBufferedBytes: number) {
  const told: string[] = [];
  let place: Sink<number> | undefined;
  const inflow = new Inflow<number>({
    place: 'https://s.example/',
    maxBufferedBytes,
    idleMs: 60_000,
    signal: new AbortController().signal,
    connect: async (sink) => {
      place = sink;
      return {
        pause: () => void told.push('pause'),
        resume: () => void told.push('resume'),
        close: () => void told.push('close'),
      };
    },
  });
  const connected = async (): Promise<Sink<number>> => {
    const first = inflow.next();
    await Promise.resolve();
    place?.push(0, 1);
    await first;
    if (place === undefined) throw new Error('not connected');
    return place;
  };
  return { inflow, told, connected };
}

describe('what flows in', () => {
  it('stops when the buffer is full and goes on when half of it is read', async () => {
    const { inflow, told, connected } = stream(1_000);
    const place = await connected();
    for (let value = 1; value <= 10; value++) place.push(value, 36);
    expect(told).toEqual(['pause']);
    for (let value = 1; value <= 4; value++) await inflow.next();
    expect(told).toEqual(['pause']);
    await inflow.next();
    expect(told).toEqual(['pause', 'resume']);
  });

  it('is given up when the connection does not stop, and what came before is given', async () => {
    const { inflow, told, connected } = stream(1_000);
    const place = await connected();
    for (let value = 1; value <= 100; value++) place.push(value, 100_000);
    expect(told).toEqual(['pause', 'close']);
    const given: number[] = [];
    const fault = await faultOf(
      (async () => {
        for await (const value of inflow) given.push(value);
      })(),
    );
    expect([kindOf(fault), fault instanceof RetryableError]).toEqual(['stream-overrun', true]);
    expect(given).toEqual(given.map((_, at) => at + 1));
    expect(given.length).toBeGreaterThan(0);
    expect(given.length).toBeLessThan(50);
  });

  it('counts what an empty entry costs', async () => {
    const { told, connected } = stream(1_000);
    const place = await connected();
    for (let value = 1; value <= 100; value++) place.push(value, 0);
    expect(told).toEqual(['pause']);
  });

  it('is given in order, each once, to whoever asks first', async () => {
    const step = fc.oneof(fc.constant('push' as const), fc.constant('ask' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 3_000 }), async (steps) => {
        const { inflow, connected } = stream(5_000);
        const place = await connected();
        const asked: Promise<IteratorResult<number>>[] = [];
        let pushed = 0;
        for (const each of steps) {
          if (each === 'ask') asked.push(inflow.next());
          else place.push(++pushed, 10);
        }
        place.end();
        for (let left = pushed; left >= 0; left--) asked.push(inflow.next());
        const results = await Promise.all(asked);
        const given = results.filter(({ done }) => done !== true).map(({ value }) => value as number);
        expect(given).toEqual(Array.from({ length: pushed }, (_, at) => at + 1));
      }),
      { numRuns: 30 },
    );
  });

  it('is over once: one end, one fault, one close', async () => {
    const { inflow, told, connected } = stream(1_000);
    const place = await connected();
    place.fail(new Error('first'));
    place.fail(new Error('second'));
    place.end();
    place.push(1, 1);
    await expect(inflow.next()).rejects.toThrow('first');
    expect(await inflow.next()).toEqual({ done: true, value: undefined });
    await inflow.return();
    expect(told).toEqual(['close']);
  });
});
