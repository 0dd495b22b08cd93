import { z } from 'zod';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { sourceUrl } from './source-url.js';

/** Keys of a source that reads the public preview of a Telegram channel. */
const telegramOptions = z.strictObject({
  /** The channel's public name, without `@`. */
  channel: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{3,31}$/, 'the public name of a channel without @, e.g. kabar_warga'),
  /** Pages of about 20 messages that a reading goes back at most. */
  max_pages: z.int().min(1).max(200).default(10),
  /** Where previews are; another only for one's own mirror or a test. */
  base: sourceUrl.default('https://t.me'),
  requests_per_second: z.number().positive().max(5).default(1),
});

export type TelegramOptions = z.output<typeof telegramOptions>;

/** Public channels of Telegram, by their preview on the web. A recorded page is read without settings. */
export const telegramKind = defineKind({
  kind: 'telegram',
  options: telegramOptions,
  create: (source) => ({
    source: source.name,
    kind: 'telegram',
    collect: async function* (cursor, context) {
      const { collectTelegram } = await import('./telegram-collect.js');
      yield* collectTelegram(source, cursor, context);
    },
    recheck: async (post, context) => {
      const { recheckTelegram } = await import('./telegram-collect.js');
      return await recheckTelegram(source, post, context);
    },
  }),
  parseAlone: parse,
});

async function parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed> {
  const { parseTelegramPage } = await import('./telegram-parse.js');
  const { posts, rejects } = parseTelegramPage(source, payload);
  return { posts, rejects };
}
