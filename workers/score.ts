/**
 * A scorer as a thread of `ronda run` or `ronda batch`: it opens its own queue connection, scores until its parent
 * says stop, finishes what is under way, and says when it is ready and why it failed.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { compose } from '../src/compose.js';
import { kindOf, messageOf } from '../src/core/errors.js';
import type { ScorerData, ScorerMessage } from '../src/compose-scorers.js';

const { config } = workerData as ScorerData;
const say = (message: ScorerMessage): void => parentPort?.postMessage(message);

const app = compose(config);
try {
  const consumer = await app.scoreHere();
  say({ type: 'ready' });
  await new Promise<void>((resolve) => parentPort?.once('message', () => resolve()));
  await consumer.close();
} catch (error) {
  say({ type: 'failed', kind: kindOf(error), message: messageOf(error) });
} finally {
  await app.close();
  parentPort?.close();
}
