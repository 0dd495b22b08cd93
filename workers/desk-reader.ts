/** Reads the desk's queue and narratives for its parent over a read-only connection, until the parent is gone (compose-desk-reader.ts). */
import {
  answerQuestion,
  openForReading,
  type Readable,
  type ReaderAnswer,
  type ReaderOrder,
} from '../src/compose-desk-reader.js';
import { messageOf } from '../src/core/errors.js';

// A terminal interrupts all processes at once; the parent decides when its readers end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

const say = (answer: ReaderAnswer): void => void process.send?.(answer);
let open: Readable | undefined;

process.on('message', (order: ReaderOrder) => {
  if ('ask' in order) {
    if (open !== undefined) say(answerQuestion(open, order));
    return;
  }
  try {
    open = openForReading(order.config);
    say({ type: 'ready' });
  } catch (error) {
    say({ type: 'failed', message: messageOf(error) });
  }
});
