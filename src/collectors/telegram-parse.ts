import { type CheerioAPI, load } from 'cheerio';
import type { Reject } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Post } from '../core/post.js';
import { htmlToText } from '../text/html.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import { nestsDeeperThan } from './html-depth.js';
import { originalBytes } from './original-bytes.js';
import { authorOf, bodySha256, buildPost, isoTime, recordBytes, rejectOf } from './post-builder.js';

/** A page of a channel's preview, or a message's own. */
export interface TelegramPage extends Parsed {
  /** Numbers of all messages on it, in order, those without text and service messages too. */
  readonly numbers: readonly number[];
  /** The number before which the page says that older messages are; nothing where it says so of none. */
  readonly before?: number;
  /** Ids of posts that the page marks as edited. */
  readonly edited: ReadonlySet<string>;
  /** Id of a post to the channel or name that it was forwarded from. */
  readonly forwarded: ReadonlyMap<string, string>;
  /** The page says that there is no such message. */
  readonly missing: boolean;
}

const MAX_DEPTH = 1_000;
const MESSAGE = '.tgme_widget_message[data-post]';
const QUOTED = '.tgme_widget_message_reply, .tgme_widget_message_link_preview';
/** What a message may be besides text; one that is none of these and has no text is markup that we do not know. */
const MEDIA =
  '[class*="_photo"], [class*="_video"], [class*="_document"], [class*="_voice"], [class*="_roundvideo"], [class*="_sticker"], [class*="_poll"], [class*="_location"], [class*="_contact"], [class*="_invoice"], [class*="_game"], [class*="_audio"], [class*="_link_preview"], [class*="_giveaway"], [class*="not_supported"]';

/**
 * Posts of a page of t.me: a channel's preview or a message embedded alone. Messages without words (photographs,
 * stickers) and service messages are none.
 * @throws PermanentError `no-preview` where the place shows none of this channel, `markup-changed` where messages are
 * there but cannot be read, `not-telegram` where the page is something else, `bad-html`
 */
export function parseTelegramPage(source: SourceSetting<unknown>, payload: Payload): TelegramPage {
  if (nestsDeeperThan(payload.text, MAX_DEPTH)) {
    throw new PermanentError('bad-html', `${payload.from}: its elements nest deeper than ${MAX_DEPTH}`);
  }
  const text = payload.text.replace(/^\ufeff/, '');
  const page = load(text, { sourceCodeLocationInfo: true });
  const messages = page(MESSAGE).toArray();
  const missing = page('.err_message, .tgme_widget_message_error').length > 0;
  if (messages.length === 0 && !missing) requireEmptyChannel(page, payload.from);
  const bytesOf = originalBytes(payload.body, text);
  const whole = bodySha256(payload.body);
  const posts: Post[] = [];
  const rejects: Reject[] = [];
  const numbers: number[] = [];
  const edited = new Set<string>();
  const forwarded = new Map<string, string>();
  let understood = 0;
  for (const element of messages) {
    const message = page(element);
    const name = /^([A-Za-z]\w{3,31})\/(\d{1,10})$/.exec(message.attr('data-post')?.trim() ?? '');
    const [, channel = '', number = ''] = name ?? [];
    if (name === null) continue;
    numbers.push(Number(number));
    if (message.hasClass('service_message')) {
      understood += 1;
      continue;
    }
    const said = wordsOf(page, message);
    if (!/\S/.test(said)) {
      if (message.find(MEDIA).length > 0) understood += 1;
      continue;
    }
    understood += 1;
    const location = element.sourceCodeLocation;
    const bytes = location
      ? bytesOf(location.startOffset, location.endOffset)
      : Buffer.from(page.html(message));
    const times = message.find('.tgme_widget_message_date time[datetime], time.time[datetime]');
    const time = (times.length > 0 ? times : message.find('time[datetime]')).last().attr('datetime');
    const views = countOf(message.find('.tgme_widget_message_views').first().text());
    const built = buildPost({
      nativeId: `${channel.toLowerCase()}/${number}`,
      platform: 'telegram',
      source: source.name,
      text: said,
      createdAt: isoTime(time),
      collectedAt: payload.receivedAt,
      url: `https://t.me/${channel}/${number}`,
      // The channel speaks, not a person: its members' signatures are not kept.
      author: authorOf(channel.toLowerCase(), channel),
      reach: views === undefined ? undefined : { views },
      region: source.region,
      record: {
        mediaType: 'text/html',
        ...recordBytes(bytes),
        from: payload.from,
        receivedAt: payload.receivedAt,
        headers: payload.headers,
        bodySha256: whole,
      },
    });
    if ('refusal' in built) {
      rejects.push(rejectOf(`message ${number}`, built.refusal.kind, built.refusal.reason, bytes));
      continue;
    }
    posts.push(built.post);
    const meta = message.find('.tgme_widget_message_meta').text();
    if (/\bedited\b/i.test(meta)) edited.add(built.post.id);
    const from = message.find('.tgme_widget_message_forwarded_from_name').first();
    const origin =
      /t\.me\/(?:s\/)?([A-Za-z]\w{3,31})/.exec(from.attr('href') ?? '')?.[1] ?? from.text().trim();
    if (origin !== '') forwarded.set(built.post.id, origin);
  }
  if (messages.length > 0 && understood === 0) {
    throw markupChanged(
      payload.from,
      `its ${messages.length} messages have neither words nor anything known`,
    );
  }
  const before = beforeOf(page);
  return {
    posts,
    rejects,
    numbers,
    edited,
    forwarded,
    missing,
    ...(before === undefined ? {} : { before }),
  };
}

/** Thrown when a preview no longer looks as it did: zero posts where there should be some is a fault. */
export function markupChanged(from: string, what: string): PermanentError {
  return new PermanentError(
    'markup-changed',
    `${from}: ${what}; Telegram changed how its previews are written, and Ronda must be updated`,
  );
}

/** Why a channel cannot be read so. */
export function noPreview(from: string, channel: string): PermanentError {
  return new PermanentError(
    'no-preview',
    `${from}: Telegram shows no preview of ${channel}: it is private, a group, restricted, switched its preview off or does not exist; check the name, or ask the channel for an export and import that`,
  );
}

/** A page without messages is a channel without any, or else something that must be told. */
function requireEmptyChannel(page: CheerioAPI, from: string): void {
  if (page('.tgme_channel_info, .tgme_channel_history').length > 0) {
    if (page('.tgme_widget_message_wrap, .tgme_widget_message').length === 0) return;
    throw markupChanged(from, 'its messages carry no number');
  }
  if (page('.tgme_page, .tgme_page_wrap').length > 0) {
    const name = /@(\w{4,32})/.exec(`${page('title').text()} ${page('.tgme_page_extra').text()}`)?.[1];
    throw noPreview(from, name ?? 'this channel');
  }
  if (/tgme_|telegram\.org/i.test(page.html().slice(0, 200_000))) {
    throw markupChanged(from, 'no channel and no message is found in it');
  }
  throw new PermanentError('not-telegram', `${from}: it is no page of a Telegram channel; check the address`);
}

type Found = ReturnType<CheerioAPI>;

/** What a message says: its text, else its poll. What it answers to or links to is another's. */
function wordsOf(page: CheerioAPI, message: Found): string {
  const own = (selector: string): Found =>
    message.find(selector).filter((_index, node) => page(node).closest(QUOTED).length === 0);
  const preferred = own('.js-message_text');
  const texts = preferred.length > 0 ? preferred : own('.tgme_widget_message_text');
  // A long text is sometimes wrapped in a second element of the same class.
  const outer = texts.filter((_index, node) => page(node).parents('.tgme_widget_message_text').length === 0);
  const text = outer
    .toArray()
    .map((node) => htmlToText(page.html(page(node))))
    .join('\n')
    .trim();
  if (text !== '') return text;
  const poll = message.find('.tgme_widget_message_poll_question, .tgme_widget_message_poll_option_text');
  return poll
    .toArray()
    .map((node) => htmlToText(page.html(page(node))))
    .join('\n')
    .trim();
}

/** `1.2K`, `12,5M`, `847` as a number. */
export function countOf(text: string): number | undefined {
  const found = /^\s*(\d{1,12}(?:[.,]\d{1,3})?)\s*([KMB]?)/i.exec(text.replace(/[\u00a0\u202f]/g, ' '));
  if (found === null) return undefined;
  const scale = { K: 1e3, M: 1e6, B: 1e9 }[found[2]?.toUpperCase() ?? ''] ?? 1;
  return Math.round(Number(found[1]?.replace(',', '.')) * scale);
}

/** Where older messages begin, as the page links to them. */
function beforeOf(page: CheerioAPI): number | undefined {
  const links = [
    page('link[rel="prev"]').attr('href'),
    page('a.tme_messages_more[data-before]').attr('data-before'),
    page('a.tme_messages_more[href*="before="]').attr('href'),
  ];
  for (const link of links) {
    const number = /(?:before=|^)(\d{1,10})\b/.exec(link ?? '')?.[1];
    if (number !== undefined) return Number(number);
  }
  return undefined;
}
