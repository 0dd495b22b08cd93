import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { queueContract } from '../contract/queue.js';

queueContract('embedded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-queue-'));
  const path = join(folder, 'queue.db');
  return {
    adapter: 'embedded',
    open: (tuning) => createEmbeddedQueues({ path, ...tuning }),
    childOptions: (tuning) => ({ path, ...tuning }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});
