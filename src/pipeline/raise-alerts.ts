import type { AlertKind, AlertStore, NewAlert } from '../core/alert.js';
import { compareLevels, type Level } from '../core/assessment.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import type { ItemStore } from '../core/ports.js';
import { maskNames } from '../text/mask.js';
import type { SourceView } from './source-view.js';

/** What a channel is told of. */
export interface AlertWish {
  readonly name: string;
  readonly events: readonly AlertKind[];
  /** Of items. */
  readonly minLevel: Level;
}

export interface RaisePorts {
  readonly alerts: Pick<AlertStore, 'raise' | 'mark' | 'setMark'>;
  readonly narratives: Pick<NarrativeReader, 'listNarratives' | 'narrativeOf'>;
  readonly items: Pick<ItemStore, 'listItems'>;
  sources(now: number): readonly SourceView[];
}

export interface RaiseSettings {
  readonly channels: readonly AlertWish[];
  readonly againMs: number;
  readonly leastPosts: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What is older is no news: a history that is imported raises no alert. */
const NEWS_MS = DAY_MS;
/** Of a post that landed just now. */
const OLD_POST_MS = 7 * DAY_MS;
/** Items are looked at once they have been grouped, so that those of one story are known for that. */
const SETTLED_MS = 30_000;
/** A source that cannot be read for so long is as one that is silent. */
const FAILING_MS = 6 * HOUR_MS;
const MOST_NARRATIVES = 200;
const ITEMS_PAGE = 200;
const MOST_ITEMS = 2_000;
const ITEMS_MARK = 'items';
/** Alerts stand on the desk where no channel asks for them too, of items from this level on. */
const DESK_LEVEL: Level = 'critical';

/** Looks for what is new since the last time, and raises it; how many alerts there are more. */
export function raiseAlerts(ports: RaisePorts, settings: RaiseSettings, now: number): number {
  const raise = (alert: NewAlert): number => {
    const channels = settings.channels.filter((channel) => wants(channel, alert)).map(({ name }) => name);
    return ports.alerts.raise(alert, channels, now, settings.againMs) ? 1 : 0;
  };
  return (
    bursts(ports, settings, now, raise) + levels(ports, settings, now, raise) + silences(ports, now, raise)
  );
}

function wants({ events, minLevel }: AlertWish, { about }: NewAlert): boolean {
  return events.includes(about.kind) && (about.kind !== 'level' || compareLevels(about.level, minLevel) >= 0);
}

type Raise = (alert: NewAlert) => number;

function bursts(
  { narratives }: RaisePorts,
  { leastPosts }: RaiseSettings,
  now: number,
  raise: Raise,
): number {
  const since = new Date(now - NEWS_MS).toISOString();
  let raised = 0;
  for (const narrative of narratives.listNarratives({ limit: MOST_NARRATIVES })) {
    // What was split from a story stands behind it, however old: newer ones may follow.
    if (narrative.lastSeen < since) continue;
    const burst = narrative.bursts.findLast(({ at, size }) => at >= since && size >= leastPosts);
    if (burst === undefined || Date.parse(burst.at) > now) continue;
    const { id, title, flagged, authors } = narrative;
    raised += raise({
      key: `burst:${id}:${burst.at}`,
      story: `narrative:${id}`,
      about: {
        kind: 'burst',
        narrative: id,
        // Where nothing is flagged, these are phrases that enough authors share (walk-stories.ts), or a person's words.
        title: maskNames(title),
        at: burst.at,
        posts: burst.size,
        flagged,
        authors,
      },
    });
  }
  return raised;
}

function levels(ports: RaisePorts, { channels }: RaiseSettings, now: number, raise: Raise): number {
  const { alerts, items, narratives } = ports;
  const minLevel = channels
    .filter(({ events }) => events.includes('level'))
    .reduce<Level>(
      (least, channel) => (compareLevels(channel.minLevel, least) < 0 ? channel.minLevel : least),
      DESK_LEVEL,
    );
  const mark = alerts.mark(ITEMS_MARK);
  const news: NewAlert[] = [];
  let newest = mark;
  let before: number | undefined;
  for (let looked = 0; looked < MOST_ITEMS; ) {
    const page = items.listItems({
      minLevel,
      limit: ITEMS_PAGE,
      ...(before === undefined ? {} : { before }),
    });
    looked += page.length;
    for (const { number, landedAt, post, assessment } of page) {
      if (number <= mark) break;
      const landed = Date.parse(landedAt);
      // Numbers rise with landing: what has not settled is looked at the next time.
      if (landed > now - SETTLED_MS) continue;
      newest = Math.max(newest, number);
      const posted = Date.parse(post.createdAt ?? landedAt);
      if (landed < now - NEWS_MS || posted < now - OLD_POST_MS) continue;
      const narrative = narratives.narrativeOf(number)?.narrative.id;
      news.push({
        key: `level:${number}`,
        story: narrative === undefined ? `item:${number}` : `narrative:${narrative}`,
        about: {
          kind: 'level',
          item: number,
          level: assessment.level,
          categories: assessment.flags,
          ...(post.region === undefined ? {} : { region: post.region }),
          ...(narrative === undefined ? {} : { narrative }),
        },
      });
    }
    const last = page.at(-1)?.number;
    if (last === undefined || page.length < ITEMS_PAGE || last <= mark) break;
    before = last;
  }
  // Oldest first, as they are told.
  const raised = news.reverse().reduce((sum, alert) => sum + raise(alert), 0);
  if (newest > mark) alerts.setMark(ITEMS_MARK, newest);
  return raised;
}

function silences({ sources }: RaisePorts, now: number, raise: Raise): number {
  let raised = 0;
  for (const { name, state, quiet, newestPostAt, lastSucceededAt } of sources(now)) {
    if (state === 'quiet' && quiet !== undefined) {
      raised += raise({
        key: `silent:${name}:${newestPostAt ?? ''}`,
        story: `source:${name}`,
        about: {
          kind: 'silent',
          source: name,
          why: 'quiet',
          hours: quiet.silentHours,
          usualHours: quiet.usualPauseHours,
        },
      });
    } else if (state === 'failing' && lastSucceededAt !== undefined) {
      const silentMs = now - Date.parse(lastSucceededAt);
      if (silentMs < FAILING_MS) continue;
      raised += raise({
        key: `silent:${name}:${lastSucceededAt}`,
        story: `source:${name}`,
        about: { kind: 'silent', source: name, why: 'failing', hours: Math.floor(silentMs / HOUR_MS) },
      });
    }
  }
  return raised;
}
