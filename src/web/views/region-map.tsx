import { drawTileMap, tileMapOf } from '../../report/tile-map.js';
import type { UiLanguage } from '../../words/catalogue.js';
import { regionWords } from '../../words/regions.js';
import { figure } from './charts.js';
import { DrawingView } from './drawing.js';
import { ScrollBox } from './scroll-box.js';

interface RegionMapProps {
  /** Once on a page: letters, digits and hyphens. */
  readonly id: string;
  /** Posts by region code, `unknown` among them. */
  readonly counts: readonly { readonly region: string; readonly posts: number }[];
  readonly nameOf: (code: string) => string | undefined;
  readonly language: UiLanguage;
}

/** The 38 provinces as tiles, with their numbers beneath. */
export function RegionMap({ id, counts, nameOf, language }: RegionMapProps) {
  const words = regionWords(language);
  const map = tileMapOf(counts, nameOf);
  const said = { words, figure: (value: number) => figure(value, language) };
  const some = map.provinces.filter(({ posts }) => posts > 0).sort((a, b) => b.posts - a.posts);
  return (
    <figure class="plot" aria-labelledby={`${id}-caption`}>
      <figcaption id={`${id}-caption`}>
        <strong>{words.map.title}</strong>
      </figcaption>
      <DrawingView id={id} wide={drawTileMap(map, said, 900)} narrow={drawTileMap(map, said, 340)} />
      <details>
        <summary>{words.map.table}</summary>
        <ScrollBox label={words.map.title}>
          <table class="counted">
            <thead>
              <tr>
                <th scope="col">{words.map.province}</th>
                <th scope="col" class="numeric">
                  {words.map.posts}
                </th>
              </tr>
            </thead>
            <tbody>
              {some.map(({ name, posts }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td class="numeric">{figure(posts, language)}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{words.map.others(map.provinces.length - some.length)}</th>
                <td class="numeric">{figure(0, language)}</td>
              </tr>
              <tr>
                <th scope="row">{words.unknown}</th>
                <td class="numeric">{figure(map.unknown, language)}</td>
              </tr>
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </figure>
  );
}
