/** Where posts of a span are from, by province. */
import type { BriefRegion } from '../core/brief.js';
import { coversRegion } from '../core/region.js';
import type { TimeSpan } from '../core/trends.js';
import type { BriefPorts } from './gather-brief.js';

/** All provinces, or what is within some regions. */
export function regionsOf(
  ports: Pick<BriefPorts, 'trends' | 'regionName'>,
  { from, to }: TimeSpan,
  within: readonly string[] | undefined,
): readonly BriefRegion[] {
  const all = ports.trends.top({ from, to, kind: 'region', limit: 500 });
  return provincesOf(
    ports,
    all.filter(({ key }) => within === undefined || coversRegion(within, key)),
  );
}

/** Counts of regencies added to those of their provinces; unknown comes last. */
export function provincesOf(
  ports: Pick<BriefPorts, 'regionName'>,
  rows: readonly { readonly key: string; readonly posts: number; readonly flagged: number }[],
): readonly BriefRegion[] {
  const sums = new Map<string, { posts: number; flagged: number }>();
  for (const { key, posts, flagged } of rows) {
    const province = key.split('.')[0] ?? key;
    const sum = sums.get(province) ?? { posts: 0, flagged: 0 };
    sum.posts += posts;
    sum.flagged += flagged;
    sums.set(province, sum);
  }
  return [...sums]
    .map(([region, sum]) => ({ region, ...named(ports, region), ...sum }))
    .sort(
      (a, b) =>
        Number(a.region === 'unknown') - Number(b.region === 'unknown') ||
        b.posts - a.posts ||
        (a.region < b.region ? -1 : 1),
    );
}

/** A region's name, where the list of areas knows it. */
export function named(ports: Pick<BriefPorts, 'regionName'>, code: string): { name?: string } {
  const name = code === 'unknown' ? undefined : ports.regionName(code);
  return name === undefined ? {} : { name };
}
