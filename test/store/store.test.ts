import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/store.js';
import { storeContract } from '../contract/store.js';
import { SimulatedClock } from '../support/simulated-clock.js';

storeContract('on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-store-'));
  const clock = new SimulatedClock();
  return {
    open: () => {
      clock.advance(1);
      return openStore({
        path: join(folder, 'ronda.db'),
        secret: Buffer.alloc(32, 7),
        clock,
        seenWindowDays: 30,
      });
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
});
