import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../src/collectors/collector-kind.js';
import { feedKind } from '../../src/collectors/feed.js';
import { PermanentError } from '../../src/core/errors.js';
import { decodeBody } from '../../src/fetch/charset.js';
import {
  JSON_SHAPES,
  type PlantedFeed,
  plantedJson,
  plantedXml,
  randomOf,
  XML_DEFECTS,
  XML_FORMATS,
} from '../support/feeds.js';

const FROM = 'https://kabar.example/umpan';
const source = { name: 'kabar', allowPrivate: false, options: { url: FROM } };

async function read(body: Buffer, contentType?: string): Promise<Parsed> {
  const text = decodeBody(body, contentType);
  const receivedAt = '2026-11-22T05:00:00.000Z';
  return await feedKind.parse(source, { body, text, from: FROM, headers: {}, receivedAt });
}

/** What is wrong with what was read of a feed; nothing where each planted entry is one post. */
async function faultsOf(feed: PlantedFeed): Promise<string[]> {
  const { posts } = await read(feed.body, feed.contentType).catch((error: unknown) => {
    throw new Error(`${feed.name}: ${String(error)}`);
  });
  const faults = feed.words.flatMap((word) => {
    const found = posts.filter(({ text }) => text.includes(word));
    return found.length === 1 ? [] : [`${feed.name}: ${word} is in ${found.length} posts`];
  });
  const ids = new Set(posts.map(({ id }) => id));
  if (ids.size !== posts.length) faults.push(`${feed.name}: ${posts.length} posts have ${ids.size} ids`);
  return faults;
}

const SEEDS = [1, 2, 3, 4];

describe('an ill-formed feed gives the entries that were planted in it', () => {
  it.each(Object.keys(XML_DEFECTS))('with %s', async (defect) => {
    const faults: string[] = [];
    for (const format of Object.keys(XML_FORMATS)) {
      for (const seed of SEEDS) faults.push(...(await faultsOf(plantedXml(format, defect, seed))));
    }
    expect(faults).toEqual([]);
  });

  it.each(Object.keys(JSON_SHAPES))('as JSON Feed %s', async (shape) => {
    const faults: string[] = [];
    for (const seed of SEEDS) faults.push(...(await faultsOf(plantedJson(shape, seed))));
    expect(faults).toEqual([]);
  });
});

describe('a feed', () => {
  const whole = plantedXml('RSS 2.0', 'none', 7).body.toString();

  it('with two defects at once is read or refused by name, and nothing else', async () => {
    const random = randomOf(4);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const bits = [
      '<',
      '>',
      '"',
      '&',
      '\0',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<item>',
      '</item>',
      '<?',
      '</',
      '\u2028',
    ];
    let read_ = 0;
    for (let round = 0; round < 1_500; round++) {
      const feed = plantedXml(pick(Object.keys(XML_FORMATS)), pick(Object.keys(XML_DEFECTS)), round);
      const at = Math.floor(random() * feed.body.length);
      const cut = at + Math.floor(random() * 20);
      const parts = [
        feed.body.subarray(0, at),
        Buffer.from(pick(bits)),
        feed.body.subarray(random() < 0.2 ? feed.body.length : cut),
      ];
      const outcome = await read(Buffer.concat(parts), feed.contentType).catch((error: unknown) => error);
      if (outcome instanceof PermanentError) expect(outcome.kind).toBe('not-a-feed');
      else {
        expect(outcome, feed.name).toHaveProperty('posts');
        read_ += 1;
      }
    }
    expect(read_).toBeGreaterThan(1_250);
  });

  it.each<[name: string, body: () => string, kinds: readonly string[], posts: number]>([
    [
      'one entry of 20 MB',
      () =>
        whole.replace(
          '<item>',
          `<item><description>${'banjir '.repeat(2_900_000)}</description></item><item>`,
        ),
      ['text-too-long'],
      0,
    ],
    [
      'one entry of 5 MB of tags',
      () =>
        whole.replace(
          '<item>',
          `<item><description>${'<p>air</p>'.repeat(500_000)}</description></item><item>`,
        ),
      ['text-too-long'],
      0,
    ],
    ['a tag that never ends', () => whole.replace('<item>', `<item ${'a '.repeat(1_000_000)}`), [], -1],
    ['a million quotes', () => whole.replace('<item>', `<item a=${`"'`.repeat(500_000)}>`), [], -1],
    [
      'many unclosed marks',
      () => whole.replace('<item>', `${'<![CDATA['.repeat(300_000)}${'<!--'.repeat(300_000)}<item>`),
      [],
      -1,
    ],
    [
      'a hundred thousand fields',
      () => whole.replace('<item>', `<item>${'<link>x'.repeat(100_000)}`),
      [],
      -1,
    ],
    [
      'entries in entries ten thousand deep',
      () => whole.replace('<item>', '<item><title>x</title>'.repeat(10_000)),
      ['too-many-entries'],
      -1,
    ],
    [
      'a million entities',
      () => whole.replace('Banjir', '&amp;&x;&#1;'.repeat(300_000)),
      ['text-too-long'],
      -1,
    ],
  ])('of %s is read without stopping everything', async (_name, body, kinds, posts) => {
    const parsed = await read(Buffer.from(body()));
    for (const kind of kinds) expect(parsed.rejects.map((reject) => reject.kind)).toContain(kind);
    if (posts >= 0) expect(parsed.posts.length).toBeGreaterThan(posts);
  });

  it('whose clock is ahead has entries of no time rather than of a time to come', async () => {
    const { posts } = await read(plantedXml('Atom 1.0', 'dates of tomorrow’s clock', 1).body);
    expect(posts.length).toBeGreaterThan(0);
    expect(posts.flatMap(({ createdAt }) => createdAt ?? [])).toEqual([]);
  });

  it.each([
    ['Minggu, 22 November 2026 07:00:00 +0700', '2026-11-22T00:00:00.000Z'],
    ['Rab, 20 Mei 2026 07:00 WIB', '2026-05-20T00:00:00.000Z'],
    ['Jum, 14 Agu 2026 09:00:00 WIT', '2026-08-14T00:00:00.000Z'],
    ['Kam, 1 Okt 2026 08:00:00 WITA', '2026-10-01T00:00:00.000Z'],
  ])('says %s as its sites write it', async (written, time) => {
    const body = whole.replaceAll(/<pubDate>[^<]*/g, `<pubDate>${written}`);
    const { posts } = await read(Buffer.from(body));
    expect(new Set(posts.map(({ createdAt }) => createdAt))).toEqual(new Set([time]));
  });

  it('has its relative links read from the bases that it names, one within the other', async () => {
    const body =
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://satu.example/a/"><title>x</title><entry xml:base="b/"><id>1</id><title>x</title><link href="c"/></entry><entry><id>2</id><title>y</title><link xml:base="/d/" href="e"/></entry></feed>';
    const { posts } = await read(Buffer.from(body));
    expect(posts.map(({ url }) => url)).toEqual(['https://satu.example/a/b/c', 'https://satu.example/d/e']);
  });

  it.each<[name: string, body: string, texts: readonly string[]]>([
    [
      'of CDF',
      '<?xml version="1.0"?><CHANNEL HREF="https://kabar.example/"><TITLE>K</TITLE><ITEM HREF="https://kabar.example/1"><TITLE>Satu</TITLE><ABSTRACT>isi</ABSTRACT></ITEM></CHANNEL>',
      ['Satu\n\nisi'],
    ],
    [
      'with prefixes declared where they are used',
      '<rss version="2.0"><channel><item xmlns:q="http://purl.org/rss/1.0/modules/content/"><guid>1</guid><q:encoded>isi</q:encoded></item><item><guid>2</guid><creator xmlns="http://purl.org/dc/elements/1.1/">Sari</creator><title>dua</title></item></channel></rss>',
      ['isi', 'dua'],
    ],
    [
      'in the namespace of something else',
      '<rss version="2.0" xmlns="http://www.w3.org/1999/xhtml"><channel><item><title>satu</title></item></channel></rss>',
      ['satu'],
    ],
    [
      'with XHTML for its body',
      '<rss version="2.0"><channel><item><title>satu</title><body xmlns="http://www.w3.org/1999/xhtml"><p>isi</p></body></item></channel></rss>',
      ['satu\n\nisi'],
    ],
    [
      'whose declaration nobody closed',
      '<?xml version="1.0">\n<rss><channel><item><title>satu</title></item><item><title>dua <![CDATA[<?php x ?>]]></title></item></channel></rss>',
      ['satu', 'dua'],
    ],
    [
      'in base64',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>satu</title><content mode="base64">${Buffer.from('<p>isi</p>').toString('base64')}</content></entry></feed>`,
      ['satu\n\nisi'],
    ],
    [
      'whose entries quote others',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><source><title>Asal</title><id>x</id></source><id>1</id><title>satu</title></entry></feed>',
      ['satu'],
    ],
    [
      'without entries',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/></rdf:RDF>',
      [],
    ],
  ])('%s is read', async (_name, body, texts) => {
    expect((await read(Buffer.from(body))).posts.map(({ text }) => text)).toEqual(texts);
  });

  it.each([
    ['an ontology', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><Class/></rdf:RDF>'],
    ['a catalogue', '<feed><product>x</product></feed>'],
    [
      'a page of XHTML',
      '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><rss><item/></rss></body></html>',
    ],
    [
      'an answer of SOAP',
      '<soap:Envelope><soap:Body><item><title>x</title></item></soap:Body></soap:Envelope>',
    ],
    ['OPML', '<opml version="2.0"><body><outline text="x"/></body></opml>'],
  ])('is not %s', async (_name, body) => {
    await expect(read(Buffer.from(body))).rejects.toMatchObject({ kind: 'not-a-feed' });
  });

  it('without ids is known by the addresses that its relative links lead to', async () => {
    const body =
      '<rss version="2.0"><channel><item><title>x</title><link>/baca/1</link></item></channel></rss>';
    expect((await read(Buffer.from(body))).posts.map(({ id }) => id)).toEqual([
      'kabar.example:https://kabar.example/baca/1',
    ]);
  });

  it('says what a media module says where it says nothing else', async () => {
    const body =
      '<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/"><channel><item><guid>1</guid><m:group><m:title>Video</m:title><m:description>Arak-arakan warga</m:description></m:group></item></channel></rss>';
    expect((await read(Buffer.from(body))).posts.map(({ text }) => text)).toEqual([
      'Video\n\nArak-arakan warga',
    ]);
  });
});
