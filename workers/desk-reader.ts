/** Reads the desk's queue for its parent over a read-only connection, until the parent is gone (compose-desk-reader.ts). */
import {
  answerQuestion,
  openQueue,
  type ReaderAnswer,
  type ReaderOrder,
} from '../src/compose-desk-reader.js';
import type { QueueStore } from '../src/core/desk-ports.js';
import { messageOf } from '../src/core/errors.js';

// A terminal interrupts all processes at once; the parent decides when its readers end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

const say = (answer: ReaderAnswer): void => void process.send?.(answer);
let queue: QueueStore | undefined;

process.on('message', (order: ReaderOrder) => {
  if ('ask' in order) {
    if (queue !== undefined) say(answerQuestion(queue, order));
    return;
  }
  try {
    queue = openQueue(order.config);
    say({ type: 'ready' });
  } catch (error) {
    say({ type: 'failed', message: messageOf(error) });
  }
});
