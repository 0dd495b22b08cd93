/** What came of a stream since the last time, in order; `end` with the last of it. */
export interface Heard<Item> {
  readonly items: readonly Item[];
  /** The time was up, the place closed it, or it broke. */
  readonly end?: 'time' | 'closed' | { readonly cut: unknown };
}

export interface Listening {
  /** Items handed on together at most; reading stops while so many wait. */
  readonly most: number;
  /** How long an item waits for others to be handed on with, ms. */
  readonly lingerMs: number;
  /** Handed on sooner where nothing more came for so long, ms; by default it is not. */
  readonly quietMs?: number;
  /** How long is listened at all, ms. */
  readonly listenMs: number;
  readonly signal: AbortSignal;
}

/**
 * Listens to streams side by side until the time is up or one of them ends; what was heard before that is handed on
 * first. Throws only the signal's reason.
 */
export async function* listen<Item>(
  open: (signal: AbortSignal) => readonly AsyncIterable<Item>[],
  { most, lingerMs, quietMs = lingerMs, listenMs, signal }: Listening,
): AsyncGenerator<Heard<Item>> {
  const over = new AbortController();
  let items: Item[] = [];
  let end: Heard<Item>['end'];
  let wake = (): void => undefined;
  const waiting: (() => void)[] = [];
  const makeRoom = (): void => {
    for (const go of waiting.splice(0)) go();
  };
  const finish = (why: NonNullable<Heard<Item>['end']>): void => {
    end ??= why;
    over.abort();
    wake();
    makeRoom();
  };
  const pump = async (stream: AsyncIterable<Item>): Promise<void> => {
    try {
      for await (const item of stream) {
        items.push(item);
        if (items.length === 1 || items.length >= most) wake();
        while (items.length >= most && end === undefined) {
          await new Promise<void>((go) => void waiting.push(go));
        }
        if (end !== undefined) return;
      }
      finish('closed');
    } catch (error) {
      finish({ cut: error });
    }
  };
  const timer = setTimeout(() => finish('time'), listenMs);
  const pumps = open(AbortSignal.any([signal, over.signal])).map(pump);
  const woken = (ms?: number): Promise<void> =>
    new Promise((resolve) => {
      const late = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(late);
        resolve();
      };
    });
  try {
    while (end === undefined) {
      if (items.length === 0) await woken();
      else {
        const due = performance.now() + lingerMs;
        for (let before = 0; end === undefined && items.length < most; ) {
          const leftMs = due - performance.now();
          if (leftMs <= 0 || items.length === before) break;
          before = items.length;
          await woken(Math.min(leftMs, quietMs));
        }
        if (end !== undefined) break;
        const heard = items;
        items = [];
        makeRoom();
        yield { items: heard };
      }
    }
    signal.throwIfAborted();
    yield { items, end: end ?? 'time' };
  } finally {
    clearTimeout(timer);
    finish('time');
    await Promise.allSettled(pumps);
  }
}
