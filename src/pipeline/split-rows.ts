/** What the fingerprints that are still kept say of wordings which a person took out of a story. */
import type { StoryReader } from '../core/narrative-ports.js';
import { hexAt, PRINT_WORDS, VARIANT_AT } from '../core/print.js';
import { coordinationOf } from '../narrative/coordination.js';
import { addPost, newFacts, type StoryFacts } from '../narrative/facts.js';
import { Sample } from '../narrative/sample.js';

/** A place of no name: that of posts of which it is not known where they were. */
const UNKNOWN_PLACE = 0;

/**
 * Facts of the posts of some wordings, as far as their fingerprints are kept and their hours are over.
 * @param story facts of the story that they are of
 */
export function factsOfRows(
  store: Pick<StoryReader, 'prints'>,
  wordings: ReadonlySet<string>,
  { variants }: Pick<StoryFacts, 'variants'>,
): StoryFacts {
  const facts = newFacts();
  const sample = new Sample();
  const begins = new Set([...wordings].map((wording) => Number.parseInt(wording.slice(0, 8), 16)));
  const said = Object.entries(variants).flatMap(([id, wording]) => (wordings.has(id) ? [wording] : []));
  const from = Math.floor(Math.min(...said.map(({ first }) => first)) / 3600);
  const to = Math.floor(Math.max(...said.map(({ last }) => last)) / 3600);
  for (const { words, count } of said.length === 0 ? [] : store.prints({ from, to })) {
    for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
      if (!begins.has(words[at + VARIANT_AT]!)) continue;
      const wording = hexAt(words, at + VARIANT_AT);
      if (!wordings.has(wording)) continue;
      addPost(facts, words, at, wording, Number.MAX_SAFE_INTEGER);
      sample.add(words, at, words[at + VARIANT_AT]!);
    }
  }
  return { ...facts, coordination: coordinationOf(sample.spread()) };
}

/**
 * The split's own facts with places, sources, hashtags and hosts of its posts; of those whose fingerprints are gone it is
 * not known where they were.
 */
export function withRows(facts: StoryFacts, rows: StoryFacts): StoryFacts {
  const { sources, tags, hosts } = rows;
  const places = structuredClone(rows.places);
  const missing = facts.posts - rows.posts;
  if (missing > 0) {
    const [first, n] = places[UNKNOWN_PLACE] ?? [facts.first, 0];
    places[UNKNOWN_PLACE] = [Math.min(first, facts.first), n + missing];
  }
  // Of a few of many posts nothing is told: they may be the ones that are alike.
  const isKnown = rows.posts * 2 >= facts.posts;
  const coordination = isKnown ? rows.coordination : facts.coordination;
  return { ...facts, places, sources, tags, hosts, coordination };
}

/** What is left of a story's places, hashtags and hosts without the posts that were split from it. */
export function withoutRows(facts: StoryFacts, rows: StoryFacts): StoryFacts {
  const places = structuredClone(facts.places);
  for (const [region, [, n]] of Object.entries(rows.places)) {
    const known = places[region];
    if (known === undefined) continue;
    if (known[1] <= n) delete places[region];
    else known[1] -= n;
  }
  return { ...facts, places, tags: less(facts.tags, rows.tags), hosts: less(facts.hosts, rows.hosts) };
}

function less(
  counts: Readonly<Record<string, number>>,
  by: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([key, n]) => {
      const left = n - (by[key] ?? 0);
      return left > 0 ? [[key, left]] : [];
    }),
  );
}
