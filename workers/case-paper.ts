/** Makes the summary of one case in a thread of the desk's process (compose-paper.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { type PaperAnswer, paperOf } from '../src/compose-paper.js';
import { messageOf } from '../src/core/errors.js';
import type { PacketContent } from '../src/core/evidence.js';

const say = (answer: PaperAnswer): void => parentPort?.postMessage(answer);
try {
  say({ bytes: await paperOf(workerData as PacketContent) });
} catch (error) {
  say({ failed: messageOf(error) });
}
