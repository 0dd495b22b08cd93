import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAreas } from '../../src/files/gazetteer-files.js';
import { textWidth } from '../../src/report/chart-drawing.js';
import { toSvg } from '../../src/report/chart-svg.js';
import { drawTileMap, tileMapOf } from '../../src/report/tile-map.js';
import { regionWords } from '../../src/words/regions.js';

const provinces = readAreas().filter(({ code }) => code.length === 2);
const names = new Map(provinces.map(({ code, name }) => [code, name]));
const nameOf = (code: string) => names.get(code);
const said = { words: regionWords('id'), figure: (n: number) => n.toLocaleString('id-ID') };
const draw = (counts: Parameters<typeof tileMapOf>[0], width = 720, name = nameOf) =>
  drawTileMap(tileMapOf(counts, name), said, width);

const counts = fc.array(
  fc.record({
    region: fc.constantFrom(
      ...provinces.map(({ code }) => code),
      '32.73',
      '32.01',
      'unknown',
      '99',
      'jabar',
      '',
    ),
    posts: fc.integer({ min: 0, max: 5_000_000 }),
  }),
);

describe('the tile map', () => {
  it('has every province of the official list once, none on another’s place', () => {
    const { shapes } = draw([]);
    const tiles = shapes.flatMap((shape) =>
      shape.is === 'rect' && shape.title !== undefined ? [shape] : [],
    );
    expect(tiles.map(({ title }) => title?.split(':')[0]).sort()).toEqual(
      provinces.map(({ name }) => name).sort(),
    );
    for (const [at, a] of tiles.entries()) {
      for (const b of tiles.slice(at + 1)) {
        expect(
          Math.abs(a.x - b.x) >= a.width || Math.abs(a.y - b.y) >= a.height,
          `${a.title} ${b.title}`,
        ).toBe(true);
      }
    }
  });

  it('adds regencies to their provinces and loses no post', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const map = tileMapOf(given, nameOf);
        const shown = map.provinces.reduce((sum, { posts }) => sum + posts, 0);
        expect(shown + map.unknown).toBe(given.reduce((sum, { posts }) => sum + posts, 0));
        expect(map.provinces.map(({ code }) => code)).toEqual(provinces.map(({ code }) => code));
      }),
    );
    const map = tileMapOf(
      [
        { region: '32.73', posts: 3 },
        { region: '32', posts: 4 },
        { region: 'unknown', posts: 5 },
      ],
      nameOf,
    );
    expect(map.provinces.find(({ code }) => code === '32')?.posts).toBe(7);
    expect(map.unknown).toBe(5);
  });

  it('has classes that rise without a gap for a value, more posts never in a lower one', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { provinces: tiles, classes } = tileMapOf(given, nameOf);
        expect(classes.length).toBeLessThanOrEqual(5);
        for (const [at, { from, to }] of classes.entries()) {
          expect(from).toBeLessThanOrEqual(to);
          if (at > 0) expect(from).toBeGreaterThan(classes[at - 1]!.to);
        }
        const sorted = tiles.toSorted((a, b) => a.posts - b.posts);
        for (const [at, tile] of sorted.entries()) {
          expect(tile.level === 0).toBe(tile.posts === 0);
          if (at > 0) expect(tile.level).toBeGreaterThanOrEqual(sorted[at - 1]!.level);
        }
      }),
    );
  });

  it('stays in its box at any width, words on their tiles', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 300, max: 1_200 }), (given, width) => {
        const { shapes, height } = draw(given, width);
        for (const shape of shapes) {
          if (shape.is === 'rect') {
            expect(shape.x + shape.width).toBeLessThanOrEqual(width + 0.5);
            expect(shape.y + shape.height).toBeLessThanOrEqual(height + 0.5);
          } else if (shape.is === 'text') {
            const wide = textWidth(shape.text, shape.size) / (shape.anchor === 'middle' ? 2 : 1);
            expect(shape.x + wide).toBeLessThanOrEqual(width + 0.5);
            expect(shape.y).toBeLessThanOrEqual(height);
          }
        }
      }),
    );
  });

  it('is XML with a name, a description and a title a tile, whatever provinces are called', () => {
    const svg = toSvg(
      draw([{ region: '32', posts: 12_345 }], 720, () => '<b>"&\u0007\u202e'),
      'peta',
    );
    expect(svg).toContain('role="img" aria-labelledby="peta-t peta-d"');
    expect(svg).not.toContain('<b>');
    for (const sign of ['\u0007', '\u202e']) expect(svg.includes(sign)).toBe(false);
    expect(svg.match(/<title>/g)).toHaveLength(38);
    expect(svg).toContain('<title>&lt;b&gt;&quot;&amp;: 12.345</title>');
    const open: string[] = [];
    for (const [, close, name, rest = ''] of svg.matchAll(/<(\/?)([a-z]+)((?: [\w-]+="[^"<]*")*\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (!rest.endsWith('/')) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(svg).toContain('ODbL');
  });
});
