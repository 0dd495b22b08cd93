import type { DeskStore, QueueUpkeep } from '../core/desk-ports.js';
import { createAuditStore } from './audit.js';
import { createLearningStore } from './desk-learning.js';
import { createNumbersReader } from './desk-numbers.js';
import { createItemClaims } from './item-claims.js';
import type { ItemWriter } from './items.js';
import { createQueueReader } from './queue-page.js';
import { createReviewStore } from './reviews.js';
import type { Sealer } from './seal.js';
import { createTextIndex } from './search.js';
import { createApiTokenStore, createLoginLimits, createSessionStore } from './sessions.js';
import { createShiftStore } from './shift-notes.js';
import type { Db } from './sqlite.js';
import { createUserStore } from './users.js';

/** Everything that the triage desk works on; `fault` says what an error of the database means. */
export function createDeskStore(
  db: Db,
  sealer: Sealer,
  items: Pick<ItemWriter, 'sealed' | 'setSpeed'>,
  fault: (error: unknown) => unknown,
): DeskStore {
  const texts = createTextIndex(db);
  const upkeep: QueueUpkeep = { indexTexts: texts.index, setSpeed: items.setSpeed };
  const run = db.transaction((work: () => unknown) => work());
  const told = <T extends object>(part: T): T => withFaults(part, fault);
  return {
    audit: told(createAuditStore(db)),
    claims: told(createItemClaims(db)),
    reviews: told(createReviewStore(db, sealer)),
    queue: told(createQueueReader(db)),
    upkeep: told(upkeep),
    users: told(createUserStore(db, sealer)),
    sessions: told(createSessionStore(db, sealer)),
    tokens: told(createApiTokenStore(db, sealer)),
    limits: told(createLoginLimits(db, sealer)),
    numbers: told(createNumbersReader(db)),
    shifts: told(createShiftStore(db)),
    learning: told(createLearningStore(db)),
    ...told({
      atomically: <T>(work: () => T): T => run.immediate(work) as T,
      sealedName(number: number) {
        const facts = items.sealed(number);
        if (facts === undefined) return undefined;
        const { id, url, author } = facts;
        return {
          id,
          ...(url === undefined ? {} : { url }),
          ...(author === undefined ? {} : { author }),
        };
      },
    }),
  };
}

/** The same methods, with errors of the database said as the store's. */
export function withFaults<T extends object>(part: T, fault: (error: unknown) => unknown): T {
  const methods = Object.entries(part).map(([name, method]: [string, (...given: unknown[]) => unknown]) => [
    name,
    (...given: unknown[]): unknown => {
      try {
        return method(...given);
      } catch (error) {
        throw fault(error);
      }
    },
  ]);
  return Object.fromEntries(methods) as T;
}
