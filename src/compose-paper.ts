/**
 * The summary of a case, made apart from the desk: it takes the processor up to a second, in which nobody would be
 * answered. A thread and not a process, since it opens no database and is gone when it is done.
 */
import { Worker } from 'node:worker_threads';
import { messageOf, RetryableError } from './core/errors.js';
import type { PacketContent } from './core/evidence.js';
import { readPacketFonts } from './files/packet-fonts.js';

/** How long one may take, ms; and the memory of its thread. */
const DEADLINE_MS = 30_000;
const MEMORY_MB = 512;
/** Summaries that wait for their turn, at most. */
const MOST_WAITING = 20;

/** What a thread says. */
export type PaperAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };

/** The summary as PDF; in the thread, or where there is none. */
export async function paperOf(content: PacketContent): Promise<Uint8Array> {
  const { casePdf } = await import('./report/case-pdf.js');
  return casePdf(content, readPacketFonts());
}

/** Makes summaries one after the other, each in a thread of its own. It throws RetryableError `paper-failed`. */
export function createPaperThread(
  entry = new URL('../workers/case-paper.js', import.meta.url),
): (content: PacketContent) => Promise<Uint8Array> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (content) => {
    if (waiting >= MOST_WAITING) {
      return Promise.reject(
        new RetryableError('paper-failed', 'too many packets at once; try again in a moment'),
      );
    }
    waiting += 1;
    const made = last
      .then(() => inThread(entry, content))
      .finally(() => {
        waiting -= 1;
      });
    last = made.catch(() => undefined);
    return made;
  };
}

function inThread(entry: URL, content: PacketContent): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(entry, {
      workerData: content,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (act: () => void): void => {
      clearTimeout(timer);
      void thread.terminate();
      act();
    };
    const fail = (why: string): void =>
      end(() =>
        reject(new RetryableError('paper-failed', `the summary of the case could not be made: ${why}`)),
      );
    const timer = setTimeout(() => fail(`not within ${DEADLINE_MS / 1_000} s`), DEADLINE_MS);
    thread.once('message', (answer: PaperAnswer) =>
      'failed' in answer ? fail(answer.failed) : end(() => resolve(answer.bytes)),
    );
    thread.once('error', (error) => fail(messageOf(error)));
    thread.once('exit', (status) => fail(`its thread ended with ${status}`));
  });
}
