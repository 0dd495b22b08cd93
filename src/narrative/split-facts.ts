/** Wordings taken out of a story: what is left of it, and what they are by themselves. */
import { mergeAuthors } from './authors.js';
import { MOST_AUTHORS, mergeHours, newFacts, type StoryFacts, type WordingFacts } from './facts.js';

/** The story of these wordings alone, or undefined where it has none of them; without places, sources, hashtags and hosts. */
export function onlyWordings(facts: StoryFacts, wordings: ReadonlySet<string>): StoryFacts | undefined {
  const taken = Object.entries(facts.variants).filter(([id]) => wordings.has(id));
  if (taken.length === 0) return undefined;
  const story = newFacts();
  story.first = Math.min(...taken.map(([, { first }]) => first));
  story.last = Math.max(...taken.map(([, { last }]) => last));
  story.wordings = taken.length;
  for (const [id, wording] of taken) {
    story.posts += wording.n;
    story.flagged += wording.flagged;
    story.variants[id] = wording;
    mergeHours(story.hours, wording.hours);
    mergeAuthors(story.authors, wording.authors, MOST_AUTHORS);
    for (const [place, key] of wording.terms.entries()) {
      const known = facts.terms[key];
      if (known === undefined) continue;
      const term = story.terms[key] ?? { n: 0, place: 0, nats: known.nats };
      story.terms[key] = {
        ...term,
        n: term.n + wording.n,
        place: term.place + place * wording.n,
      };
    }
  }
  return story;
}

/** Takes these wordings out of a story. */
export function withoutWordings(facts: StoryFacts, wordings: ReadonlySet<string>): void {
  for (const id of Object.keys(facts.variants)) {
    const wording = facts.variants[id];
    if (wording === undefined || !wordings.has(id)) continue;
    delete facts.variants[id];
    facts.wordings--;
    facts.posts -= wording.n;
    facts.flagged -= wording.flagged;
    takeHours(facts, wording);
    takeTerms(facts, wording);
  }
  const left = Object.values(facts.variants);
  if (left.length === 0 || facts.wordings > left.length) return;
  facts.first = Math.min(...left.map(({ first }) => first));
  facts.last = Math.max(...left.map(({ last }) => last));
}

function takeHours(facts: StoryFacts, wording: WordingFacts): void {
  for (const [hour, [posts, flagged]] of Object.entries(wording.hours)) {
    const counted = facts.hours[hour];
    if (counted === undefined) continue;
    counted[0] -= posts;
    counted[1] -= flagged;
    if (counted[0] <= 0) delete facts.hours[hour];
  }
}

function takeTerms(facts: StoryFacts, wording: WordingFacts): void {
  for (const key of wording.terms) {
    const term = facts.terms[key];
    if (term === undefined) continue;
    const left = term.n - wording.n;
    if (left <= 0) delete facts.terms[key];
    else facts.terms[key] = { ...term, n: left, place: (term.place * left) / term.n };
  }
}
