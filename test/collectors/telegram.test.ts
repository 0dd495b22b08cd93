import { afterEach, describe, expect, it } from 'vitest';
import { telegramKind } from '../../src/collectors/telegram.js';
import { countOf, parseTelegramPage } from '../../src/collectors/telegram-parse.js';
import type { CollectedPage, Collector, Cursor } from '../../src/core/collector-ports.js';
import { kindOf, RetryableError } from '../../src/core/errors.js';
import { collectorContract } from '../contract/collector.js';
import { quickDoor } from '../support/doors.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import {
  CHANNEL,
  type ChannelMessage,
  LANDING_HTML,
  messageHtml,
  previewHtml,
  serveTelegram,
  type TelegramServer,
} from '../support/telegram-server.js';
import { type Answer, body, status } from '../support/web-server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const some = (from: number, to: number): ChannelMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    number: from + index,
    text: `isi ${from + index}`,
  }));
const isi = (from: number, to: number): string[] => some(from, to).map(({ number }) => `isi ${number}`);

async function rig(messages: readonly ChannelMessage[]) {
  const server: TelegramServer = await serveTelegram();
  server.messages = [...messages];
  const clock = new SimulatedClock();
  const fetcher = quickDoor({ clock });
  const close = async (): Promise<void> => {
    await fetcher.close();
    await server.close();
  };
  const context = { fetcher, clock, signal: new AbortController().signal };
  const create = (more: object = {}): Collector =>
    telegramKind.create({
      name: 'kanal',
      allowPrivate: true,
      options: { channel: CHANNEL, base: server.url, requests_per_second: 5, ...more },
    });
  const pages = async (cursor?: Cursor, more?: object): Promise<CollectedPage[]> => {
    const all: CollectedPage[] = [];
    for await (const page of create(more).collect(cursor, context)) all.push(page);
    return all;
  };
  return { server, context, create, pages, close };
}

async function open(messages: readonly ChannelMessage[]): Promise<Awaited<ReturnType<typeof rig>>> {
  const opened = await rig(messages);
  closers.push(opened.close);
  return opened;
}

const textsOf = (pages: readonly CollectedPage[]): string[] =>
  pages.flatMap(({ posts }) => posts.map(({ text }) => text));

collectorContract('telegram', async () => {
  const { server, context, create, close } = await rig(some(1, 47).filter(({ number }) => number % 9 !== 0));
  const numbers = server.messages.map(({ number }) => number);
  const order = [numbers.slice(-20), numbers.slice(-40, -20), numbers.slice(0, -40)].flat();
  return {
    create,
    context,
    expected: order.map((number) => ({ id: `telegram:${CHANNEL}/${number}`, text: `isi ${number}` })),
    received: () => server.sent,
    close,
  };
});

const source = { name: 'kanal', allowPrivate: false, options: {} };
const read = (html: string) =>
  parseTelegramPage(source, {
    body: Buffer.from(html),
    text: html,
    from: 'rekaman.html',
    headers: {},
    receivedAt: '2026-11-22T05:00:00.000Z',
  });

describe('a channel’s preview', () => {
  it('is read back to where the last reading began, and what was edited in sight comes anew', async () => {
    const { server, pages } = await open(some(1, 50));
    const first = await pages();
    expect(new Set(textsOf(first))).toEqual(new Set(isi(1, 50)));
    server.messages = [
      ...some(1, 44),
      { number: 45, text: 'isi 45, diralat', meta: 'edited ' },
      ...some(46, 75),
    ];
    const second = await pages(first.at(-1)?.cursor);
    expect(new Set(textsOf(second))).toEqual(new Set([...isi(51, 75), 'isi 45, diralat']));
    expect(second.flatMap(({ gaps }) => gaps ?? [])).toEqual([]);
    expect(server.pages().length).toBe(3 + 2);
  });

  it('takes numbers that are missing for deleted messages, not for a gap', async () => {
    const { server, pages } = await open(some(1, 10));
    const cursor = (await pages()).at(-1)?.cursor;
    server.messages = [...some(1, 5), ...some(400, 405)];
    const second = await pages(cursor);
    expect(textsOf(second)).toEqual(isi(400, 405));
    expect(second.flatMap(({ gaps }) => gaps ?? [])).toEqual([]);
    server.messages = some(1, 5);
    expect(textsOf(await pages(second.at(-1)?.cursor))).toEqual([]);
  });

  it('longer than the pages that may be read leaves a gap that is told', async () => {
    const { server, pages } = await open(some(1, 30));
    const first = await pages(undefined, { max_pages: 1 });
    expect(textsOf(first)).toEqual(isi(11, 30));
    expect(first.at(-1)?.gaps).toBeUndefined();
    server.messages = some(1, 200);
    const second = await pages(first.at(-1)?.cursor, { max_pages: 2 });
    expect(new Set(textsOf(second))).toEqual(new Set(isi(161, 200)));
    expect(second.at(-1)?.gaps).toEqual([
      {
        kind: 'max-pages',
        from: '2026-11-20T00:30:00.000Z',
        to: '2026-11-20T02:41:00.000Z',
        reason: expect.stringContaining('raise max_pages'),
      },
    ]);
  });

  it('of a channel that was made anew under the name is read from its beginning', async () => {
    const { server, pages } = await open(some(500, 505));
    const cursor = (await pages()).at(-1)?.cursor;
    server.answer = body(previewHtml(some(1, 3)).replaceAll('2026-11-20', '2026-11-25'), {
      'content-type': 'text/html',
    });
    const second = await pages(cursor);
    expect(textsOf(second)).toEqual(isi(1, 3));
    expect(second.at(-1)?.cursor).toMatchObject({ newest: 3 });
  });

  const cases: [name: string, answer: Answer, kind: string][] = [
    [
      'leads to the channel’s card',
      (_request, response) => void response.writeHead(302, { location: `/${CHANNEL}` }).end(),
      'no-preview',
    ],
    ['is the channel’s card itself', body(LANDING_HTML), 'no-preview'],
    ['is another site’s page', body('<html><body>Situs diblokir</body></html>'), 'not-telegram'],
    ['is empty', body(''), 'not-telegram'],
    ['has no message any more', body(previewHtml([])), 'markup-changed'],
    [
      'has messages without numbers',
      body(previewHtml(some(1, 3)).replaceAll('data-post', 'data-pos')),
      'markup-changed',
    ],
    [
      'has messages of unknown classes',
      body(
        previewHtml(some(1, 3))
          .replaceAll('message_text ', 'message_isi ')
          .replaceAll('js-message_text', 'js-isi')
          .replaceAll('_photo', ''),
      ),
      'markup-changed',
    ],
    ['is half there', body(previewHtml(some(1, 3)).slice(0, -400)), 'body-broken'],
    ['asks for patience', status(429, { 'retry-after': '3000' }), 'throttled'],
    ['is out of order', status(503), 'server-error'],
  ];
  it.each(cases)('that %s is a fault of its own', async (_name, answer, kind) => {
    const { server, pages } = await open(some(1, 5));
    const cursor = (await pages()).at(-1)?.cursor;
    server.answer = answer;
    const fault = await pages(cursor).catch((error: unknown) => error);
    expect(kindOf(fault)).toBe(kind);
    if (kind === 'no-preview') expect(String(fault)).toMatch(/import/);
    expect(fault instanceof RetryableError).toBe(['body-broken', 'throttled', 'server-error'].includes(kind));
  });

  it('of a channel that has not written yet is no fault', async () => {
    const { pages } = await open([]);
    expect(textsOf(await pages())).toEqual([]);
  });

  it('without end is a fault, not a hang', () => {
    expect(() => read('<div>'.repeat(100_000))).toThrow(expect.objectContaining({ kind: 'bad-html' }));
  });
});

describe('a message', () => {
  const said = (message: Partial<ChannelMessage>) =>
    read(previewHtml([{ number: 7, text: 'isi', ...message }]));

  it.each<[name: string, text: string, words: string]>([
    [
      'line breaks and links',
      'Baris satu<br/>baris <a href="https://kabar.example/x?a=1&amp;b=2">dua</a> &amp; tiga',
      'Baris satu\nbaris dua & tiga',
    ],
    [
      'emoji as characters',
      'Api <i class="emoji" style="background-image:url(\'x\')"><b>🔥</b></i> <tg-emoji emoji-id="1"><i class="emoji"><b>😡</b></i></tg-emoji>!',
      'Api 🔥 😡!',
    ],
    [
      'quotes and code',
      '<blockquote>kata orang</blockquote>jawab <code>x &lt; y</code><pre>a\nb</pre>',
      'kata orang\njawab x < y\na b',
    ],
    [
      'spoilers and hashtags',
      '<tg-spoiler>rahasia</tg-spoiler> <a href="?q=%23banjir">#banjir</a>',
      'rahasia #banjir',
    ],
    ['a text wrapped twice', '<div class="tgme_widget_message_text js-message_text">sekali</div>', 'sekali'],
  ])('gives its words with %s', (_name, text, words) => {
    expect(said({ text }).posts.map((post) => post.text)).toEqual([words]);
  });

  it('is without what it answers and what it links to', () => {
    const more =
      '<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">kata lain</div></a>';
    expect(said({ more }).posts.map((post) => post.text)).toEqual(['isi']);
  });

  it('has its time, link, channel and reach, and no person’s signature', () => {
    const meta = '<span class="tgme_widget_message_from_author">Rini Contoh</span>, ';
    const [post] = said({ views: '1.2K', meta }).posts;
    expect(post).toMatchObject({
      id: `telegram:${CHANNEL}/7`,
      platform: 'telegram',
      createdAt: '2026-11-20T00:07:00.000Z',
      url: `https://t.me/${CHANNEL}/7`,
      author: { id: CHANNEL, handle: CHANNEL },
      reach: { views: 1_200 },
    });
  });

  it('is told from service messages, photographs without words, and polls', () => {
    const page = read(
      previewHtml([
        { number: 1, text: 'Kabar Rukun pinned «isi»', classes: 'service_message' },
        { number: 2 },
        {
          number: 3,
          more: '<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Setuju?</div><div class="tgme_widget_message_poll_option_text">Ya</div></div>',
        },
      ]),
    );
    expect(page.posts.map(({ text }) => text)).toEqual(['Setuju?\nYa']);
    expect(page.numbers).toEqual([1, 2, 3]);
    expect(page.rejects).toEqual([]);
  });

  it('says what it was forwarded from and that it was edited', () => {
    const more = `<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/asal_kabar/12"><span>Asal</span></a></div>`;
    const page = said({ more, meta: 'edited &nbsp;' });
    expect([...page.forwarded]).toEqual([[`telegram:${CHANNEL}/7`, 'asal_kabar']]);
    expect([...page.edited]).toEqual([`telegram:${CHANNEL}/7`]);
  });

  it.each([
    ['847', 847],
    ['1.2K', 1_200],
    ['12,5M', 12_500_000],
    ['3\u00a0K views', 3_000],
    ['', undefined],
    ['banyak', undefined],
  ])('counts %s as it is meant', (text, count) => {
    expect(countOf(text)).toBe(count);
  });

  it('is asked for again: there, changed, gone, or not told', async () => {
    const { server, context, create } = await open([
      ...some(1, 2),
      { number: 3, text: 'baru', meta: 'edited ' },
    ]);
    const ask = (number: number, revision?: string) =>
      create().recheck?.(
        { id: `telegram:${CHANNEL}/${number}`, ...(revision === undefined ? {} : { revision }) },
        context,
      );
    const held = read(messageHtml({ number: 1, text: 'isi 1' })).posts[0]?.revision ?? '';
    expect(await ask(1, held)).toEqual({ is: 'there' });
    expect(await ask(1)).toEqual({ is: 'there' });
    expect(await ask(2, held)).toMatchObject({ is: 'changed', post: { text: 'isi 2' } });
    expect(await ask(3)).toMatchObject({ is: 'changed', post: { text: 'baru' } });
    expect(await ask(9)).toMatchObject({ is: 'gone' });
    expect(await create().recheck?.({ id: 'lain:1' }, context)).toMatchObject({ is: 'unknown' });
    await server.close();
    expect(await ask(1)).toMatchObject({ is: 'unknown' });
  });
});
