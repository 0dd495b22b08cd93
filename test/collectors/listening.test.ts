import { describe, expect, it } from 'vitest';
import { type Heard, listen } from '../../src/collectors/listening.js';

/** A stream of these that then waits until it is told to stop, or ends, or breaks. */
async function* say(
  items: readonly string[],
  signal: AbortSignal,
  then: 'wait' | 'end' | Error,
  told: string[] = [],
): AsyncGenerator<string> {
  try {
    for (const item of items) {
      told.push(item);
      yield item;
    }
    if (then instanceof Error) throw then;
    if (then === 'end') return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    signal.throwIfAborted();
  } finally {
    told.push('(closed)');
  }
}

const quick = { most: 3, lingerMs: 20, listenMs: 200, signal: new AbortController().signal };

async function all(heard: AsyncIterable<Heard<string>>): Promise<Heard<string>[]> {
  const found: Heard<string>[] = [];
  for await (const each of heard) found.push(each);
  return found;
}

describe('listening', () => {
  it('hands on what came together, until the time is up', async () => {
    const found = await all(listen((signal) => [say(['a', 'b', 'c', 'd'], signal, 'wait')], quick));
    expect(found.map(({ items }) => items.join(''))).toEqual(['abc', 'd', '']);
    expect(found.map(({ end }) => end)).toEqual([undefined, undefined, 'time']);
  });

  it('hands on sooner where nothing more comes', async () => {
    const options = { ...quick, lingerMs: 60_000, quietMs: 10 };
    const found = await all(listen((signal) => [say(['a', 'b'], signal, 'wait')], options));
    expect(found.map(({ items, end }) => [items.join(''), end])).toEqual([
      ['ab', undefined],
      ['', 'time'],
    ]);
  });

  it('to several streams ends with the first that ends, and closes the others', async () => {
    const told: string[] = [];
    const open = (signal: AbortSignal) => [say(['a'], signal, 'wait', told), say(['b'], signal, 'end')];
    const found = await all(listen(open, { ...quick, lingerMs: 1_000, listenMs: 60_000 }));
    expect(found.flatMap(({ items }) => items).sort()).toEqual(['a', 'b']);
    expect(found.at(-1)?.end).toBe('closed');
    expect(told).toEqual(['a', '(closed)']);
  });

  it('hands on what was heard before a stream broke, and then what broke it', async () => {
    const cut = new Error('cut');
    const found = await all(listen((signal) => [say(['a', 'b'], signal, cut)], quick));
    expect(found).toEqual([{ items: ['a', 'b'], end: { cut } }]);
  });

  it('reads no further than what nobody took', async () => {
    const told: string[] = [];
    const items = Array.from({ length: 50 }, (_, index) => `${index}`);
    for await (const heard of listen((signal) => [say(items, signal, 'wait', told)], quick)) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(told.length).toBeLessThanOrEqual(6);
      expect(heard.items).toEqual(['0', '1', '2']);
      break;
    }
    expect(told.at(-1)).toBe('(closed)');
  });

  it('throws only why it was told to stop', async () => {
    const stop = new AbortController();
    const found: string[] = [];
    const listening = async () => {
      const options = { ...quick, listenMs: 60_000, signal: stop.signal };
      for await (const { items } of listen((signal) => [say(['a'], signal, 'wait')], options)) {
        found.push(...items);
        stop.abort(new Error('enough'));
      }
    };
    await expect(listening()).rejects.toThrow('enough');
    expect(found).toEqual(['a']);
  });
});
