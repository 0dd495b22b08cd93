import { fileExport } from './column-maps.js';

/**
 * Why a source of this kind, with these options, does not run before somebody has read the terms of its place, found
 * that they allow it and put his name to that (`terms: {basis, acknowledged_by, date}`); nothing where it needs none.
 * Each reason is told at length in docs/sources.md. Kinds that are not named here publish for anybody's programs
 * (feeds, open data) or are one's own files.
 */
export function termsRequired(kind: string, options: unknown): string | undefined {
  if (kind === 'file') return fileExport(options)?.terms;
  return REASONS.get(kind);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  [
    'web',
    'the site’s own terms of use and robots.txt decide whether a program may read and keep its pages; read them first',
  ],
  [
    'mastodon',
    'each server has rules and a privacy policy of its own, and many ask not to be monitored; read those of this one',
  ],
  [
    'bluesky',
    'the terms of the service and its community guidelines bind whoever reads it, by stream or by account',
  ],
  [
    'telegram',
    'the terms of Telegram bind whoever reads its previews, and channels write as persons; name what allows it',
  ],
  [
    'youtube',
    'the YouTube API terms ask to refresh or delete within 30 days and to ask before each use that they do not name',
  ],
  ['webhook', 'a partner hands over what others wrote; name the agreement under which he may'],
]);
