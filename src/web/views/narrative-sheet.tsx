import type { Narrative, NarrativeHour } from '../../core/narrative.js';
import { nearWords } from '../../words/desk-near.js';
import { figure, LineChart } from './charts.js';
import { timeIn } from './times.js';

/** Hours drawn, up to the last one with posts. */
const MOST_HOURS = 72;
const HOUR_MS = 3_600_000;

interface NarrativeProps {
  readonly narrative: Narrative;
  /** Only those with posts. */
  readonly hours: readonly NarrativeHour[];
  readonly zone: Parameters<typeof timeIn>[1];
  readonly language: 'id' | 'en';
}

/** The narrative that an item is part of: what it is about, where it is in its life, its curve. Nothing of accounts. */
export function NarrativeSheet({ narrative, hours, zone, language }: NarrativeProps) {
  const said = nearWords(language);
  const shown = evenHours(hours);
  const labels = shown.map(({ hour }) => timeIn(hour, zone, language));
  return (
    <section class="sheet" aria-labelledby="narrative-title">
      <h2 id="narrative-title">{said.narrative}</h2>
      <p>
        <strong>
          <bdi>{narrative.title === '' ? said.noTitle : narrative.title}</bdi>
        </strong>{' '}
        <span class="tag line">{said.lives[narrative.life]}</span>
      </p>
      <dl class="facts small">
        <dt>{said.posts}</dt>
        <dd>
          {figure(narrative.posts, language)} · {said.flagged.toLowerCase()}{' '}
          {figure(narrative.flagged, language)}
        </dd>
        <dt>{said.firstSeen}</dt>
        <dd>{timeIn(narrative.firstSeen, zone, language)}</dd>
        <dt>{said.lastSeen}</dt>
        <dd>{timeIn(narrative.lastSeen, zone, language)}</dd>
      </dl>
      {shown.length > 1 && (
        <LineChart
          id="curve"
          title={said.curve}
          labels={labels}
          lines={[
            { name: said.posts, values: shown.map(({ posts }) => posts) },
            { name: said.flagged, values: shown.map(({ flagged }) => flagged) },
          ]}
          over={said.hour}
          tableTitle={said.table}
          language={language}
        />
      )}
      <p class="row">
        <a href={`/narratives/${encodeURIComponent(narrative.id)}`}>{said.open}</a>
        <a href={`/queue?narrative=${encodeURIComponent(narrative.id)}`}>{said.inQueue}</a>
      </p>
    </section>
  );
}

/** Every hour from the first with posts to the last, at most {@link MOST_HOURS} of the latest. */
function evenHours(hours: readonly NarrativeHour[]): readonly NarrativeHour[] {
  const last = Date.parse(hours.at(-1)?.hour ?? '');
  if (Number.isNaN(last)) return [];
  const first = Math.max(Date.parse(hours[0]?.hour ?? ''), last - (MOST_HOURS - 1) * HOUR_MS);
  const known = new Map(hours.map((each) => [Date.parse(each.hour), each]));
  return Array.from({ length: Math.round((last - first) / HOUR_MS) + 1 }, (_, n) => {
    const at = first + n * HOUR_MS;
    return known.get(at) ?? { hour: new Date(at).toISOString(), posts: 0, flagged: 0 };
  });
}
