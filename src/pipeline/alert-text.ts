/** Alerts in words: aggregate and neutral; no account, no link to one, no text of a post. */
import type { Alert, AlertAbout, AlertLine, AlertMessage } from '../core/alert.js';
import { ZONES, type Zone } from '../core/user.js';
import { alertWords } from '../words/alerts.js';
import { words } from '../words/catalogue.js';

/** Alerts that one message tells of in full; the others are counted. */
const MOST_TOLD = 20;

export interface AlertTelling {
  readonly language: 'id' | 'en';
  readonly zone: Zone;
  /** Scheme, host and port of the desk, for links; without it there are none. */
  readonly deskUrl?: string;
}

/** An alert as a sentence. */
export function alertText(about: AlertAbout, { language, zone }: AlertTelling): string {
  const said = alertWords(language);
  const number = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB').format;
  switch (about.kind) {
    case 'burst': {
      const { title, posts, at, authors, flagged } = about;
      return said.burst(title, number(posts), timeText(at, zone, language), number(authors), number(flagged));
    }
    case 'level': {
      const { levels, categories } = words(language);
      return said.level(
        String(about.item),
        levels[about.level],
        about.categories.map((each) => categories[each]).join(', '),
      );
    }
    case 'silent':
      return about.why === 'failing'
        ? said.failing(about.source, number(about.hours))
        : said.quiet(about.source, number(about.hours), number(about.usualHours ?? 0));
  }
}

/** The desk's page of what an alert is about. */
export function alertPath(about: AlertAbout): string {
  switch (about.kind) {
    case 'burst':
      return `/narratives/${encodeURIComponent(about.narrative)}`;
    case 'level':
      return `/items/${about.item}`;
    case 'silent':
      return '/alerts';
  }
}

/** One message of one alert or more, oldest first. */
export function alertMessage(
  id: string,
  channel: string,
  alerts: readonly Alert[],
  telling: AlertTelling,
  now: number,
): AlertMessage {
  const { language, zone, deskUrl } = telling;
  const said = alertWords(language);
  const number = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB').format;
  const lines = alerts.map(
    ({ id: alert, raisedAt, about }): AlertLine => ({
      id: alert,
      raisedAt,
      text: alertText(about, telling),
      about,
      ...(deskUrl === undefined ? {} : { link: `${deskUrl}${alertPath(about)}` }),
    }),
  );
  const [first] = alerts;
  const subject =
    alerts.length === 1 && first !== undefined
      ? said.subjects[first.about.kind]
      : said.digest(number(alerts.length));
  const told = lines
    .slice(0, MOST_TOLD)
    .map(({ id: alert, raisedAt, text, link }) =>
      [
        text,
        said.number(alert, timeText(raisedAt, zone, language)),
        ...(link === undefined ? [] : [link]),
      ].join('\n'),
    );
  const more = lines.length - told.length;
  return {
    id,
    channel,
    madeAt: new Date(now).toISOString(),
    subject: `[Ronda] ${subject}`,
    text: [...told, ...(more > 0 ? [said.more(number(more))] : []), said.footer].join('\n\n'),
    alerts: lines,
  };
}

/** A message that says that nothing happened. */
export function testMessage(
  id: string,
  { channel, telling }: { readonly channel: { readonly name: string }; readonly telling: AlertTelling },
  now: number,
): AlertMessage {
  const said = alertWords(telling.language);
  return {
    id,
    channel: channel.name,
    madeAt: new Date(now).toISOString(),
    subject: `[Ronda] ${said.testSubject}`,
    text: `${said.test}\n\n${said.footer}`,
    alerts: [],
  };
}

function timeText(iso: string, zone: Zone, language: 'id' | 'en'): string {
  const text = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: ZONES[zone],
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
  return `${text.replace(' pukul', '')} ${zone}`;
}
