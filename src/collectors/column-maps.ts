import type { RowField } from './row-plan.js';

/**
 * What the exports that people lawfully hold call their columns (facts as of November 2026; docs/sources.md says where
 * they are from and which are unsure). Of several names the first that the row fills in is taken; a name of nested
 * JSON is a path with dots; `{a}/{b}` puts two together.
 */
export interface ColumnMapEntry {
  /** As `map:` names it; several entries of one name are variants, told apart by their header. */
  readonly name: string;
  /** For people, e.g. `CrowdTangle (Facebook)`. */
  readonly label: string;
  /** Columns by which the export is known: of each group, one must be there. */
  readonly header: readonly (readonly string[])[];
  readonly fields: Readonly<Partial<Record<RowField, readonly string[]>>>;
  /** The place of all rows; else it follows from the row's `platform` and the host of its address. */
  readonly platform?: string;
  /** Why a source of it does not run without `terms`. */
  readonly terms: string;
}

const META_TERMS =
  'Meta gives this export to approved researchers for approved research only; name the approval that covers this use';
const VENDOR_TERMS =
  'the contract of this listening service and the terms of each place in it decide what may be kept and for what; name them';
const ARCHIVE_TERMS =
  'a research tool captured it under somebody’s permission; name the permission and the terms of the place it is from';

const META_FIELDS: ColumnMapEntry['fields'] = {
  id: ['id', 'Meta Content Library ID'],
  text: ['text', 'Text', 'message'],
  created_at: ['creation_time', 'Creation time'],
  author: ['post_owner.username', 'post_owner.name', 'surface.username', 'surface.name'],
  author_id: ['post_owner.id', 'surface.id'],
  url: ['mcl_url', 'url'],
  likes: ['statistics.reaction_count', 'statistics.like_count'],
  reposts: ['statistics.share_count'],
  replies: ['statistics.comment_count'],
  views: ['statistics.views', 'statistics.view_count'],
};

const META_HEADER: ColumnMapEntry['header'] = [
  ['creation_time'],
  ['text', 'message'],
  ['post_owner.id', 'post_owner.name', 'post_owner.username', 'surface.id'],
];

/** In the order in which they are tried; the last of a name is what that name means where no header decides. */
export const COLUMN_MAPS: readonly ColumnMapEntry[] = [
  {
    name: 'meta-content-library',
    label: 'Meta Content Library (Instagram)',
    header: [...META_HEADER, ['statistics.like_count'], ['media_type', 'post_owner.username']],
    fields: META_FIELDS,
    platform: 'instagram',
    terms: META_TERMS,
  },
  {
    name: 'meta-content-library',
    label: 'Meta Content Library (Facebook)',
    header: META_HEADER,
    fields: META_FIELDS,
    platform: 'facebook',
    terms: META_TERMS,
  },
  {
    name: 'crowdtangle',
    label: 'CrowdTangle (Instagram)',
    header: [['Post Created'], ['User Name'], ['URL'], ['Description'], ['Account'], ['Photo']],
    fields: {
      id: ['URL'],
      text: ['Description', 'Title', 'Image Text'],
      created_at: ['Post Created'],
      author: ['User Name', 'Account'],
      url: ['URL'],
      likes: ['Likes'],
      replies: ['Comments'],
      views: ['Views'],
    },
    platform: 'instagram',
    terms: META_TERMS,
  },
  {
    name: 'crowdtangle',
    label: 'CrowdTangle (Facebook)',
    header: [
      ['Post Created'],
      ['Message'],
      ['URL'],
      ['Page Name', 'Group Name'],
      ['Total Interactions', 'Likes'],
    ],
    fields: {
      id: ['URL'],
      text: ['Message', 'Description', 'Image Text', 'Link Text'],
      created_at: ['Post Created'],
      author: ['User Name', 'Page Name', 'Group Name'],
      author_id: ['Facebook Id'],
      url: ['URL'],
      likes: ['Likes'],
      reposts: ['Shares'],
      replies: ['Comments'],
      views: ['Total Views', 'Post Views'],
    },
    platform: 'facebook',
    terms: META_TERMS,
  },
  {
    name: 'brandwatch',
    label: 'Brandwatch',
    header: [['Query Id', 'Query Name'], ['Date'], ['Url'], ['Full Text', 'Snippet'], ['Author']],
    fields: {
      id: ['Resource Id', 'Mention Id', 'Url'],
      text: ['Full Text', 'Snippet', 'Title'],
      created_at: ['Date'],
      author: ['Author'],
      author_id: ['Facebook Author ID', 'Author Id'],
      platform: ['Content Source Name', 'Content Source', 'Page Type Name', 'Page Type'],
      url: ['Url', 'Original Url'],
      likes: ['Facebook Likes', 'Instagram Likes', 'Likes'],
      reposts: ['Facebook Shares', 'Shares'],
      replies: ['Facebook Comments', 'Instagram Comments', 'Comments'],
      views: ['Impressions'],
    },
    terms: VENDOR_TERMS,
  },
  {
    name: 'talkwalker',
    label: 'Talkwalker',
    header: [
      ['published'],
      ['content', 'title_snippet', 'content_snippet'],
      ['url'],
      ['extra_author_attributes.name', 'extra_source_attributes.name', 'source_type'],
    ],
    fields: {
      id: ['external_id', 'url'],
      text: ['content', 'content_snippet', 'title'],
      created_at: ['published'],
      author: ['extra_author_attributes.short_name', 'extra_author_attributes.name'],
      author_id: ['extra_author_attributes.id'],
      platform: ['source_type', 'post_type'],
      url: ['url'],
      views: ['reach'],
    },
    terms: VENDOR_TERMS,
  },
  {
    name: '4cat',
    label: '4CAT (Telegram, NDJSON)',
    header: [['_chat'], ['message'], ['date'], ['id']],
    fields: {
      id: ['{_chat.username}/{id}', 'id'],
      text: ['message'],
      created_at: ['date'],
      author: ['_sender.username', '_chat.username'],
      author_id: ['_sender.id', '_chat.id'],
      url: ['https://t.me/{_chat.username}/{id}'],
      reposts: ['forwards'],
      views: ['views'],
    },
    platform: 'telegram',
    terms: ARCHIVE_TERMS,
  },
  {
    name: '4cat',
    label: '4CAT (captured in the browser, NDJSON)',
    header: [['item_id'], ['source_platform'], ['data'], ['timestamp_collected', 'source_url']],
    fields: {
      id: ['item_id'],
      text: ['data.desc', 'data.caption.text', 'data.text', 'data.content', 'data.body'],
      created_at: ['data.createTime', 'data.taken_at', 'data.create_time', 'data.created_at'],
      author: ['data.author.uniqueId', 'data.user.username', 'data.author.username'],
      author_id: ['data.author.id', 'data.user.pk', 'data.user.id'],
      platform: ['source_platform'],
      likes: ['data.stats.diggCount', 'data.like_count'],
      reposts: ['data.stats.shareCount'],
      replies: ['data.stats.commentCount', 'data.comment_count'],
      views: ['data.stats.playCount', 'data.play_count'],
    },
    terms: ARCHIVE_TERMS,
  },
  {
    name: '4cat',
    label: '4CAT (Telegram)',
    header: [['id'], ['thread_id'], ['body'], ['timestamp'], ['chat'], ['author_username', 'views']],
    fields: {
      id: ['{thread_id}/{id}', 'id'],
      text: ['body'],
      created_at: ['unix_timestamp', 'timestamp'],
      author: ['author_username', 'author'],
      author_id: ['author'],
      url: ['link', 'url'],
      reposts: ['forwards', 'num_forwards'],
      views: ['views'],
    },
    platform: 'telegram',
    terms: ARCHIVE_TERMS,
  },
  {
    name: '4cat',
    label: '4CAT',
    header: [['id'], ['thread_id'], ['body'], ['timestamp', 'unix_timestamp'], ['author']],
    fields: {
      id: ['id'],
      text: ['body', 'subject'],
      created_at: ['unix_timestamp', 'timestamp'],
      author: ['author'],
      author_id: ['author_id'],
      platform: ['source_platform', 'platform'],
      url: ['post_url', 'tiktok_url', 'link', 'url'],
      likes: ['likes', 'num_likes', 'like_count'],
      reposts: ['shares', 'reposts', 'share_count'],
      replies: ['comments', 'num_comments', 'replies', 'comment_count'],
      views: ['views', 'plays', 'view_count'],
    },
    terms: ARCHIVE_TERMS,
  },
];

/** What `map:` may be: `auto` recognises an export by its header, `none` never does. */
export const MAP_NAMES = ['auto', 'none', ...new Set(COLUMN_MAPS.map(({ name }) => name))] as const;

/** The export of these options, where they name one. */
export function fileExport(options: unknown): ColumnMapEntry | undefined {
  if (typeof options !== 'object' || options === null || !('map' in options)) return undefined;
  return COLUMN_MAPS.findLast(({ name }) => name === options.map);
}

/** The first export, of this name where one is given, that has such a header. */
export function recogniseExport(names: readonly string[], only?: string): ColumnMapEntry | undefined {
  const there = new Set(names.map((name) => name.trim().toLowerCase()));
  return COLUMN_MAPS.find(
    ({ name, header }) =>
      (only === undefined || name === only) &&
      header.every((group) => group.some((column) => there.has(column.toLowerCase()))),
  );
}

/** Words that name a place, as exports write them. */
const PLATFORM_WORDS: ReadonlyMap<string, string> = new Map([
  ['facebook', 'facebook'],
  ['instagram', 'instagram'],
  ['threads', 'threads'],
  ['youtube', 'youtube'],
  ['tiktok', 'tiktok'],
  ['telegram', 'telegram'],
  ['mastodon', 'mastodon'],
  ['bluesky', 'bluesky'],
  ['linkedin', 'linkedin'],
  ['twitter', 'twitter'],
  ['x', 'x'],
  ['reddit', 'reddit'],
]);

const PLATFORM_HOSTS: ReadonlyMap<string, string> = new Map([
  ['facebook.com', 'facebook'],
  ['fb.com', 'facebook'],
  ['instagram.com', 'instagram'],
  ['threads.net', 'threads'],
  ['threads.com', 'threads'],
  ['youtube.com', 'youtube'],
  ['youtu.be', 'youtube'],
  ['tiktok.com', 'tiktok'],
  ['t.me', 'telegram'],
  ['bsky.app', 'bluesky'],
  ['linkedin.com', 'linkedin'],
]);

/** The place that an export's own word means (`SOCIALMEDIA_FACEBOOK`, `Instagram Public`); nothing for `news`, `blog`. */
export function platformOfWord(word: string): string | undefined {
  for (const part of word.toLowerCase().split(/[^a-z0-9]+/)) {
    const platform = PLATFORM_WORDS.get(part);
    if (platform !== undefined) return platform;
  }
  return undefined;
}

/** The place at an address: its usual name, else its host without `www.`; nothing where it is no web address. */
export function platformOfUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  const labels = hostname.split('.');
  for (let at = 0; at < labels.length; at++) {
    const platform = PLATFORM_HOSTS.get(labels.slice(at).join('.'));
    if (platform !== undefined) return platform;
  }
  return hostname.replace(/^www\./, '');
}
