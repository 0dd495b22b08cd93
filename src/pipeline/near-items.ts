import type { QueueEntry } from '../core/desk-ports.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import type { Actor } from '../core/user.js';
import { type DiffPart, wordDiff } from '../narrative/word-diff.js';
import { sees } from '../triage/scope.js';
import { type DeskPorts, mustMay, visibleItem } from './desk-access.js';
import { askerOf } from './review-events.js';

/** Wordings that are set against the item's own; what is beyond is counted. */
const MOST_WORDINGS = 40;

/** Near-duplicates of one wording, whatever their white space. */
export interface NearWording {
  /** How it differs from the item's own text; one part that is the same where it does not. */
  readonly parts: readonly DiffPart[];
  /** 0..1 */
  readonly similarity: number;
  /** Open and in nobody else's hands: may be decided with the item. */
  readonly free: readonly number[];
  /** Open, and somebody else has it in hand. */
  readonly held: readonly number[];
  /** Decided, in a case, or not the actor's to decide. */
  readonly settled: readonly number[];
}

/** Near-duplicates of an item among those that the actor sees. */
export interface NearItems {
  /** Most alike first. */
  readonly wordings: readonly NearWording[];
  /** Items of further wordings, which are not shown. */
  readonly beyond: number;
}

export interface NearPorts extends DeskPorts {
  readonly narratives: Pick<NarrativeReader, 'near'>;
}

/**
 * What is much like an item, by wording, and how each wording differs: to be read before one decision is made for all.
 *
 * @throws DeskRefusal `forbidden`, `no-item`
 */
export function nearItems(ports: NearPorts, actor: Actor, item: number): NearItems {
  mustMay(actor, 'queue:read');
  visibleItem(ports, actor, item);
  const near = ports.narratives.near(item);
  if (near.length === 0) return { wordings: [], beyond: 0 };
  const { queue } = ports.store;
  const now = ports.clock.now();
  const entries = new Map(
    queue
      .entries(
        near.map(({ number }) => number),
        now,
      )
      .filter((entry) => entry.withdrawnAt === undefined && sees(actor, ports.units, entry))
      .map((entry) => [entry.number, entry]),
  );
  const own = queue.texts([item]).get(item) ?? '';
  const texts = queue.texts([...entries.keys()]);
  const wordings = new Map<string, { text: string; similarity: number; entries: QueueEntry[] }>();
  for (const { number, similarity } of near) {
    const [entry, text] = [entries.get(number), texts.get(number)];
    if (entry === undefined || text === undefined) continue;
    const key = text.replace(/\s+/gu, ' ').trim();
    const wording = wordings.get(key);
    if (wording === undefined) wordings.set(key, { text, similarity, entries: [entry] });
    else wording.entries.push(entry);
  }
  const all = [...wordings.values()];
  const isSettled = ({ state, stage, number }: QueueEntry): boolean =>
    (state !== 'open' && state !== 'claimed') ||
    (stage === 'second-opinion' && askerOf(ports, number) === String(actor.user));
  const isHeld = ({ claim }: QueueEntry): boolean => claim !== undefined && claim.user !== actor.user;
  return {
    wordings: all.slice(0, MOST_WORDINGS).map(({ text, similarity, entries: those }) => {
      const open = those.filter((entry) => !isSettled(entry));
      return {
        parts: wordDiff(own, text),
        similarity,
        free: numbersOf(open.filter((entry) => !isHeld(entry))),
        held: numbersOf(open.filter(isHeld)),
        settled: numbersOf(those.filter(isSettled)),
      };
    }),
    beyond: all.slice(MOST_WORDINGS).reduce((sum, { entries: those }) => sum + those.length, 0),
  };
}

function numbersOf(entries: readonly QueueEntry[]): readonly number[] {
  return entries.map(({ number }) => number).sort((a, b) => a - b);
}
