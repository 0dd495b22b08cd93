import type { Narrative } from '../../core/narrative.js';
import type { HourCount } from '../../core/trends.js';
import type { StoryNow } from '../../pipeline/read-today.js';
import { drawSparkline } from '../../report/chart-time.js';
import type { StoryWords } from '../../words/desk-stories.js';
import { figure } from './charts.js';
import { DrawingView } from './drawing.js';
import { timeIn } from './times.js';

/** The address of a narrative's page. */
export function storyAddress(id: string): string {
  return `/narratives/${encodeURIComponent(id)}`;
}

/** A narrative's title as a link, its direction isolated. */
export function StoryLink({
  narrative,
  said,
}: {
  readonly narrative: Pick<Narrative, 'id' | 'title'>;
  readonly said: StoryWords;
}) {
  return (
    <a href={storyAddress(narrative.id)}>
      <bdi>{narrative.title === '' ? said.noTitle : narrative.title}</bdi>
    </a>
  );
}

/** Where a narrative is in its life: a word and a shape. */
export function LifeTag({ life, said }: { readonly life: Narrative['life']; readonly said: StoryWords }) {
  return (
    <span class={`tag life-${life}`}>
      <span aria-hidden="true">{{ emerging: '◔', rising: '▲', peaking: '●', fading: '▽' }[life]}</span>
      {said.lives[life]}
    </span>
  );
}

/** Whether published fact-checks match a narrative: that none does says nothing of its truth. */
export function CheckTag({ checks, said }: { readonly checks: number; readonly said: StoryWords }) {
  return checks === 0 ? (
    <span class="soft">{said.today.unchecked}</span>
  ) : (
    <span class="tag line">{said.today.checked(checks)}</span>
  );
}

/** A curve the size of a word; what it shows is said in words for those who do not see it. */
export function Spark({
  id,
  title,
  values,
  language,
  said,
}: {
  readonly id: string;
  readonly title: string;
  readonly values: readonly number[];
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
}) {
  const desc = said.list.curveDesc(figure(Math.max(0, ...values), language));
  return <DrawingView id={id} wide={drawSparkline(title, desc, values, { width: 120, height: 30 })} />;
}

interface LinesProps {
  /** Begins the ids of its curves; once on a page. */
  readonly id: string;
  readonly stories: readonly StoryNow[];
  /** What is said where there are none. */
  readonly none: string;
  /** ms since the epoch */
  readonly now: number;
  readonly zone: Parameters<typeof timeIn>[1];
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
}

/** Narratives of a span, a line each: title, life, posts against before, since when, and whether it was checked. */
export function StoryLines({ id, stories, none, now, zone, language, said }: LinesProps) {
  if (stories.length === 0) return <p class="soft">{none}</p>;
  return (
    <ul class="story-lines">
      {stories.map(({ narrative, posts, earlier, hours, claims }, index) => (
        <li>
          <StoryLink narrative={narrative} said={said} />
          <p class="row small">
            <LifeTag life={narrative.life} said={said} />
            <span>{said.postsOf(figure(posts, language))}</span>
            <span class="soft">{said.today.before(figure(earlier, language))}</span>
          </p>
          <p class="row small">
            <span>{said.today.since(timeIn(narrative.firstSeen, zone, language))}</span>
            <CheckTag checks={claims.length} said={said} />
          </p>
          <Spark
            id={`${id}-${index}`}
            title={said.posts}
            values={evenly(hours, now)}
            language={language}
            said={said}
          />
        </li>
      ))}
    </ul>
  );
}

const STEPS = 40;
const HOUR_MS = 3_600_000;

/**
 * Counts by hour in as many equal steps as a small curve can show, the hour that is under way left out: it would be a fall.
 *
 * @param now ms since the epoch
 */
export function evenly(given: readonly HourCount[], now: number): readonly number[] {
  const all = given.map(({ hour, posts }) => [Date.parse(hour), posts] as const);
  const over = all.filter(([at]) => at + HOUR_MS <= now);
  const counts = over.length === 0 ? all : over;
  const first = counts[0]?.[0] ?? 0;
  const last = counts.at(-1)?.[0] ?? 0;
  const hours = Math.round((last - first) / HOUR_MS) + 1;
  const steps = new Array<number>(Math.min(STEPS, hours)).fill(0);
  for (const [at, n] of counts) {
    const place = Math.floor((Math.round((at - first) / HOUR_MS) / hours) * steps.length);
    steps[Math.min(steps.length - 1, place)]! += n;
  }
  return steps;
}
