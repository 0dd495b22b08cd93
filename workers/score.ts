/**
 * A scorer. Started by `ronda run` or `ronda batch` it opens a queue connection of its own, says when it is ready or
 * why it failed, and scores until its parent says stop or is gone; by itself it is `ronda worker score`.
 */
import { compose } from '../src/compose.js';
import { SCORER_OF_RUN, type ScorerMessage, type ScorerOrder, tellingMeter } from '../src/compose-scorers.js';
import { kindOf, messageOf, OutOfSpaceError } from '../src/core/errors.js';

if (process.argv[2] === SCORER_OF_RUN) {
  // A terminal or a service manager signals all processes at once; the parent decides when its scorers end.
  for (const sign of ['SIGINT', 'SIGTERM']) process.on(sign, () => undefined);
  process.once('message', (order: ScorerOrder) => {
    if (order.type === 'start') void score(order.config);
  });
} else {
  process.argv.splice(2, 0, 'worker', 'score');
  await import('../src/cli/main.js');
}

async function score(config: Parameters<typeof compose>[0]): Promise<void> {
  const say = (message: ScorerMessage): void => void process.send?.(message, () => undefined); // a parent may be gone
  const stopped = new Promise<void>((resolve) => {
    for (const sign of ['message', 'disconnect']) process.once(sign, () => resolve());
  });
  const app = await compose(config);
  app.instruments.use(tellingMeter(say));
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
    if (process.connected) process.disconnect();
  }
}
