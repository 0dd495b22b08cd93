/** The thread in which `ronda sources parse` reads recorded payloads: one order, one answer. */
import { parentPort } from 'node:worker_threads';
import { answerParse, type ParseOrder } from '../src/compose-parse.js';

parentPort?.on('message', (order: ParseOrder) => {
  void answerParse(order).then((answer) => parentPort?.postMessage(answer));
});
