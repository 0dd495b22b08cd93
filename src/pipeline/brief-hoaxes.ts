/** Published fact-checks that stories of a span are joined by. */
import type { BriefHoax } from '../core/brief.js';
import type { Claim } from '../core/claim.js';
import type { TimeSpan } from '../core/trends.js';
import { maskNames, publicLink } from '../text/mask.js';
import type { StoryInSpan } from './brief-stories.js';

const MOST_HOAXES = 20;

/** Those that most posts of the span belong to, with the stories. */
export function hoaxesOf(
  claims: readonly Claim[],
  stories: readonly StoryInSpan[],
  span: TimeSpan,
): readonly BriefHoax[] {
  const spread = new Map<string, { posts: number; stories: string[] }>();
  for (const { detail, narrative, posts } of stories) {
    if (posts === 0 || narrative.lastSeen < span.from) continue;
    for (const { id } of detail?.claims ?? []) {
      const sum = spread.get(id) ?? { posts: 0, stories: [] };
      sum.posts += posts;
      sum.stories.push(narrative.id);
      spread.set(id, sum);
    }
  }
  if (spread.size === 0) return [];
  return claims
    .flatMap(({ id, title, verdict, publisher, date, url }): BriefHoax[] => {
      const found = spread.get(id);
      if (found === undefined) return [];
      const link = publicLink(url);
      return [
        {
          id,
          title: maskNames(title),
          ...(verdict === undefined ? {} : { verdict }),
          publisher,
          date,
          ...(link === undefined ? {} : { url: link }),
          ...found,
        },
      ];
    })
    .sort((a, b) => b.posts - a.posts || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_HOAXES);
}
