/**
 * The provinces as tiles of equal size, where they lie in the archipelago: a small province reads as well as a large
 * one. How many posts a tile stands for is in its colour, its number and its title; the table beneath has it as well.
 */
import type { RegionWords } from '../words/regions.js';
import { type Drawing, round, type Shape, TEXT_SIZE, type Tone, textWidth } from './chart-drawing.js';

/** By code column and row from the north-west, what people call it for short, and its letters in ISO 3166-2. */
const TILES: Readonly<Record<string, readonly [column: number, row: number, name: string, letters: string]>> =
  {
    11: [0, 0, 'Aceh', 'AC'],
    12: [1, 1, 'Sumut', 'SU'],
    13: [1, 2, 'Sumbar', 'SB'],
    14: [2, 2, 'Riau', 'RI'],
    15: [2, 3, 'Jambi', 'JA'],
    16: [3, 3, 'Sumsel', 'SS'],
    17: [2, 4, 'Bengk.', 'BE'],
    18: [3, 4, 'Lampung', 'LA'],
    19: [4, 3, 'Babel', 'BB'],
    21: [3, 1, 'Kepri', 'KR'],
    31: [4, 5, 'DKI', 'JK'],
    32: [4, 6, 'Jabar', 'JB'],
    33: [5, 6, 'Jateng', 'JT'],
    34: [5, 7, 'DIY', 'YO'],
    35: [6, 6, 'Jatim', 'JI'],
    36: [3, 5, 'Banten', 'BT'],
    51: [7, 6, 'Bali', 'BA'],
    52: [8, 6, 'NTB', 'NB'],
    53: [9, 6, 'NTT', 'NT'],
    61: [5, 2, 'Kalbar', 'KB'],
    62: [6, 2, 'Kalteng', 'KT'],
    63: [6, 3, 'Kalsel', 'KS'],
    64: [7, 2, 'Kaltim', 'KI'],
    65: [7, 1, 'Kaltara', 'KU'],
    71: [10, 1, 'Sulut', 'SA'],
    72: [9, 2, 'Sulteng', 'ST'],
    73: [8, 4, 'Sulsel', 'SN'],
    74: [9, 3, 'Sultra', 'SG'],
    75: [9, 1, 'Gtlo', 'GO'],
    76: [8, 3, 'Sulbar', 'SR'],
    81: [11, 3, 'Maluku', 'MA'],
    82: [11, 2, 'Malut', 'MU'],
    91: [14, 2, 'Papua', 'PA'],
    92: [13, 2, 'PaBar', 'PB'],
    93: [14, 4, 'PaSel', 'PS'],
    94: [13, 3, 'PaTeng', 'PT'],
    95: [14, 3, 'PaPeg', 'PE'],
    96: [12, 2, 'PBD', 'PD'],
  };
const COLUMNS = 15;
const ROWS = 8;
/** Classes of values above nought, at most. */
const MOST_CLASSES = 5;
const FILLS: readonly Tone[] = ['map-0', 'map-1', 'map-2', 'map-3', 'map-4', 'map-5'];
/** From this shade on the letters are of the other brightness. */
const FIRST_STRONG = 4;
/** Bold letters are wider. */
const BOLD = 1.2;
/** A number has room on a tile of this width. */
const ROOMY = 36;

export interface ProvinceTile {
  /** `32` */
  readonly code: string;
  readonly name: string;
  readonly posts: number;
  /** 0 for no post, then 1 up to the number of {@link TileMap.classes}. */
  readonly level: number;
}

/** Posts by province, as map and table show them. */
export interface TileMap {
  /** All of them, by code. */
  readonly provinces: readonly ProvinceTile[];
  /** Least and most posts of each class, rising; none where there are no posts. */
  readonly classes: readonly { readonly from: number; readonly to: number }[];
  /** Posts of no known region. */
  readonly unknown: number;
}

/**
 * Adds counts up by province; those of a regency count for its province. Classes hold about as many provinces each.
 *
 * @param counts by region code, `unknown` or a code that no province begins among them
 * @param nameOf what a province is called; its short name where that is undefined
 */
export function tileMapOf(
  counts: readonly { readonly region: string; readonly posts: number }[],
  nameOf: (code: string) => string | undefined,
): TileMap {
  const sums = new Map<string, number>(Object.keys(TILES).map((code) => [code, 0]));
  let unknown = 0;
  for (const { region, posts } of counts) {
    const code = region.slice(0, 2);
    const sum = /^\d\d(?:\.|$)/.test(region) ? sums.get(code) : undefined;
    if (sum === undefined) unknown += posts;
    else sums.set(code, sum + posts);
  }
  const classes = classesOf([...sums.values()]);
  return {
    provinces: [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, posts]) => ({
        code,
        name: nameOf(code) ?? TILES[code]?.[2] ?? code,
        posts,
        level: classes.findIndex(({ from, to }) => from <= posts && posts <= to) + 1,
      })),
    classes,
    unknown,
  };
}

/** Quantiles of the values above nought; equal values are never in two classes. */
function classesOf(values: readonly number[]): { from: number; to: number }[] {
  const some = values.filter((value) => value > 0).sort((a, b) => a - b);
  const distinct = [...new Set(some)];
  const wanted = Math.min(MOST_CLASSES, distinct.length);
  const tops = new Set<number>();
  for (let k = 1; k <= wanted; k++) {
    tops.add(
      distinct.length <= MOST_CLASSES ? distinct[k - 1]! : some[Math.ceil((some.length * k) / wanted) - 1]!,
    );
  }
  let from = 0;
  return [...tops].map((to) => {
    const least = distinct.find((value) => value > from) ?? to;
    from = to;
    return { from: least, to };
  });
}

export interface TileMapSaid {
  readonly words: RegionWords;
  figure(value: number): string;
}

/** The map, so many CSS pixels wide; see {@link toSvg}. */
export function drawTileMap(map: TileMap, { words, figure }: TileMapSaid, width: number): Drawing {
  const step = width / COLUMNS;
  const side = step - Math.max(2, step * 0.07);
  const shapes: Shape[] = [];
  for (const province of map.provinces) {
    const [column, row, name, letters] = TILES[province.code] ?? [0, 0, '', ''];
    const [x, y] = [round(column * step), round(row * step)];
    const shade = shadeOf(province.level, map);
    const isStrong = shade >= FIRST_STRONG;
    const tone: Tone = isStrong ? 'map-strong' : 'ink';
    const title = words.map.tile(province.name, figure(province.posts));
    shapes.push({
      is: 'rect',
      ...{ x, y, width: round(side), height: round(side), round: 3 },
      fill: FILLS[shade] ?? 'map-0',
      stroke: 'grid',
      title,
    });
    const number = shortFigure(province.posts, figure);
    const isRoomy = side >= ROOMY;
    const middle = round(x + side / 2);
    const label = isRoomy ? name : letters;
    const size = fitted(label, side / BOLD);
    shapes.push({
      is: 'text',
      ...{ x: middle, y: round(y + (isRoomy ? side * 0.44 : side / 2 + size * 0.36)), size },
      ...{ text: label, anchor: 'middle', tone, bold: true },
    });
    if (isRoomy) {
      shapes.push({
        is: 'text',
        ...{ x: middle, y: round(y + side * 0.82), size: fitted(number, side) },
        ...{ text: number, anchor: 'middle', tone },
      });
    }
  }
  const top = ROWS * step + 6;
  const legend = drawLegend(map, { words, figure }, width, top);
  const most = map.provinces.reduce((a, b) => (b.posts > a.posts ? b : a));
  return {
    width,
    height: round(legend.bottom),
    title: words.map.title,
    desc: words.map.desc(
      most.name,
      figure(most.posts),
      map.provinces.filter(({ posts }) => posts === 0).length,
    ),
    shapes: [...shapes, ...legend.shapes],
  };
}

/** The highest class has the strongest shade, however few classes there are. */
function shadeOf(level: number, { classes }: Pick<TileMap, 'classes'>): number {
  return level === 0 ? 0 : Math.round((level * MOST_CLASSES) / classes.length);
}

/** The size at which a word fits on a tile. */
function fitted(text: string, side: number): number {
  const most = TEXT_SIZE - 1;
  return Math.min(most, round((most * (side - 3)) / textWidth(text, most)));
}

/** `12 k` where the whole number has no room. */
function shortFigure(value: number, figure: (value: number) => string): string {
  if (value < 10_000) return figure(value);
  return value < 1_000_000 ? `${figure(Math.round(value / 1_000))}k` : `${figure(Math.round(value / 1e6))}M`;
}

/** The classes with their numbers, on as many lines as they need, and where the list of areas is from. */
function drawLegend(
  map: TileMap,
  { words, figure }: TileMapSaid,
  width: number,
  top: number,
): { shapes: Shape[]; bottom: number } {
  const size = TEXT_SIZE - 1;
  const box = 12;
  const line = 20;
  const shapes: Shape[] = [];
  let x = 0;
  let y = top;
  const labels = [
    words.map.none,
    ...map.classes.map(({ from, to }) => words.map.range(figure(from), figure(to))),
  ];
  for (const [level, label] of labels.entries()) {
    const needs = box + 5 + textWidth(label, size) + 14;
    if (x > 0 && x + needs > width) {
      x = 0;
      y += line;
    }
    shapes.push(
      {
        is: 'rect',
        ...{ x: round(x), y: round(y), width: box, height: box, round: 2 },
        ...{ fill: FILLS[shadeOf(level, map)] ?? 'map-0', stroke: 'grid' },
      },
      {
        is: 'text',
        ...{ x: round(x + box + 5), y: round(y + box - 2), text: label, size },
        ...{ anchor: 'start', tone: 'ink' },
      },
    );
    x += needs;
  }
  y += line + 9;
  shapes.push({
    is: 'text',
    ...{ x: 0, y: round(y), text: words.attribution, size: size - 1, anchor: 'start', tone: 'soft' },
  });
  return { shapes, bottom: y + 5 };
}
