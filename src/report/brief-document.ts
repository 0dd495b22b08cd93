import type { Brief, BriefStory } from '../core/brief.js';
import { type BriefWords, briefWords } from '../words/brief.js';
import { words } from '../words/catalogue.js';
import { literacyWords } from '../words/literacy.js';
import { regionWords } from '../words/regions.js';
import { briefCurve } from './brief-charts.js';
import { type BriefFigures, figuresFor } from './brief-figures.js';
import { hourTable, storyBlocks } from './brief-story.js';
import type { Block, Cell, Column, ReportDocument, Table } from './report-document.js';
import { drawTileMap, tileMapOf } from './tile-map.js';

const DAY_MS = 86_400_000;

/** What every section is written with. */
export interface Said {
  readonly brief: Brief;
  readonly language: 'id' | 'en';
  readonly said: BriefWords;
  readonly figures: BriefFigures;
}

/** A report in a language, as blocks that every format writes. */
export function briefDocument(brief: Brief, language: 'id' | 'en'): ReportDocument {
  const said = briefWords(language);
  const figures = figuresFor(language, brief.span.zone, brief.span.lastDay.slice(0, 4));
  const at: Said = { brief, language, said, figures };
  const { firstDay, lastDay, zone, utcOffset, from, to } = brief.span;
  return {
    language,
    title: said.titles[brief.kind],
    subtitle:
      brief.story === undefined
        ? said.days(figures.day(firstDay), figures.day(lastDay))
        : brief.story.title || said.noTitle,
    madeAt: brief.madeAt,
    facts: [
      ...(brief.story === undefined ? [] : [said.days(figures.day(firstDay), figures.day(lastDay))]),
      said.boundaries(zone, utcOffset, figures.time(from), figures.time(to)),
      said.made(figures.time(brief.madeAt)),
      said.aggregate,
      said.masked,
      ...(brief.unit === undefined ? [] : [said.ofUnit(brief.unit.name)]),
    ],
    blocks: brief.story === undefined ? spanBlocks(at) : [...storyBlocks(at, brief.story), ...lastBlocks(at)],
  };
}

function spanBlocks(at: Said): readonly Block[] {
  const { brief, said, figures } = at;
  const { totals, rose, fell, fresh } = brief;
  const { number } = figures;
  return [
    { is: 'heading', text: said.sections.glance },
    {
      is: 'text',
      text: said.glance(number(totals.posts), number(totals.flagged), number(brief.stories)),
      tone: 'strong',
    },
    ...(totals.posts === 0 ? [nothing(at)] : []),
    { is: 'text', text: said.against(number(totals.earlierPosts), number(totals.earlierFlagged)) },
    { is: 'drawing', drawing: briefCurve(at, totals.hours, []) },
    { is: 'text', text: said.legend, tone: 'soft' },
    ...(brief.categories.length === 0 ? [] : [categoryTable(at)]),
    ...(brief.languages.length === 0 ? [] : [languageTable(at)]),
    { is: 'heading', text: said.sections.rose },
    ...storyTable(at, said.sections.rose, rose),
    { is: 'heading', text: said.sections.fell },
    // What fell has been read before: its numbers are enough.
    ...storyTable(at, said.sections.fell, fell).slice(0, 1),
    { is: 'heading', text: said.sections.fresh },
    ...storyTable(at, said.sections.fresh, fresh),
    ...(brief.unit === undefined
      ? ([{ is: 'heading', text: said.sections.words }, trendTable(at)] as const)
      : []),
    ...lastBlocks(at),
  ];
}

/** Of a time in which nothing was collected nothing is known; that is no quiet day. */
function nothing({ brief, said }: Said): Block {
  const isToCome = brief.span.from > brief.madeAt;
  return { is: 'text', text: isToCome ? said.notBegun : said.nothing, tone: 'strong' };
}

/** The numbers of the curve: by the hour of one day, else by the day. */
function figureTables(at: Said): readonly Block[] {
  const { brief, said, figures } = at;
  const { hours, posts } = brief.totals;
  if (posts === 0) return [];
  if (brief.kind === 'daily') {
    const counted = hours.filter((hour) => hour.posts > 0);
    return [{ is: 'heading', text: said.columns.hour }, hourTable(at, counted)];
  }
  const from = Date.parse(brief.span.from);
  const first = Date.parse(`${brief.span.firstDay}T00:00:00Z`);
  const days = new Map<number, { posts: number; flagged: number }>();
  for (const { hour, ...counted } of hours) {
    const day = Math.floor((Date.parse(hour) - from) / DAY_MS);
    const sum = days.get(day) ?? { posts: 0, flagged: 0 };
    days.set(day, { posts: sum.posts + counted.posts, flagged: sum.flagged + counted.flagged });
  }
  return [
    { is: 'heading', text: said.columns.day },
    {
      is: 'table',
      name: said.columns.day,
      columns: [
        { label: said.columns.day, weight: 2 },
        number(said.columns.posts),
        number(said.columns.flagged),
      ],
      rows: [...days].map(([day, sum]) => [
        figures.day(new Date(first + day * DAY_MS).toISOString().slice(0, 10)),
        figures.count(sum.posts),
        figures.count(sum.flagged),
      ]),
      none: said.none.stories,
    },
  ];
}

/** What every report ends with. */
function lastBlocks(at: Said): readonly Block[] {
  const { brief, said, language } = at;
  const points = literacyWords(language);
  return [
    { is: 'heading', text: said.sections.hoaxes },
    hoaxTable(at),
    { is: 'heading', text: said.sections.points },
    { is: 'list', items: brief.points.map((point) => points[point]) },
    { is: 'text', text: said.pointsHint, tone: 'soft' },
    ...(brief.story === undefined
      ? [{ is: 'heading', text: said.sections.regions } as const, ...regionMap(at), regionTable(at)]
      : []),
    { is: 'heading', text: said.sections.clarifications },
    clarificationTable(at),
    ...(brief.clarifications.length === 0
      ? []
      : ([
          { is: 'text', text: said.clarified(brief.clarifications[0]?.windowHours ?? 0), tone: 'soft' },
        ] as const)),
    ...(brief.story === undefined
      ? ([
          { is: 'heading', text: said.sections.coverage },
          sourceTable(at),
          { is: 'text', text: said.coverage, tone: 'soft' },
          ...figureTables(at),
        ] as const)
      : []),
    { is: 'heading', text: said.sections.limits },
    { is: 'list', items: brief.limits.map((limit) => said.limits[limit]) },
  ];
}

/** The provinces as tiles, where any region is known. */
function regionMap({ brief, figures, language }: Said): readonly Block[] {
  if (!brief.regions.some(({ region }) => region !== 'unknown')) return [];
  const names = new Map(brief.regions.map(({ region, name }) => [region, name]));
  const map = tileMapOf(brief.regions, (code) => names.get(code));
  const said = { words: regionWords(language), figure: figures.number };
  return [{ is: 'drawing', drawing: drawTileMap(map, said, 720) }];
}

const number = (label: string): Column => ({ label, isNumber: true });

function categoryTable({ brief, language, said, figures }: Said): Table {
  const { categories } = words(language);
  return {
    is: 'table',
    name: said.columns.category,
    columns: [{ label: said.columns.category, weight: 3 }, number(said.columns.posts)],
    rows: brief.categories.map(({ category, posts }) => [categories[category], figures.count(posts)]),
    none: '',
  };
}

function languageTable({ brief, said, figures, language }: Said): Table {
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  const nameOf = (code: string): string => {
    if (code === 'und') return said.unknownLanguage;
    try {
      return names.of(code) ?? code;
    } catch {
      return code;
    }
  };
  return {
    is: 'table',
    name: said.columns.language,
    columns: [{ label: said.columns.language, weight: 3 }, number(said.columns.posts)],
    rows: brief.languages.map(({ language: code, posts }) => [nameOf(code), figures.count(posts)]),
    none: '',
  };
}

/** Stories with their numbers, and beneath what stands for the first few. */
function storyTable(at: Said, name: string, stories: readonly BriefStory[]): readonly Block[] {
  const { said, figures } = at;
  const { columns } = said;
  const table: Table = {
    is: 'table',
    name,
    columns: [
      { label: columns.story, weight: 4 },
      number(columns.posts),
      number(columns.earlier),
      number(columns.flagged),
      number(columns.authors),
      { label: columns.life },
      { label: columns.first, weight: 1.8 },
      { label: columns.burst, weight: 2.4 },
      { label: columns.signs, weight: 1.2 },
    ],
    rows: stories.map((story): readonly Cell[] => [
      `${story.title || said.noTitle} (${story.id})`,
      figures.count(story.posts),
      figures.count(story.earlierPosts),
      figures.count(story.flagged),
      figures.count(story.authors),
      said.lives[story.life],
      figures.moment(story.firstSeen),
      story.burst === undefined
        ? '–'
        : said.burstCell(figures.number(story.burst.size), figures.moment(story.burst.at)),
      said.signs[story.signs],
    ]),
    none: said.none.stories,
  };
  const quotes = stories
    .filter(({ exemplar }) => exemplar !== undefined)
    .slice(0, 3)
    .map(
      ({ title, exemplar = '' }): Block => ({
        is: 'quote',
        about: title || said.noTitle,
        text: exemplar,
      }),
    );
  return [table, ...quotes];
}

function trendTable({ brief, said, figures }: Said): Table {
  const { columns } = said;
  return {
    is: 'table',
    name: said.sections.storyTerms,
    columns: [
      { label: columns.key, weight: 3 },
      { label: columns.kind },
      { label: columns.direction },
      number(columns.posts),
      number(columns.usual),
      { label: columns.chance, weight: 2 },
    ],
    rows: brief.trends.map(({ key, kind, direction, posts, usual, p }) => [
      kind === 'hashtag' ? `#${key}` : key,
      said.kinds[kind],
      said.directions[direction],
      figures.count(posts),
      usual === undefined ? '–' : figures.count(usual),
      p === undefined || !(p > 0) ? '–' : oneIn(said, figures, p),
    ]),
    none: said.none.trends,
  };
}

/** `1 in 2,000,000`, to one digit; beyond a milliard as such. */
function oneIn(said: Said['said'], figures: BriefFigures, p: number): string {
  const times = Math.min(1e9, 1 / p);
  const power = 10 ** Math.floor(Math.log10(times));
  return `${p < 1e-9 ? '< ' : ''}${said.oneIn(figures.number(Math.round(times / power) * power))}`;
}

function hoaxTable({ brief, said, figures }: Said): Table {
  const { columns } = said;
  return {
    is: 'table',
    name: said.sections.hoaxes,
    columns: [
      { label: columns.hoax, weight: 4 },
      { label: columns.verdict },
      { label: columns.publisher, weight: 1.3 },
      { label: columns.date, weight: 1.2 },
      number(columns.posts),
      { label: columns.link, weight: 3 },
    ],
    rows: brief.hoaxes.map(({ title, verdict, publisher, date, posts, url }) => [
      title,
      verdict ?? '–',
      publisher,
      date || '–',
      figures.count(posts),
      url === undefined ? '–' : { href: url, text: url },
    ]),
    none: said.none.hoaxes,
  };
}

function regionTable({ brief, said, figures }: Said): Table {
  const { columns } = said;
  const all = brief.regions.reduce((sum, { posts }) => sum + posts, 0);
  return {
    is: 'table',
    name: said.sections.regions,
    columns: [
      { label: columns.region, weight: 3 },
      number(columns.posts),
      number(columns.flagged),
      number(columns.share),
    ],
    rows: brief.regions.map(({ region, name, posts, flagged }) => [
      region === 'unknown' ? said.unknownRegion : (name ?? region),
      figures.count(posts),
      figures.count(flagged),
      figures.share(all === 0 ? 0 : posts / all),
    ]),
    none: said.none.regions,
  };
}

function sourceTable({ brief, said, figures }: Said): Table {
  const { columns } = said;
  const order = ['quiet', 'unread', 'paused', 'well'];
  return {
    is: 'table',
    name: said.sections.coverage.slice(0, 20),
    columns: [
      { label: columns.source, weight: 2 },
      { label: columns.state, weight: 1.4 },
      number(columns.posts),
      { label: columns.watched, weight: 1.2 },
      { label: columns.silent, weight: 1.2 },
      number(columns.gaps),
    ],
    rows: brief.sources
      .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.name < b.name ? -1 : 1))
      .map(({ name, state, posts, watchedHours, hours, silentHours, gaps }) => [
        name,
        said.states[state],
        figures.count(posts),
        said.ofHours(figures.number(watchedHours), figures.number(hours)),
        said.hours(figures.number(silentHours)),
        figures.count(gaps),
      ]),
    none: said.none.sources,
  };
}

function clarificationTable({ brief, said, figures }: Said): Table {
  const { columns } = said;
  return {
    is: 'table',
    name: said.sections.clarifications.slice(0, 12),
    columns: [
      { label: columns.number, weight: 0.4 },
      { label: columns.when, weight: 1.5 },
      { label: columns.story, weight: 2.4 },
      { label: columns.channel, weight: 1.2 },
      { label: columns.where, weight: 2 },
      number(columns.before),
      { label: columns.after, weight: 1.2 },
      { label: columns.note, weight: 2 },
    ],
    rows: brief.clarifications.map((each, index) => [
      figures.count(index + 1),
      figures.moment(each.at),
      each.storyTitle || said.noTitle,
      each.channel,
      each.url === undefined ? '–' : { href: each.url, text: each.url },
      figures.count(each.before),
      said.after(figures.number(each.after), each.afterHours, each.windowHours),
      each.note || '–',
    ]),
    none: said.none.clarifications,
  };
}
