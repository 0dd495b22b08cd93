import type { AuditKind, AuditValue } from '../core/audit.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import type { Clarification, Narrative } from '../core/narrative.js';
import type { NarrativeEditStore, NarrativeReader } from '../core/narrative-ports.js';
import type { Actor } from '../core/user.js';
import { maskNames } from '../text/mask.js';
import { type DeskPorts, mustMay } from './desk-access.js';
import { splitId } from './edited-stories.js';

/** Characters, at most. */
export const NARRATIVE_LIMITS = { title: 120, channel: 100, url: 2_000, note: 1_000, items: 100 } as const;
/** A clock that runs a little ahead is none that lies. */
const AHEAD_MS = 300_000;

export interface EditPorts extends Pick<DeskPorts, 'clock'> {
  readonly store: Pick<DeskPorts['store'], 'atomically' | 'audit' | 'users'>;
  readonly narratives: Pick<NarrativeReader, 'narrative' | 'narrativeDetail'>;
  readonly edits: NarrativeEditStore;
}

/**
 * Calls a narrative something else; an empty title gives it back the one made of its words.
 *
 * @throws DeskRefusal `forbidden`, `no-narrative`, `bad-title` (too long, or it names an account or a link)
 */
export function renameNarrative(
  ports: EditPorts,
  actor: Actor,
  { narrative, title }: { readonly narrative: string; readonly title: string },
): Narrative {
  mustMay(actor, 'narrative:edit');
  const said = title
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (said.length > NARRATIVE_LIMITS.title || maskNames(said) !== said) {
    throw new DeskRefusal(
      'bad-title',
      `a title has at most ${NARRATIVE_LIMITS.title} characters, and no account, link or number of a person in it`,
    );
  }
  return ports.store.atomically(() => {
    const { id } = mustFind(ports, narrative);
    change(ports, actor, { kind: 'rename', narrative: id, title: said });
    record(ports, actor, 'narrative-renamed', id, { title: said });
    return mustFind(ports, id);
  });
}

/**
 * Makes a narrative part of another.
 *
 * @returns the narrative that both are now
 * @throws DeskRefusal `forbidden`, `no-narrative`, `same-narrative`
 */
export function mergeNarratives(
  ports: EditPorts,
  actor: Actor,
  { narrative, into }: { readonly narrative: string; readonly into: string },
): Narrative {
  mustMay(actor, 'narrative:edit');
  return ports.store.atomically(() => {
    const { id } = mustFind(ports, narrative);
    const { id: target } = mustFind(ports, into);
    if (id === target)
      throw new DeskRefusal('same-narrative', `${narrative} and ${into} are one narrative already`);
    change(ports, actor, { kind: 'merge', narrative: id, into: target });
    record(ports, actor, 'narrative-merged', id, { into: target });
    return mustFind(ports, target);
  });
}

/**
 * Takes wordings out of a narrative into one of their own: those of the items named, or those named themselves.
 *
 * @returns the narrative that they are now
 * @throws DeskRefusal `forbidden`, `no-narrative`, `nothing-to-split` (none of them, or all of them, are its wordings)
 */
export function splitNarrative(
  ports: EditPorts,
  actor: Actor,
  given: {
    readonly narrative: string;
    readonly items?: readonly number[];
    readonly wordings?: readonly string[];
  },
): Narrative {
  mustMay(actor, 'narrative:edit');
  const items = (given.items ?? []).slice(0, NARRATIVE_LIMITS.items);
  return ports.store.atomically(() => {
    const detail = ports.narratives.narrativeDetail(given.narrative);
    if (detail === undefined) throw noNarrative(given.narrative);
    const { id } = detail.narrative;
    const asked = new Set(given.wordings ?? []);
    for (const item of items) {
      const wording = ports.edits.wordingOf(item);
      if (wording !== undefined) asked.add(wording);
    }
    const taken = detail.variants.filter(({ wording }) => asked.has(wording));
    if (taken.length === 0 || taken.length >= detail.narrative.variants) {
      throw new DeskRefusal('nothing-to-split', `name some of the wordings of ${id}, and not all of them`);
    }
    const wordings = taken.map(({ wording }) => wording);
    change(ports, actor, { kind: 'split', narrative: id, items, wordings });
    record(ports, actor, 'narrative-split', id, { wordings });
    return mustFind(ports, splitId(wordings));
  });
}

/**
 * Notes what was published in answer to a narrative; the same address and time once.
 *
 * @throws DeskRefusal `forbidden`, `no-narrative`, `bad-clarification` (its address, its time, its channel or its note)
 */
export function noteClarification(
  ports: EditPorts,
  actor: Actor,
  narrative: string,
  given: { readonly at: string; readonly channel: string; readonly url: string; readonly note?: string },
): Clarification {
  mustMay(actor, 'narrative:edit');
  const now = ports.clock.now();
  const at = Date.parse(given.at);
  const channel = given.channel.replace(/\p{C}+/gu, ' ').trim();
  const note = (given.note ?? '').trim();
  const url = webAddress(given.url);
  const isBad =
    url === undefined ||
    Number.isNaN(at) ||
    at > now + AHEAD_MS ||
    channel === '' ||
    channel.length > NARRATIVE_LIMITS.channel ||
    note.length > NARRATIVE_LIMITS.note;
  if (isBad) {
    throw new DeskRefusal(
      'bad-clarification',
      'a clarification needs an http(s) address, the time at which it was published, and a channel',
    );
  }
  const { store, edits } = ports;
  return store.atomically(() => {
    const detail = ports.narratives.narrativeDetail(narrative);
    if (detail === undefined) throw noNarrative(narrative);
    const { id } = detail.narrative;
    // A form that is sent twice notes one answer.
    const known = detail.clarifications.find((each) => each.url === url && Date.parse(each.at) === at);
    if (known !== undefined) return known;
    const by = store.users.find(actor.user)?.name ?? String(actor.user);
    const noted = edits.addClarification({ at: new Date(at).toISOString(), channel, url, note, by }, id, now);
    record(ports, actor, 'clarification-noted', id, { clarification: noted.id, at: noted.at });
    return noted;
  });
}

/**
 * Takes back a clarification that was noted by mistake.
 *
 * @throws DeskRefusal `forbidden`, `no-clarification`
 */
export function removeClarification(ports: EditPorts, actor: Actor, id: number): void {
  mustMay(actor, 'narrative:edit');
  const { store, edits } = ports;
  store.atomically(() => {
    const narrative = edits.clarified(id);
    if (narrative === undefined || !edits.removeClarification(id)) {
      throw new DeskRefusal('no-clarification', `there is no clarification ${id}`);
    }
    record(ports, actor, 'clarification-removed', narrative, { clarification: id });
  });
}

function mustFind({ narratives }: EditPorts, id: string): Narrative {
  const found = narratives.narrative(id);
  if (found === undefined) throw noNarrative(id);
  return found;
}

function noNarrative(id: string): DeskRefusal {
  return new DeskRefusal('no-narrative', `there is no narrative ${id}`);
}

function change(
  { edits, clock }: EditPorts,
  actor: Actor,
  edit: Parameters<NarrativeEditStore['addNarrativeEdit']>[0],
): void {
  edits.addNarrativeEdit(edit, String(actor.user), clock.now());
}

function record(
  { store, clock }: EditPorts,
  actor: Actor,
  kind: Extract<AuditKind, `narrative-${string}` | `clarification-${string}`>,
  narrative: string,
  details: Readonly<Record<string, AuditValue>>,
): void {
  const subject = `narrative:${narrative}`;
  store.audit.append({ actor: String(actor.user), kind, subject, details }, clock.now());
}

/** The address as browsers write it; undefined of one that is none, or carries a name and password. */
function webAddress(text: string): string | undefined {
  if (text.length > NARRATIVE_LIMITS.url) return undefined;
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return undefined;
  }
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && url.username === '' && url.password === '' ? url.href : undefined;
}
