import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertChannel, AlertMessage, NewAlert } from '../../src/core/alert.js';
import { PermanentError, RetryableError, ThrottledError } from '../../src/core/errors.js';
import type { Item } from '../../src/core/item.js';
import type { Narrative } from '../../src/core/narrative.js';
import { sendRound } from '../../src/pipeline/alert-loop.js';
import { alertMessage } from '../../src/pipeline/alert-text.js';
import { type ChannelPace, isQuietAt, messagesNow, waitAfter } from '../../src/pipeline/alert-times.js';
import { type RaisePorts, raiseAlerts } from '../../src/pipeline/raise-alerts.js';
import type { SourceView } from '../../src/pipeline/source-view.js';
import { openStore, type Store } from '../../src/store/store.js';
import { assessmentOf } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('quiet hours', () => {
  // 22:00 to 05:00 in WITA, UTC+8.
  const night = { from: 22 * 60, to: 5 * 60, ahead: 8 };
  it.each([
    ['2026-11-22T13:59:59Z', false],
    ['2026-11-22T14:00:00Z', true],
    ['2026-11-22T18:00:00Z', true],
    ['2026-11-22T20:59:59Z', true],
    ['2026-11-22T21:00:00Z', false],
    ['2026-11-22T05:00:00Z', false],
  ])('at %s: %j', (at, quiet) => {
    expect(isQuietAt(night, Date.parse(at))).toBe(quiet);
  });

  it('are none where begin and end are one, and within a day where they are', () => {
    expect(isQuietAt({ from: 60, to: 60, ahead: 7 }, 0)).toBe(false);
    expect(isQuietAt({ from: 7 * 60, to: 8 * 60, ahead: 7 }, 0)).toBe(true);
    expect(isQuietAt({ from: 7 * 60, to: 8 * 60, ahead: 7 }, HOUR)).toBe(false);
  });
});

describe('what goes out now', () => {
  const pace: ChannelPace = { digestMs: 0, mostAnHour: 3 };
  const waiting = [10, 20, 30, 40, 50].map((raised) => ({ raised }));
  const sizes = (list: readonly { raised: number }[], how: ChannelPace, made: number, now: number) =>
    messagesNow(list, how, made, now).map((each) => each.length);

  it.each([
    ['each alone while the hour has room', waiting.slice(0, 2), pace, 0, [1, 1]],
    ['the rest in the last message of the hour', waiting, pace, 0, [1, 1, 3]],
    ['all in one where one is left', waiting, pace, 2, [5]],
    ['nothing where none is left', waiting, pace, 3, []],
    ['nothing where nothing waits', [], pace, 0, []],
    ['nothing before a digest is due', waiting, { ...pace, digestMs: 95 }, 0, []],
    ['all in one when a digest is due', waiting, { ...pace, digestMs: 90 }, 0, [5]],
  ] as const)('is %s', (_, list, how, made, expected) => {
    expect(sizes(list, how, made, 100)).toEqual(expected);
  });

  it('is never more than the hour has room for, and leaves no alert out or twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000), { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(14),
        (raised, mostAnHour, made) => {
          const list = raised.map((at) => ({ raised: at }));
          const messages = messagesNow(list, { digestMs: 0, mostAnHour }, made, 2_000);
          expect(messages.length).toBeLessThanOrEqual(Math.max(0, mostAnHour - made));
          if (made < mostAnHour) expect(messages.flat()).toEqual(list);
        },
      ),
    );
  });

  it('waits longer after each failure, an hour at most', () => {
    expect([1, 2, 3, 8, 40].map(waitAfter)).toEqual([30_000, 60_000, 120_000, HOUR, HOUR]);
  });
});

describe('the outbox', () => {
  let folder: string;
  let store: Store;
  let clock: SimulatedClock;
  let ids = 0;
  const open = (): void => {
    store = openStore({
      path: join(folder, 'ronda.db'),
      secret: Buffer.alloc(32, 7),
      clock,
      seenWindowDays: 30,
    });
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-alerts-'));
    clock = new SimulatedClock(Date.parse('2026-11-22T03:00:00Z'));
    open();
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const silent = (source: string, key = `silent:${source}:1`): NewAlert => ({
    key,
    story: `source:${source}`,
    about: { kind: 'silent', source, why: 'quiet', hours: 9, usualHours: 3 },
  });
  const raise = (alert: NewAlert, channels = ['posko']) =>
    store.alerts.raise(alert, channels, clock.now(), DAY);

  /** A channel that fails as told, one answer a message, and then takes what comes. */
  function channel(...faults: (Error | undefined)[]): AlertChannel & { readonly taken: AlertMessage[] } {
    const taken: AlertMessage[] = [];
    return {
      name: 'posko',
      taken,
      async send(message) {
        const fault = faults.shift();
        if (fault !== undefined) throw fault;
        taken.push(message);
      },
    };
  }
  const reported: unknown[] = [];
  const round = (to: AlertChannel, pace: Partial<ChannelPace> = {}, maxAttempts = 3) =>
    sendRound(
      {
        store: store.alerts,
        routes: [
          {
            channel: to,
            pace: { digestMs: 0, mostAnHour: 12, ...pace },
            telling: { language: 'id', zone: 'WIB', deskUrl: 'https://meja.polda.example' },
          },
        ],
        send: {
          maxAttempts,
          newId: () => {
            ids += 1;
            return (0xffff - ids).toString(16).padStart(32, '0');
          },
        },
        clock,
        report: (error) => reported.push(error),
      },
      new AbortController().signal,
    );

  it('raises an event once, and one alert a story and kind in a time', () => {
    expect(raise(silent('warung'))).toBe(true);
    expect(raise(silent('warung'))).toBe(false);
    expect(raise(silent('warung', 'silent:warung:2'))).toBe(false);
    expect(raise(silent('forum'))).toBe(true);
    clock.advance(DAY + 1);
    expect(raise(silent('warung', 'silent:warung:2'))).toBe(false);
    expect(raise(silent('warung', 'silent:warung:3'))).toBe(true);
    expect(store.alerts.list({ limit: 10 }).map(({ story }) => story)).toEqual([
      'source:warung',
      'source:forum',
      'source:warung',
    ]);
  });

  it('sends what was raised once, with number, sentence and the desk’s page', async () => {
    raise(silent('warung'));
    const to = channel();
    expect(await round(to)).toBe(1);
    expect(await round(to)).toBe(0);
    expect(to.taken.length).toBe(1);
    expect(to.taken[0]?.text).toContain('Sumber warung senyap 9 jam');
    expect(to.taken[0]?.text).toContain('Peringatan 1');
    expect(to.taken[0]?.alerts[0]?.link).toBe('https://meja.polda.example/alerts');
    expect(store.alerts.list({ limit: 1 })[0]?.deliveries).toEqual([
      { channel: 'posko', state: 'sent', attempts: 1 },
    ]);
  });

  it('sends the oldest first, also of what waited together', async () => {
    for (const source of ['a', 'b', 'c', 'd']) raise(silent(source));
    const to = channel();
    await round(to);
    expect(to.taken.map(({ alerts }) => alerts.map(({ id }) => id))).toEqual([[1], [2], [3], [4]]);
  });

  it('tries again by the class of the error, under the same id and with the same words', async () => {
    raise(silent('warung'));
    const to = channel(
      new RetryableError('server-error', '500'),
      new ThrottledError('throttled', '429', 7 * 60_000),
      undefined,
    );
    await round(to);
    expect(store.alerts.list({ limit: 1 })[0]?.deliveries[0]).toMatchObject({
      state: 'sending',
      attempts: 1,
      fault: { kind: 'server-error' },
    });
    clock.advance(29_000);
    await round(to);
    clock.advance(1_000);
    await round(to);
    // To be asked for patience uses up no attempt.
    expect(store.alerts.list({ limit: 1 })[0]?.deliveries[0]).toMatchObject({ attempts: 1 });
    clock.advance(7 * 60_000 - 1);
    expect(await round(to)).toBe(0);
    clock.advance(1);
    expect(await round(to)).toBe(1);
    expect(to.taken.map(({ id }) => id)).toEqual([(0xffff - ids).toString(16).padStart(32, '0')]);
  });

  it('gives up after so many attempts or a refusal, counts it, and tries again when told', async () => {
    raise(silent('warung'));
    raise(silent('forum'));
    const refused = new PermanentError('forbidden', '403');
    const failing = channel(refused, new RetryableError('server-error', '500'));
    await round(failing, {}, 1);
    expect(store.alerts.counts()).toEqual({ open: 2, waiting: 0, dead: 2 });
    clock.advance(DAY);
    const to = channel();
    expect(await round(to)).toBe(0);
    expect(store.alerts.retryDead()).toBe(2);
    expect(await round(to)).toBe(2);
    expect(store.alerts.counts()).toEqual({ open: 2, waiting: 0, dead: 0 });
  });

  it('loses nothing when it is killed between sending and noting it, and repeats it under its id', async () => {
    raise(silent('warung'));
    const to = channel();
    const dying: AlertChannel = {
      name: 'posko',
      async send(message) {
        await to.send(message, new AbortController().signal);
        // The process ends here: nothing after it is written.
        store.close();
      },
    };
    await round(dying);
    open();
    expect(store.alerts.counts()).toMatchObject({ waiting: 1 });
    expect(await round(to)).toBe(1);
    expect(to.taken.length).toBe(2);
    expect(to.taken[1]).toEqual(to.taken[0]);
  });

  it('holds back in quiet hours and by the hour, and sends what waited together', async () => {
    const to = channel();
    const night = { from: 9 * 60, to: 11 * 60, ahead: 7 };
    for (const source of ['a', 'b', 'c']) raise(silent(source));
    await round(to, { quiet: night });
    expect(to.taken).toEqual([]);
    clock.advance(HOUR);
    await round(to, { quiet: night, mostAnHour: 2 });
    expect(to.taken.map(({ alerts }) => alerts.length)).toEqual([1, 2]);
    expect(to.taken[1]?.subject).toBe('[Ronda] 2 peringatan');
    raise(silent('d'));
    await round(to, { mostAnHour: 2 });
    expect(to.taken.length).toBe(2);
    clock.advance(HOUR);
    await round(to, { mostAnHour: 2 });
    expect(to.taken.length).toBe(3);
  });

  it('sends nothing that was acknowledged before, nor to a channel that is there no longer', async () => {
    raise(silent('warung'), ['posko', 'lama']);
    raise(silent('forum'), ['posko']);
    expect(store.alerts.acknowledge(2, '7', clock.now())).toBe(true);
    expect(store.alerts.acknowledge(2, '7', clock.now())).toBe(false);
    expect(store.alerts.dropOthers(['posko'])).toBe(1);
    const to = channel();
    await round(to);
    expect(to.taken.map(({ alerts }) => alerts.map(({ id }) => id))).toEqual([[1]]);
    expect(
      store.alerts.list({ limit: 10 }).map(({ deliveries }) => deliveries.map(({ state }) => state)),
    ).toEqual([['dropped'], ['dropped', 'sent']]);
    expect(store.alerts.list({ limit: 10, open: true }).map(({ id }) => id)).toEqual([1]);
  });

  it('forgets what is long past, with its messages', async () => {
    raise(silent('warung'));
    await round(channel());
    clock.advance(DAY);
    expect(store.alerts.purge(clock.now() - DAY)).toBe(0);
    clock.advance(1);
    expect(store.alerts.purge(clock.now() - DAY)).toBe(1);
    expect(store.alerts.list({ limit: 10 })).toEqual([]);
    expect(raise(silent('warung'))).toBe(true);
  });

  describe('is filled', () => {
    const iso = (at: number) => new Date(at).toISOString();
    const narrative = (given: Partial<Narrative>): Narrative => ({
      id: 'abc',
      title: 'garam @warga_rekaan',
      life: 'rising',
      firstSeen: iso(clock.now() - HOUR),
      lastSeen: iso(clock.now()),
      posts: 50,
      flagged: 3,
      authors: 40,
      variants: 2,
      bursts: [{ at: iso(clock.now() - HOUR), size: 45, p: 1e-9 }],
      coordination: { is: 'cannot-tell', reason: 'too-few-posts' },
      ...given,
    });
    const item = (
      number: number,
      landedAt: number,
      level: 'high' | 'critical',
      given: Partial<Item['post']> = {},
    ): Item => ({
      number,
      state: 'open',
      post: {
        ...{
          id: `x:${number}`,
          revision: 'r',
          source: 'warung',
          platform: 'rekaan',
          text: 'teks rahasia @warga_rekaan',
        },
        ...{ collectedAt: iso(landedAt), createdAt: iso(landedAt), ...given },
      },
      assessment: assessmentOf('x', { level, flags: ['incitement'] }),
      landedAt: iso(landedAt),
      revisions: 1,
    });
    interface World {
      readonly narratives?: readonly Narrative[];
      readonly items?: readonly Item[];
      readonly storyOf?: Readonly<Record<number, string>>;
      readonly sources?: readonly Partial<SourceView>[];
    }
    const ports = ({ narratives = [], items = [], storyOf = {}, sources = [] }: World): RaisePorts => ({
      alerts: store.alerts,
      narratives: {
        listNarratives: () => narratives,
        narrativeOf: (number) =>
          storyOf[number] === undefined
            ? undefined
            : { narrative: narrative({ id: storyOf[number] }), hours: [] },
      },
      items: {
        listItems: ({ minLevel, limit, before = Number.MAX_SAFE_INTEGER }) =>
          items
            .filter(
              ({ number, assessment }) =>
                number < before && (minLevel !== 'critical' || assessment.level === 'critical'),
            )
            .toSorted((a, b) => b.number - a.number)
            .slice(0, limit),
      },
      sources: () => sources as readonly SourceView[],
    });
    const settings = {
      channels: [
        { name: 'posko', events: ['burst', 'level', 'silent'] as const, minLevel: 'critical' as const },
      ],
      againMs: DAY,
      leastPosts: 10,
    };
    const raised = (world: World, how = settings) => raiseAlerts(ports(world), how, clock.now());
    const told = () => store.alerts.list({ limit: 50 }).map(({ about, story }) => ({ about, story }));

    it('with bursts that are news and large enough, once a story', () => {
      const old = iso(clock.now() - 2 * DAY);
      const world = {
        narratives: [
          narrative({}),
          narrative({ id: 'kecil', bursts: [{ at: iso(clock.now() - HOUR), size: 9, p: 1e-6 }] }),
          narrative({ id: 'lama', bursts: [{ at: old, size: 90, p: 1e-9 }] }),
          narrative({ id: 'diam', lastSeen: old }),
        ],
      };
      expect(raised(world)).toBe(1);
      expect(raised(world)).toBe(0);
      expect(told()).toEqual([
        {
          story: 'narrative:abc',
          about: expect.objectContaining({ kind: 'burst', narrative: 'abc', title: 'garam @…', posts: 45 }),
        },
      ]);
    });

    it('with a burst behind an older narrative that was split from one before it', () => {
      const old = iso(clock.now() - 2 * DAY);
      const narratives = [narrative({ id: 'pisah', lastSeen: old, bursts: [] }), narrative({})];
      expect(raised({ narratives })).toBe(1);
    });

    it('with the phrases of a story in which nothing is flagged, which its title has because many share them', () => {
      raised({ narratives: [narrative({ flagged: 0 })] });
      expect(told()[0]?.about).toMatchObject({ title: 'garam @…', flagged: 0 });
    });

    it('with items at a level once they have settled, one a story, and never again', () => {
      const landed = clock.now();
      const world = {
        items: [
          item(1, landed, 'critical'),
          item(2, landed, 'critical'),
          item(3, landed, 'high'),
          item(4, landed, 'critical'),
        ],
        storyOf: { 1: 'abc', 2: 'abc' },
      };
      expect(raised(world)).toBe(0);
      clock.advance(60_000);
      expect(raised(world)).toBe(2);
      expect(raised(world)).toBe(0);
      expect(told().map(({ story }) => story)).toEqual(['item:4', 'narrative:abc']);
      expect(JSON.stringify(told())).not.toContain('rahasia');
    });

    it('with no item that landed or was posted long ago, as when a history is imported', () => {
      const landed = clock.now() - 60_000;
      const world = {
        items: [
          item(1, landed - 2 * DAY, 'critical'),
          item(2, landed, 'critical', { createdAt: iso(landed - 30 * DAY) }),
        ],
      };
      expect(raised(world)).toBe(0);
    });

    it('with items from the level on that a channel asks for, for that channel alone', () => {
      const landed = clock.now() - 60_000;
      const both = {
        ...settings,
        channels: [
          ...settings.channels,
          { name: 'humas', events: ['level'] as const, minLevel: 'high' as const },
          { name: 'lonjakan', events: ['burst'] as const, minLevel: 'high' as const },
        ],
      };
      expect(raised({ items: [item(1, landed, 'high'), item(2, landed, 'critical')] }, both as never)).toBe(
        2,
      );
      expect(
        store.alerts.list({ limit: 5 }).map(({ deliveries }) => deliveries.map(({ channel: name }) => name)),
      ).toEqual([['humas', 'posko'], ['humas']]);
    });

    it('with sources that fell silent, and those that cannot be read for long', () => {
      const quiet = { quiet: true, silentHours: 14, usualPauseHours: 5, chance: 1e-5 };
      const sources: Partial<SourceView>[] = [
        { name: 'warung', state: 'quiet', quiet, newestPostAt: iso(clock.now() - 14 * HOUR) },
        { name: 'forum', state: 'failing', lastSucceededAt: iso(clock.now() - 7 * HOUR) },
        { name: 'baru', state: 'failing', lastSucceededAt: iso(clock.now() - HOUR) },
        { name: 'baik', state: 'well' },
      ];
      expect(raised({ sources })).toBe(2);
      expect(raised({ sources })).toBe(0);
      expect(told().map(({ about }) => about)).toEqual([
        { kind: 'silent', source: 'forum', why: 'failing', hours: 7 },
        { kind: 'silent', source: 'warung', why: 'quiet', hours: 14, usualHours: 5 },
      ]);
    });
  });

  it('words name no account, link to one or text of a post, in either language', () => {
    raise({
      key: 'b',
      story: 'narrative:abc',
      about: {
        ...{ kind: 'burst', narrative: 'abc', title: 'garam @…', at: '2026-11-22T01:00:00.000Z' },
        ...{ posts: 1_045, flagged: 3, authors: 40 },
      },
    });
    raise({
      key: 'l',
      story: 'item:9',
      about: { kind: 'level', item: 9, level: 'critical', categories: ['incitement'], region: '32' },
    });
    const alerts = store.alerts.list({ limit: 5 }).toReversed();
    const { text } = alertMessage(
      '0'.repeat(32),
      'posko',
      alerts,
      { language: 'id', zone: 'WITA' },
      clock.now(),
    );
    expect(text).toContain('Lonjakan: 1.045 unggahan sejak 22 Nov, 09.00 WITA dalam narasi “garam @…”');
    expect(text).toContain('Butir 9 menunggu di antrean pada tingkat kritis (hasutan).');
    const english = alertMessage(
      '0'.repeat(32),
      'posko',
      alerts,
      { language: 'en', zone: 'WIB' },
      clock.now(),
    );
    expect(english.text).toContain('Burst: 1,045 posts since');
    expect(english.alerts.every(({ link }) => link === undefined)).toBe(true);
  });
});
