import { LEVELS } from '../../core/assessment.js';
import { COUNTED_OUTCOMES } from '../../core/desk-numbers.js';
import { NUMBER_DAYS, type NumbersView, readNumbers } from '../../pipeline/numbers.js';
import { judgedIn, type NumbersRow } from '../../triage/numbers.js';
import { words } from '../../words/catalogue.js';
import { deskWords } from '../../words/desk.js';
import { type NumbersWords, numbersWords } from '../../words/desk-numbers.js';
import { languageName } from '../../words/figures.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { Bar, figure, LineChart } from '../views/charts.js';
import { delayText, percent } from '../views/figures.js';
import { Frame, signedInOf } from '../views/frame.js';
import { Period, periodOf } from '../views/period.js';
import { ScrollBox } from '../views/scroll-box.js';
import { tickIn, timeIn } from '../views/times.js';

const HOUR_MS = 3_600_000;
/** Rows of a breakdown that are shown; the rest is told of as a number. */
const SHOWN_ROWS = 20;

/** Sums of what landed and what was decided; nothing of any single item. */
export function numbersRoutes({ ports }: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/numbers',
      access: 'numbers:read',
      handle: (visit) => {
        const days = periodOf(visit.c, NUMBER_DAYS, 7);
        return visit.c.html(<NumbersPage visit={visit} view={readNumbers(ports, visit.me.actor, days)} />);
      },
    },
  ];
}

interface NumbersProps {
  readonly visit: SignedVisit;
  readonly view: NumbersView;
}

function NumbersPage({ visit, view }: NumbersProps) {
  const { display, me } = visit;
  const { language } = display;
  const title = deskWords(language).rooms.numbers;
  const said = numbersWords(language);
  const { zone } = me.unit;
  const labels = view.series.map(({ hour }) =>
    tickIn(new Date(hour * HOUR_MS).toISOString(), zone, language, view.hourly),
  );
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="numbers">
      <h1>{title}</h1>
      <p>{said.numbers.intro}</p>
      <Period path="/numbers" days={NUMBER_DAYS} chosen={view.days} said={said} />
      {view.countedFrom !== undefined && view.countedFrom > view.from && (
        <p class="notice">{said.countedFrom(timeIn(view.countedFrom, zone, language))}</p>
      )}
      <Headlines view={view} said={said} language={language} />
      <section class="sheet">
        <LineChart
          id="series"
          title={`${said.numbers.series}, ${view.hourly ? said.numbers.byHour : said.numbers.byDay}`}
          labels={labels}
          lines={[
            { name: said.landed, values: view.series.map(({ landed }) => landed) },
            { name: said.decided, values: view.series.map(({ decided }) => decided) },
          ]}
          over={view.hourly ? zone : said.period}
          tableTitle={said.table}
          language={language}
        />
      </section>
      <div class="columns">
        <section class="sheet">
          <h2>{said.numbers.outcomesTitle}</h2>
          <Outcomes view={view} said={said} language={language} />
        </section>
        {(['level', 'flag', 'source', 'language', 'region'] as const).map((by) => (
          <section class="sheet">
            <h2>{said.numbers.by[by]}</h2>
            <Breakdown by={by} rows={view.by[by]} said={said} language={language} />
            {by === 'flag' && <p class="hint">{said.numbers.flagHint}</p>}
          </section>
        ))}
      </div>
    </Frame>
  );
}

interface PartProps {
  readonly view: NumbersView;
  readonly said: NumbersWords;
  readonly language: 'id' | 'en';
}

function Headlines({ view, said, language }: PartProps) {
  const { dismissed, arrival, decision } = view;
  return (
    <>
      <dl class="headlines">
        <div>
          <dt>{said.landed}</dt>
          <dd>{figure(view.landed, language)}</dd>
        </div>
        <div>
          <dt>{said.decided}</dt>
          <dd>{figure(view.decided, language)}</dd>
        </div>
        <div>
          <dt>{said.numbers.dismissed}</dt>
          <dd>{dismissed === undefined ? '–' : percent(dismissed.share, language)}</dd>
          {dismissed !== undefined && <dd class="hint">{said.numbers.dismissedHint(dismissed.of)}</dd>}
        </div>
        {(
          [
            [said.numbers.arrival, arrival],
            [said.numbers.decision, decision],
          ] as const
        ).map(([name, delays]) => (
          <div>
            <dt>{name}</dt>
            <dd>{delays === undefined ? '–' : delayText(delays.median, language)}</dd>
            {delays !== undefined && (
              <dd class="hint">
                {said.numbers.median}; {said.numbers.p95} {delayText(delays.p95, language)}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p class="hint below">
        {said.dayHint} {said.numbers.delayHint}
      </p>
    </>
  );
}

function Outcomes({ view, said, language }: PartProps) {
  const most = Math.max(1, ...COUNTED_OUTCOMES.map((outcome) => view.outcomes[outcome]));
  return (
    <ScrollBox label={said.numbers.outcomesTitle}>
      <table class="counted">
        <tbody>
          {COUNTED_OUTCOMES.map((outcome) => (
            <tr>
              <th scope="row">
                {said.outcomes[outcome]}
                <Bar share={view.outcomes[outcome] / most} />
              </th>
              <td class="numeric">{figure(view.outcomes[outcome], language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

type By = keyof NumbersView['by'];

interface BreakdownProps {
  readonly by: By;
  readonly rows: readonly NumbersRow[];
  readonly said: NumbersWords;
  readonly language: 'id' | 'en';
}

function Breakdown({ by, rows, said, language }: BreakdownProps) {
  if (rows.length === 0) return <p class="soft">{said.nothing}</p>;
  const most = Math.max(1, ...rows.map(({ landed }) => landed));
  // Levels have an order of their own; the rest stands by how much landed.
  const ordered = by === 'level' ? rows.toSorted((a, b) => place(b.key) - place(a.key)) : rows;
  return (
    <ScrollBox label={said.numbers.by[by]}>
      <table class="counted">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{said.numbers.by[by]}</span>
            </th>
            <th scope="col" class="numeric">
              {said.landed}
            </th>
            <th scope="col" class="numeric">
              {said.judged}
            </th>
            <th scope="col" class="numeric">
              {said.outcomes.dismissed}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, SHOWN_ROWS).map((row) => {
            const { hits, of } = judgedIn(row);
            return (
              <tr>
                <th scope="row">
                  {nameOf(by, row.key, said, language)}
                  <Bar share={row.landed / most} />
                </th>
                <td class="numeric">{figure(row.landed, language)}</td>
                <td class="numeric">{figure(of, language)}</td>
                <td class="numeric">{of === 0 ? '–' : percent(hits / of, language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {ordered.length > SHOWN_ROWS && <p class="hint">{said.numbers.more(ordered.length - SHOWN_ROWS)}</p>}
    </ScrollBox>
  );
}

function place(level: string): number {
  return (LEVELS as readonly string[]).indexOf(level);
}

function nameOf(by: By, key: string, said: NumbersWords, language: 'id' | 'en'): string {
  const { levels, categories } = words(language);
  if (by === 'level') return key in levels ? levels[key as keyof typeof levels] : key;
  if (by === 'flag') return key in categories ? categories[key as keyof typeof categories] : key;
  if (by === 'language') return key === 'und' ? said.numbers.unknown : languageName(key, language);
  if (by === 'region' && key.startsWith('unit:')) return said.numbers.unit(key.slice('unit:'.length));
  return key === '' ? said.numbers.unknown : key;
}
