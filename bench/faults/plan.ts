import { seededRandom } from '../../src/classify/seeded-random.js';

export type QueueKind = 'redis' | 'embedded';

/** What is struck once this share of the posts has come to an end. */
export interface Strike {
  /** 0 to 1. */
  readonly at: number;
  readonly kind:
    | 'kill-scorer'
    | 'freeze-scorer'
    | 'kill-lander'
    | 'kill-collector'
    | 'jump-clock'
    | 'kill-redis'
    | 'stop-redis'
    | 'cut-redis'
    | 'fill-disk';
  /** Which scorer, from 0. */
  readonly scorer?: number;
  /** How long it lasts, ms. */
  readonly forMs?: number;
  /** How far the clock jumps, as libfaketime writes it. */
  readonly offset?: string;
}

export interface PlanOptions {
  readonly seed: number;
  readonly queue: QueueKind;
  readonly scorers: number;
  /** How long Redis is cut off, ms. */
  readonly cutMs: number;
  /** How long a scorer is frozen, ms: beyond its lease, another has its batch when it goes on. */
  readonly freezeMs: number;
  /** How long the disk is full, ms. */
  readonly fullMs: number;
}

/** A process's clock may jump. */
export type ClockRole = 'scorer' | 'lander' | 'collector';

export interface Plan {
  readonly strikes: readonly Strike[];
  /** Whose clock jumps. */
  readonly clock: ClockRole;
}

const OFFSETS = ['+2d', '-2d', '+40m', '-40m', '+25h', '-3h'] as const;
const CLOCKS = ['scorer', 'lander', 'collector'] as const;

/** The strikes of a run, the same for the same seed: which, on what, and at which share of the posts. */
export function planOf({ seed, queue, scorers, cutMs, freezeMs, fullMs }: PlanOptions): Plan {
  const random = seededRandom(seed * 2 + (queue === 'redis' ? 1 : 0));
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const scorer = (): number => Math.floor(random() * scorers);
  const clock = pick(CLOCKS);
  const jump = (): Omit<Strike, 'at'> => ({ kind: 'jump-clock', offset: pick(OFFSETS) });
  const own: Omit<Strike, 'at'>[] =
    queue === 'redis'
      ? [{ kind: 'kill-redis' }, { kind: 'stop-redis' }, { kind: 'cut-redis', forMs: cutMs }]
      : [
          { kind: 'fill-disk', forMs: fullMs },
          { kind: 'fill-disk', forMs: fullMs },
        ];
  const all: Omit<Strike, 'at'>[] = [
    ...Array.from({ length: scorers }, (_, each) => ({ kind: 'kill-scorer' as const, scorer: each })),
    { kind: 'kill-scorer', scorer: scorer() },
    { kind: 'freeze-scorer', scorer: scorer(), forMs: freezeMs },
    { kind: 'kill-lander' },
    { kind: 'kill-lander' },
    { kind: 'kill-collector' },
    jump(),
    jump(),
    ...own,
  ];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other] as Omit<Strike, 'at'>, all[at] as Omit<Strike, 'at'>];
  }
  // Spread over the run, each within its own share of it, so that no two fall together by chance alone.
  const share = 0.88 / all.length;
  return {
    clock,
    strikes: all.map((strike, at) => ({ at: round(0.04 + share * (at + random())), ...strike })),
  };
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}

/** A strike in words. */
export function describeStrike({ kind, scorer, forMs, offset }: Strike, clock: ClockRole): string {
  const seconds = forMs === undefined ? '' : ` for ${forMs / 1_000} s`;
  switch (kind) {
    case 'kill-scorer':
      return `score worker ${(scorer ?? 0) + 1} killed (SIGKILL)`;
    case 'freeze-scorer':
      return `score worker ${(scorer ?? 0) + 1} frozen${seconds}`;
    case 'kill-lander':
      return 'land worker killed (SIGKILL); its stand-by is to take over';
    case 'kill-collector':
      return 'collect worker killed (SIGKILL)';
    case 'jump-clock':
      return `clock of the ${clock} jumps to ${offset ?? ''}`;
    case 'kill-redis':
      return 'Redis killed (SIGKILL) and started';
    case 'stop-redis':
      return 'Redis stopped and started';
    case 'cut-redis':
      return `Redis cut off${seconds} (link down)`;
    case 'fill-disk':
      return `disk full${seconds}, then freed`;
  }
}
