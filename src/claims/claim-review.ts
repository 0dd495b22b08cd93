/** ClaimReview of schema.org: how fact-checkers mark up their pages, and how collections of them are shared. */
import { load } from 'cheerio';
import { type ClaimRow, textOf } from './claim-row.js';

/** Markup nests this deep at most. */
const MAX_DEPTH = 40;

/** The reviews in the JSON-LD blocks of a saved page; a block that is no JSON is passed over. */
export function reviewsOfHtml(html: string): ClaimRow[] {
  if (!/ld\+json/i.test(html)) return [];
  const page = load(html);
  return page('script[type="application/ld+json"]')
    .toArray()
    .flatMap((block) => {
      try {
        return reviewsOf(JSON.parse(page(block).text()));
      } catch {
        return [];
      }
    });
}

/** Every ClaimReview in a JSON-LD document, however it is wrapped, as rows. */
export function reviewsOf(value: unknown, depth = 0): ClaimRow[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => reviewsOf(one, depth + 1));
  const node = value as ClaimRow;
  if (isReview(node['@type'])) return [rowOf(node)];
  return Object.values(node).flatMap((one) => reviewsOf(one, depth + 1));
}

function isReview(type: unknown): boolean {
  const names = Array.isArray(type) ? type : [type];
  return names.some((name) => typeof name === 'string' && /(^|[/#:])ClaimReview$/.test(name));
}

function rowOf(node: ClaimRow): ClaimRow {
  const claimed = textOf(node.claimReviewed);
  const rating = node.reviewRating as ClaimRow | undefined;
  return {
    id: textOf(node['@id']) ?? textOf(node.url),
    title: textOf(node.headline) ?? textOf(node.name) ?? claimed,
    claim: claimed,
    verdict: textOf(rating?.alternateName) ?? textOf(rating?.ratingExplanation),
    publisher: nameOf(node.author) ?? nameOf(node.publisher),
    date: node.datePublished,
    url: node.url,
  };
}

function nameOf(value: unknown): string | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'string') return textOf(one);
  return typeof one === 'object' && one !== null ? textOf((one as ClaimRow).name) : undefined;
}
