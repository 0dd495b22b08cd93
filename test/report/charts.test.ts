import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBars } from '../../src/report/chart-bars.js';
import { type ChartSize, type Drawing, niceCeiling, textWidth } from '../../src/report/chart-drawing.js';
import { drawMultiples } from '../../src/report/chart-multiples.js';
import { type SeriesSlot, seriesOf, slotStart } from '../../src/report/chart-series.js';
import { toSvg } from '../../src/report/chart-svg.js';
import { timeTicks } from '../../src/report/chart-ticks.js';
import { drawSparkline, drawTimes } from '../../src/report/chart-time.js';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5);
const figure = (n: number): string => n.toLocaleString('id-ID');

/** Faults of an XML document as the charts may write it: every tag closed, every attribute quoted, no bare < or &. */
function xmlFaults(text: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  let at = 0;
  const token =
    /<\/([a-z]+)>|<([a-z]+)((?: [a-zA-Z-]+="(?:[^"<&]|&(?:amp|lt|gt|quot|#39);)*")*)(\/?)>|(?:[^<&]|&(?:amp|lt|gt|quot|#39);)+/y;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return [...faults, `not XML at ${at}: ${text.slice(at, at + 40)}`];
    const [all, closes, opens, attributes = '', isEmpty] = found;
    if (closes !== undefined && open.pop() !== closes) faults.push(`</${closes}> closes nothing`);
    if (opens !== undefined && isEmpty !== '/') open.push(opens);
    const names = [...attributes.matchAll(/ ([a-zA-Z-]+)=/g)].map(([, name]) => name);
    if (new Set(names).size < names.length) faults.push(`an attribute twice: ${all}`);
    at += all.length;
  }
  return open.length > 0 ? [...faults, `left open: ${open.join()}`] : faults;
}

/** Places of a drawing outside of its box, or at no place at all. */
function placesOutside({ width, height, shapes }: Drawing): string[] {
  const outside: string[] = [];
  const look = (x: number, y: number, of: string): void => {
    const isIn = x >= -0.5 && x <= width + 0.5 && y >= -0.5 && y <= height + 0.5;
    if (!Number.isFinite(x) || !Number.isFinite(y) || !isIn) outside.push(`${of} at ${x} ${y}`);
  };
  for (const shape of shapes) {
    if (shape.is === 'path') {
      if (!/^M-?[\d.]+ -?[\d.]+(?: L-?[\d.]+ -?[\d.]+)*(?: Z)?$/.test(shape.d)) outside.push(shape.d);
      for (const [, x, y] of shape.d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)) look(Number(x), Number(y), 'path');
    } else if (shape.is === 'rect') {
      look(shape.x, shape.y, 'rect');
      look(shape.x + shape.width, shape.y + shape.height, 'rect');
      if (shape.width < 0 || shape.height < 0) outside.push('rect of less than nothing');
    } else if (shape.is === 'circle') look(shape.x, shape.y, 'circle');
    else {
      const long = textWidth(shape.text, shape.size);
      const before = { start: 0, middle: 0.5, end: 1 }[shape.anchor];
      look(shape.x - before * long, shape.y - shape.size * 0.7, `text ${shape.text}`);
      look(shape.x + (1 - before) * long, shape.y, `text ${shape.text}`);
    }
  }
  return outside;
}

const count = fc.option(
  fc.oneof(fc.nat(20), fc.nat(), fc.double(), fc.constantFrom(-5, Number.NaN, Number.POSITIVE_INFINITY)),
  { nil: undefined },
);
const slots = fc.array(fc.tuple(count, count), { maxLength: 60 }).map((counts): SeriesSlot[] =>
  counts.map(([posts, flagged], index) => ({
    at: BEGIN + index * HOUR,
    ...(posts === undefined ? {} : { posts }),
    ...(flagged === undefined ? {} : { flagged }),
  })),
);
const marks = fc.array(
  fc.record({
    is: fc.constantFrom('burst' as const, 'answer' as const),
    at: fc.integer({ min: BEGIN - 90 * HOUR, max: BEGIN + 90 * HOUR }),
    number: fc.nat(99),
  }),
  { maxLength: 80 },
);
const size = fc.record({
  width: fc.integer({ min: 160, max: 1_200 }),
  height: fc.integer({ min: 90, max: 400 }),
});
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '</title><script>a()</script>',
    '"><svg onload=x>',
    '\u202egnat\u2066',
    '&amp;<b>',
    ']]>',
    '\ud800',
  ),
);

function drawn(from: readonly SeriesSlot[], of: ChartSize, more = {}) {
  const end = BEGIN + Math.max(1, from.length) * HOUR;
  const ticks = timeTicks(BEGIN, end, 'WIB', 'id', 6);
  return drawTimes({ title: 't', desc: 'd', slots: from, slotMs: HOUR, ticks, figure, ...more }, of);
}

describe('a chart', () => {
  it('is XML, and stays within its box, whatever the counts', () => {
    fc.assert(
      fc.property(slots, marks, size, (from, marked, of) => {
        const drawing = drawn(from, of, { marks: marked });
        expect(placesOutside(drawing)).toEqual([]);
        expect(xmlFaults(toSvg(drawing, 'a'))).toEqual([]);
      }),
    );
  });

  it('of bars or of small curves does so too, whatever their names', () => {
    const rows = fc.array(fc.record({ name: hostile, posts: fc.double(), flagged: fc.double() }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 160, max: 1_000 }), (bars, width) => {
        const drawing = drawBars({ title: 't', desc: 'd', bars, figure }, width);
        expect(placesOutside(drawing).filter((each) => !each.startsWith('text'))).toEqual([]);
        expect(xmlFaults(toSvg(drawing, 'a'))).toEqual([]);
      }),
    );
    const curves = fc.array(fc.record({ name: hostile, values: fc.array(count, { maxLength: 40 }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(curves, fc.integer({ min: 180, max: 1_000 }), (small, width) => {
        const drawing = drawMultiples({ title: 't', desc: 'd', curves: small, figure, peak: 'most' }, width);
        expect(placesOutside(drawing).filter((each) => !each.startsWith('text'))).toEqual([]);
        expect(xmlFaults(toSvg(drawing, 'a'))).toEqual([]);
      }),
    );
  });

  it('cuts the bold name of a small curve before the next one', () => {
    const curves = ['pemadaman karangtengahsari', 'hoaks rumah sakit rekaan'].map((name) => ({
      name,
      values: [1, 2],
    }));
    const { shapes } = drawMultiples({ title: 't', desc: 'd', curves, figure, peak: 'most' }, 360);
    for (const shape of shapes) {
      // Bold letters of DejaVu Sans are .69 em wide at the mean.
      if (shape.is === 'text' && shape.bold === true) expect(shape.text.length * 0.69 * 12).toBeLessThan(174);
    }
  });

  it('makes no element of a name, and turns no direction', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, name) => {
        const bars = [{ name, posts: 3 }];
        const svg = toSvg(drawBars({ title, desc: name, bars, figure }, 400), 'a');
        expect(xmlFaults(svg)).toEqual([]);
        expect(svg.match(/<(?!\/?(?:svg|title|desc|rect|text|path|circle)[ >])/g)).toBeNull();
        expect(svg).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        expect([...svg].every((letter) => letter >= ' ' || /\s/.test(letter))).toBe(true);
      }),
    );
  });

  it('names what it shows for those who do not see it', () => {
    const svg = toSvg(drawn([{ at: BEGIN, posts: 1, flagged: 0 }], { width: 300, height: 120 }), 'x');
    expect(svg).toContain('role="img" aria-labelledby="x-t x-d"');
    expect(svg).toContain('<title id="x-t">t</title><desc id="x-d">d</desc>');
  });

  it('draws nothing of nothing, a dot of one hour, and leaves a gap open', () => {
    const of = { width: 400, height: 160 };
    const curves = (drawing: Drawing) =>
      drawing.shapes.filter(
        (shape) => (shape.is === 'path' ? shape.stroke : shape.is === 'circle' && shape.fill) === 'all',
      );
    expect(curves(drawn([], of))).toEqual([]);
    const one = curves(drawn([{ at: BEGIN, posts: 4, flagged: 1 }], of));
    expect(one.map(({ is }) => is)).toEqual(['circle']);
    const hours = [1, 2, undefined, 4, 5].map((posts, index) => ({
      at: BEGIN + index * HOUR,
      ...(posts === undefined ? {} : { posts, flagged: 0 }),
    }));
    expect(curves(drawn(hours, of))).toHaveLength(2);
  });

  it('lets no line fall to a time that is not over: it is a ring beside it', () => {
    const hours = [8, 9, 1].map((posts, index) => ({ at: BEGIN + index * HOUR, posts, flagged: 0 }));
    const span = { from: BEGIN, to: BEGIN + 3 * HOUR, step: 'hour', zone: 'WIB' } as const;
    const counted = hours.map(({ at, ...counts }) => ({ hour: new Date(at).toISOString(), ...counts }));
    const series = seriesOf(counted, { ...span, now: BEGIN + 2 * HOUR + 60_000 });
    expect(series.map(({ underWay }) => underWay)).toEqual([undefined, undefined, true]);
    const { shapes } = drawn(series, { width: 400, height: 160 });
    const line = shapes.find((shape) => shape.is === 'path' && shape.stroke === 'all');
    expect(line?.is === 'path' && line.d.match(/[ML]/g)).toHaveLength(2);
    expect(shapes.filter((shape) => shape.is === 'circle' && shape.stroke === 'all')).toHaveLength(1);
  });

  it('tells flagged posts from all without colour', () => {
    const hours = [3, 5, 2].map((posts, index) => ({ at: BEGIN + index * HOUR, posts, flagged: 1 }));
    const lines = drawn(hours, { width: 400, height: 160 }).shapes.flatMap((shape) =>
      shape.is === 'path' && (shape.stroke === 'all' || shape.stroke === 'flagged') ? [shape] : [],
    );
    expect(lines.map(({ dash }) => dash !== undefined)).toEqual([false, true]);
  });

  it('draws a high count high', () => {
    const path = drawn(
      [0, 10].map((posts, i) => ({ at: BEGIN + i * HOUR, posts, flagged: 0 })),
      { width: 300, height: 120 },
    ).shapes.find((shape) => shape.is === 'path' && shape.stroke === 'all');
    const [low, high] = [...(path?.is === 'path' ? path.d : '').matchAll(/ ([\d.]+)(?= L|$)/g)].map(([, y]) =>
      Number(y),
    );
    expect(high).toBeLessThan(low ?? 0);
  });

  it('covers no number of a mark by another', () => {
    fc.assert(
      fc.property(marks, (marked) => {
        const hours = Array.from({ length: 24 }, (_, i) => ({ at: BEGIN + i * HOUR, posts: i, flagged: 0 }));
        const places = drawn(hours, { width: 360, height: 260 }, { marks: marked }).shapes.flatMap((shape) =>
          shape.is === 'text' && shape.tone === 'paper' ? [shape] : [],
        );
        for (const [index, a] of places.entries()) {
          for (const b of places.slice(index + 1)) {
            expect(Math.abs(a.x - b.x) >= 16 || Math.abs(a.y - b.y) >= 16).toBe(true);
          }
        }
      }),
    );
  });
});

describe('labels of time', () => {
  it('stand at whole hours of the zone, no more than fit', () => {
    const ticks = timeTicks(BEGIN, BEGIN + 24 * HOUR, 'WIB', 'id', 5);
    expect(ticks.map(({ label }) => label)).toEqual(['12.00', '18.00', '6 Jan', '06.00']);
    expect(timeTicks(BEGIN, BEGIN + 30 * 24 * HOUR, 'WIT', 'en', 5).length).toBeLessThanOrEqual(6);
  });

  it('are at least one, and never more than asked for and one', () => {
    const hours = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(
        hours,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('WIB', 'WITA', 'WIT'),
        (long, most, zone) => {
          const found = timeTicks(BEGIN, BEGIN + long * HOUR, zone, 'id', most);
          expect(found.length).toBeGreaterThanOrEqual(1);
          expect(found.length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});

describe('a series', () => {
  const hour = (at: number, posts: number, flagged = 0) => ({
    hour: new Date(at).toISOString(),
    posts,
    flagged,
  });

  it('fills hours without posts with nought, and leaves what is not known open', () => {
    const series = seriesOf([hour(BEGIN + HOUR, 3, 1), hour(BEGIN + 3 * HOUR, 5)], {
      from: BEGIN,
      to: BEGIN + 5 * HOUR,
      step: 'hour',
      zone: 'WIB',
      knownFrom: BEGIN + HOUR,
      knownTo: BEGIN + 4 * HOUR,
    });
    expect(series.map(({ posts }) => posts)).toEqual([undefined, 3, 0, 5, undefined]);
    expect(series[1]?.flagged).toBe(1);
  });

  it.each([
    ['WIB', 17],
    ['WITA', 16],
    ['WIT', 15],
  ] as const)('begins days at midnight in %s', (zone, utc) => {
    expect(new Date(slotStart(Date.UTC(2026, 0, 5, 20), 'day', zone)).toISOString()).toBe(
      `2026-01-05T${utc}:00:00.000Z`,
    );
    const midnight = Date.UTC(2026, 0, 4, utc);
    const hours = [hour(midnight - HOUR, 1), hour(midnight, 2), hour(midnight + 23 * HOUR, 4)];
    const days = seriesOf(hours, { from: midnight - HOUR, to: midnight + 24 * HOUR, step: 'day', zone });
    expect(days.map(({ posts }) => posts)).toEqual([1, 6]);
  });

  it('keeps the sum, by whatever step', () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.nat(50)), { maxLength: 50 });
    fc.assert(
      fc.property(counts, fc.constantFrom('hour', 'day'), (given, step) => {
        const hours = given.map(([at, posts]) => hour(BEGIN + at * HOUR, posts));
        const series = seriesOf(hours, { from: BEGIN, to: BEGIN + 301 * HOUR, step, zone: 'WIB' });
        const sum = (all: readonly { posts?: number }[]) => all.reduce((n, { posts = 0 }) => n + posts, 0);
        expect(sum(series)).toBe(sum(hours));
      }),
    );
  });
});

describe('the top of a scale', () => {
  it('is at least the highest count and its half is whole', () => {
    fc.assert(
      fc.property(fc.nat(), (most) => {
        const top = niceCeiling(most);
        expect(top).toBeGreaterThanOrEqual(most);
        expect(Number.isInteger(top / 2) || top === 5).toBe(true);
      }),
    );
  });

  it('draws a sparkline of any values', () => {
    fc.assert(
      fc.property(fc.array(count, { maxLength: 50 }), (values) => {
        expect(placesOutside(drawSparkline('', '', values, { width: 120, height: 28 }))).toEqual([]);
      }),
    );
  });
});
