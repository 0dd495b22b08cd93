import type { Brief } from '../core/brief.js';
import { briefCurve, marksOf } from './brief-charts.js';
import type { Said } from './brief-document.js';
import type { Block, Cell, Table } from './report-document.js';

/** The sections of a report on one story. */
export function storyBlocks(at: Said, story: NonNullable<Brief['story']>): readonly Block[] {
  const { brief, said, figures } = at;
  const { columns, sections } = said;
  return [
    { is: 'heading', text: sections.story },
    facts(at, story),
    ...(story.exemplar === undefined
      ? []
      : [{ is: 'quote', about: said.exemplar, text: story.exemplar } as const]),
    { is: 'heading', text: sections.curve },
    {
      is: 'drawing',
      drawing: briefCurve(
        at,
        story.hours,
        marksOf(story.burst === undefined ? [] : [story.burst], brief.clarifications),
      ),
    },
    { is: 'text', text: `${said.legend} ${said.storyLegend}`, tone: 'soft' },
    { is: 'heading', text: sections.variants },
    {
      is: 'table',
      name: sections.variants,
      columns: [
        { label: columns.wording, weight: 5 },
        { label: columns.posts, isNumber: true },
        { label: columns.first, weight: 1.6 },
      ],
      rows: story.wordings
        .filter(({ text }) => text !== undefined)
        .map(({ text = '', posts, firstSeen }) => [text, figures.count(posts), figures.moment(firstSeen)]),
      none: said.none.variants,
    },
    ...untold(at, story),
    { is: 'heading', text: sections.spread },
    {
      is: 'table',
      name: sections.regions,
      columns: [
        { label: columns.region, weight: 3 },
        { label: columns.first, weight: 2 },
        { label: columns.posts, isNumber: true },
      ],
      rows: story.places.map(({ region, name, firstSeen, posts }) => [
        region === 'unknown' ? said.unknownRegion : (name ?? region),
        figures.moment(firstSeen),
        figures.count(posts),
      ]),
      none: said.none.regions,
    },
    { is: 'heading', text: sections.storyTerms },
    terms(at, story),
    { is: 'heading', text: sections.coordination },
    ...coordination(at, story),
    { is: 'heading', text: columns.hour },
    hourTable(at, story.hours),
  ];
}

/** How many wordings are left out, so that nobody takes those shown for all. */
function untold(
  { said, figures }: Said,
  { variants, wordings }: NonNullable<Brief['story']>,
): readonly Block[] {
  const left = variants - wordings.filter(({ text }) => text !== undefined).length;
  return left > 0 ? [{ is: 'text', text: said.untold(figures.number(left)), tone: 'soft' }] : [];
}

function facts({ said, figures }: Said, story: NonNullable<Brief['story']>): Table {
  const { columns } = said;
  const rows: readonly (readonly Cell[])[] = [
    ['ID', story.id],
    [columns.posts, figures.count(story.posts)],
    [columns.flagged, figures.count(story.flagged)],
    [columns.authors, figures.count(story.authors)],
    [said.sections.variants, figures.count(story.variants)],
    [columns.life, said.lives[story.life]],
    [columns.first, figures.time(story.firstSeen)],
    [columns.last, figures.time(story.lastSeen)],
    ...(story.burst === undefined
      ? []
      : [[columns.burst, said.burst(figures.number(story.burst.size), figures.time(story.burst.at))]]),
    [columns.signs, said.signs[story.signs]],
  ];
  return {
    is: 'table',
    name: said.sections.story,
    columns: [{ label: columns.measure }, { label: columns.value, weight: 2 }],
    rows,
    none: '',
  };
}

function terms({ said, figures }: Said, story: NonNullable<Brief['story']>): Table {
  const rows = (
    kind: 'term' | 'hashtag' | 'domain',
    found: readonly { readonly text: string; readonly posts: number }[],
  ): Cell[][] =>
    found.map(({ text, posts }) => [
      kind === 'hashtag' && !text.startsWith('#') ? `#${text}` : text,
      said.kinds[kind],
      figures.count(posts),
    ]);
  return {
    is: 'table',
    name: said.sections.storyTerms,
    columns: [
      { label: said.columns.term, weight: 3 },
      { label: said.columns.kind },
      { label: said.columns.posts, isNumber: true },
    ],
    rows: [
      ...rows('term', story.terms),
      ...rows('hashtag', story.hashtags),
      ...rows('domain', story.domains),
    ],
    none: said.none.terms,
  };
}

function coordination({ said, figures }: Said, story: NonNullable<Brief['story']>): readonly Block[] {
  const { coordination: measured } = story;
  const { hint, reasons, ...labels } = said.coordination;
  if ('reason' in measured) return [{ is: 'text', text: reasons[measured.reason] }];
  return [
    {
      is: 'table',
      name: said.columns.signs,
      columns: [
        { label: said.columns.measure, weight: 3 },
        { label: said.columns.value, isNumber: true },
      ],
      rows: [
        [labels.copies, figures.share(measured.copies)],
        [labels.halfWithinMinutes, figures.count(Math.round(measured.halfWithinMinutes))],
        [labels.busiestTenth, figures.share(measured.busiestTenth)],
        [labels.authorsPerPost, figures.count(Math.round(measured.authorsPerPost * 100) / 100)],
        [labels.sharedLink, figures.share(measured.sharedLink)],
      ],
      none: '',
    },
    { is: 'text', text: hint, tone: 'soft' },
  ];
}

const MOST_HOURS = 72;

/** Posts by the hour: the busiest where there are too many. */
export function hourTable({ said, figures }: Said, hours: Brief['totals']['hours']): Table {
  const shown = hours
    .toSorted((a, b) => b.posts - a.posts || (a.hour < b.hour ? -1 : 1))
    .slice(0, MOST_HOURS)
    .toSorted((a, b) => (a.hour < b.hour ? -1 : 1));
  return {
    is: 'table',
    name: said.columns.hour,
    columns: [
      { label: said.columns.hour, weight: 2 },
      { label: said.columns.posts, isNumber: true },
      { label: said.columns.flagged, isNumber: true },
    ],
    rows: shown.map(({ hour, posts, flagged }) => [
      figures.moment(hour),
      figures.count(posts),
      figures.count(flagged),
    ]),
    none: said.none.stories,
  };
}
