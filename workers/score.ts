/**
 * A scorer. As a thread of `ronda run` or `ronda batch` it opens a queue connection of its own, says when it is
 * ready or why it failed, and scores until its parent says stop; as a process of its own it is `ronda worker score`.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { compose } from '../src/compose.js';
import type { ScorerData, ScorerMessage } from '../src/compose-scorers.js';
import { kindOf, messageOf, OutOfSpaceError } from '../src/core/errors.js';

const parent = parentPort;
if (parent === null) {
  process.argv.splice(2, 0, 'worker', 'score');
  await import('../src/cli/main.js');
} else {
  const say = (message: ScorerMessage): void => parent.postMessage(message);
  const app = await compose((workerData as ScorerData).config);
  const stopped = new Promise<void>((resolve) => parent.once('message', () => resolve()));
  try {
    const consumer = await app.scoreHere((error) => {
      if (error instanceof OutOfSpaceError) say({ type: 'out-of-space', message: error.message });
    });
    say({ type: 'ready' });
    await stopped;
    await consumer.close();
  } catch (error) {
    say({ type: 'failed', kind: kindOf(error), message: messageOf(error) });
  } finally {
    await app.close();
    parent.close();
  }
}
