import type { QueueUpkeep } from '../core/desk-ports.js';
import type { Clock } from '../core/ports.js';
import { type Repeating, repeat } from './repeat.js';

/** Texts a transaction: some ten milliseconds, in which whoever decides waits. */
const PIECE = 500;
/** Between pieces while texts wait, ms, so that others come in between; and when none does. */
const BUSY_MS = 20;
const IDLE_MS = 1_000;
const TROUBLE_MS = 5_000;

/** Takes landed texts into the search until it is closed; those that wait are searched as well, only slower. */
export function startTextIndexing(
  upkeep: Pick<QueueUpkeep, 'indexTexts'>,
  clock: Clock,
  report: (error: unknown) => void,
): Repeating {
  const index = (): number => (upkeep.indexTexts(PIECE).waiting > 0 ? BUSY_MS : IDLE_MS);
  return repeat(index, { clock, report, troubleMs: TROUBLE_MS });
}
