/**
 * The desk's reading apart from its writing: pages and counts of the queue, searches, and narratives with their trends are
 * read by processes of their own over read-only connections, so that no search keeps a decision waiting. Processes, not threads: what better-sqlite3
 * hands out must not be let go in a thread that ends (src/sqlite/keep-alive.ts), and one that takes too long can be ended.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { storySources } from './compose-stories.js';
import type { Config } from './config.js';
import type { QueueFilter, QueueQuery, QueueReading, QueueStore } from './core/desk-ports.js';
import { DeskRefusal } from './core/desk-refusal.js';
import { messageOf, RetryableError } from './core/errors.js';
import { createStoryAnswers, type StoryAnswerer, type StoryQuestion } from './pipeline/story-reading.js';
import { loadSecret } from './store/secret.js';
import { openStore } from './store/store.js';

/** A question; `now` is ms since the epoch. */
type Question =
  | { readonly ask: 'page'; readonly query: QueueQuery; readonly now: number }
  | { readonly ask: 'count'; readonly query: QueueFilter; readonly now: number }
  | { readonly ask: 'narratives'; readonly question: StoryQuestion };

/** What a reader is told by its parent. */
export type ReaderOrder = { readonly type: 'start'; readonly config: Config } | Question;

/** What a reader says to its parent. */
export type ReaderAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly value: unknown }
  | { readonly type: 'failed'; readonly message: string };

/** A question that is not answered by then is refused, and its reader replaced, ms. */
const DEADLINE_MS = 3_000;
/** Questions that wait for one reader, at most: 20 people ask two each at a time. */
const MOST_WAITING = 100;

export interface DeskReader extends QueueReading, StoryAnswerer {
  /** Ids of the processes that run. */
  processes(): readonly number[];
  close(): Promise<void>;
}

export interface ReaderOptions {
  readonly deadlineMs?: number;
  /** The process to start; the built workers/desk-reader.js unless told otherwise. */
  readonly entry?: URL;
}

/** What a reader reads from. */
export interface Readable {
  readonly queue: Pick<QueueStore, 'page' | 'count'>;
  readonly story: (question: StoryQuestion) => unknown;
}

/** A store that is there, for reading alone; in the reader's own process, which loads no more than that. */
export function openForReading(config: Config): Readable {
  const home = resolve(config.home);
  const store = openStore({
    path: join(home, config.store.file),
    secret: loadSecret({ home, env: process.env }),
    clock: { now: () => Date.now(), sleep: (ms) => sleep(ms) },
    seenWindowDays: 1,
    readonly: true,
    mapped: true,
  });
  return { queue: store.desk.queue, story: createStoryAnswers(storySources(config, store)) };
}

/** Reads as the readers do; in the reader's own process. */
export function answerQuestion({ queue, story }: Readable, order: Question): ReaderAnswer {
  try {
    const value =
      order.ask === 'page'
        ? queue.page(order.query, order.now)
        : order.ask === 'count'
          ? queue.count(order.query, order.now)
          : story(order.question);
    return { type: 'answer', value };
  } catch (error) {
    return { type: 'failed', message: messageOf(error) };
  }
}

/**
 * Readers of a store that is there, each started when it is first asked: one for pages, one for their counts, one for
 * searches, one for narratives, since the later keep the earlier waiting. They throw DeskRefusal `too-slow`, RetryableError `reader-failed`.
 */
export function createDeskReader(config: Config, options: ReaderOptions = {}): DeskReader {
  const pages = createLane(config, options);
  const counts = createLane(config, options);
  const searches = createLane(config, options);
  const narratives = createLane(config, options);
  const lanes = [pages, counts, searches, narratives];
  return {
    page: (query, now) =>
      (query.text === undefined ? pages : searches).ask({ ask: 'page', query, now }) as ReturnType<
        QueueReading['page']
      >,
    count: (query, now) =>
      (query.text === undefined ? counts : searches).ask({ ask: 'count', query, now }) as ReturnType<
        QueueReading['count']
      >,
    answer: (question) => narratives.ask({ ask: 'narratives', question }),
    processes: () => lanes.flatMap((lane) => lane.process() ?? []),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Waiting {
  readonly question: Question;
  readonly timer: NodeJS.Timeout;
  readonly settle: (answer: ReaderAnswer | Error) => void;
}

/** One reader and what waits for it; it is given one question at a time. */
function createLane(
  config: Config,
  { deadlineMs = DEADLINE_MS, entry = new URL('../workers/desk-reader.js', import.meta.url) }: ReaderOptions,
) {
  const waiting: Waiting[] = [];
  let reader: ChildProcess | undefined;
  let isReady = false;
  let asked: Waiting | undefined;
  let isClosed = false;

  const next = (): void => {
    const [first] = waiting;
    if (!isReady || asked !== undefined || first === undefined) return;
    asked = first;
    reader?.send(first.question, (error) => error && drop('could not be asked'));
  };
  const take = (one: Waiting, answer: ReaderAnswer | Error): void => {
    clearTimeout(one.timer);
    waiting.splice(waiting.indexOf(one), 1);
    if (asked === one) asked = undefined;
    one.settle(answer);
  };
  /** The process is done with; the question that it had is not answered, those behind it are asked of the next. */
  const drop = (why: string): void => {
    const dropped = reader;
    reader = undefined;
    isReady = false;
    dropped?.kill('SIGKILL');
    const failed = asked ?? waiting[0];
    if (failed !== undefined) take(failed, new RetryableError('reader-failed', `the desk's reader ${why}`));
    if (waiting.length > 0 && !isClosed) start();
  };
  const start = (): void => {
    const started = fork(fileURLToPath(entry), [], {
      serialization: 'advanced',
      // Of the desk's own: an inspector's port would be taken already.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    reader = started;
    started.on('message', (message: ReaderAnswer) => {
      if (reader !== started) return;
      if (message.type === 'ready') isReady = true;
      else if (!isReady && message.type === 'failed') return drop(`could not start: ${message.message}`);
      else if (asked !== undefined) take(asked, message);
      next();
    });
    started.on('error', () => reader === started && drop('could not be started'));
    started.on('exit', (status, by) => reader === started && drop(`ended with ${by ?? status}`));
    // It does not keep the desk's process.
    started.unref();
    started.channel?.unref();
    started.send({ type: 'start', config } satisfies ReaderOrder, () => undefined);
  };

  return {
    process: () => reader?.pid,
    ask: (question: Question): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const tooSlow = () =>
          new DeskRefusal('too-slow', `this was not found within ${deadlineMs / 1_000} s; ask for less`);
        if (waiting.length >= MOST_WAITING || isClosed) {
          reject(tooSlow());
          return;
        }
        const settle = (answer: ReaderAnswer | Error): void => {
          if (answer instanceof Error) reject(answer);
          else if (answer.type === 'answer') resolve(answer.value);
          else {
            reject(new RetryableError('reader-failed', answer.type === 'failed' ? answer.message : 'early'));
          }
        };
        const timer = setTimeout(() => {
          const wasAsked = asked === one;
          take(one, tooSlow());
          if (!wasAsked) return;
          // What it reads for nobody cannot be stopped otherwise.
          const slow = reader;
          reader = undefined;
          isReady = false;
          slow?.kill('SIGKILL');
          if (waiting.length > 0) start();
        }, deadlineMs);
        const one: Waiting = { question, timer, settle };
        waiting.push(one);
        if (reader === undefined) start();
        else next();
      }),
    async close() {
      isClosed = true;
      for (const one of [...waiting]) take(one, new RetryableError('reader-failed', 'the desk is closing'));
      const ending = reader;
      reader = undefined;
      if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
      // Now it is waited for.
      ending.ref();
      ending.kill('SIGKILL');
      await ended;
    },
  };
}
