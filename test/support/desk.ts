import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScoredPost } from '../../src/core/batch.js';
import type { Actor, Role, Unit } from '../../src/core/user.js';
import type { ReviewPorts } from '../../src/pipeline/perform-act.js';
import { openStore, type Store } from '../../src/store/store.js';
import { createUnits } from '../../src/triage/scope.js';
import { batchOf, type GivenPost, landedPost } from './scored.js';
import { SimulatedClock } from './simulated-clock.js';

const unit = (id: string, regions: readonly string[], parent?: string): Unit => ({
  id,
  name: id,
  regions,
  zone: 'WIB',
  ...(parent === undefined ? {} : { parent }),
});

/** An invented tree: mabes over polda-a (91) with its polres-a1 (91.01), and polda-b (92). */
export const UNITS = createUnits([
  unit('mabes', ['*']),
  unit('polda-a', ['91'], 'mabes'),
  unit('polres-a1', ['91.01'], 'polda-a'),
  unit('polda-b', ['92'], 'mabes'),
]);

/** A store of its own with what the desk's use cases take. */
export interface DeskRig {
  readonly folder: string;
  readonly path: string;
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly ports: ReviewPorts;
  /** Lands posts; their numbers. */
  land(...posts: (GivenPost | ScoredPost)[]): number[];
  /** Opens a further connection on the same file. */
  open(readonly: boolean): Store;
  close(): void;
}

export const SECRET = Buffer.alloc(32, 7);

export function deskRig(blindShare = 0): DeskRig {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-desk-'));
  const clock = new SimulatedClock();
  const path = join(folder, 'ronda.db');
  const opened: Store[] = [];
  const open = (readonly: boolean): Store => {
    const store = openStore({ path, secret: SECRET, clock, seenWindowDays: 30, readonly });
    opened.push(store);
    return store;
  };
  const store = open(false);
  let jobs = 0;
  return {
    folder,
    path,
    store,
    clock,
    ports: { store: store.desk, units: UNITS, clock, blindShare },
    open,
    land(...posts) {
      jobs += 1;
      const landed = posts.map((post) => ('post' in post ? post : landedPost(post)));
      return [...store.land(`job-${jobs}`, batchOf('run', { landed })).items];
    },
    close() {
      for (const each of opened) each.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A person of a unit; the account need not be there. */
export function person(user: number, role: Role = 'officer', of = 'mabes'): Actor {
  return { user, role, unit: of };
}
