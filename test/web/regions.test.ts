import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiEndpoints } from '../../src/web/api/endpoints.js';
import { type DeskAppRig, deskAppRig } from '../support/desk-app.js';
import { landedPost } from '../support/scored.js';

let rig: DeskAppRig;
beforeEach(() => {
  rig = deskAppRig();
});
afterEach(() => rig.close());

describe('a region that was read out of a text', () => {
  it('is said to be so on the item’s page and by the API, and one of the source’s setting is not', async () => {
    const [derived = 0, set = 0] = rig.land(
      { ...landedPost({ id: 'a' }), observation: { region: '32.73' } },
      { ...landedPost({ id: 'b', region: '33' }), observation: { region: '32.73' } },
    );
    const officer = rig.person('supervisor', 'mabes');
    const page = await (await rig.get(`/items/${derived}`, officer)).text();
    expect(page).toContain('Kota Bandung');
    expect(page).toContain('dari teks');
    const other = await (await rig.get(`/items/${set}`, officer)).text();
    expect(other).toContain('Jawa Tengah');
    expect(other).not.toContain('dari teks');

    const token = rig.token(officer);
    const read = async (id: string, path: string): Promise<Record<string, unknown>> => {
      const body: unknown = await (await rig.api(path, token)).json();
      return apiEndpoints(rig.app)
        .find((each) => each.id === id)
        ?.answer.parse(body) as Record<string, unknown>;
    };
    expect((await read('readItem', `/items/${derived}`)).region).toEqual({ code: '32.73', isFromText: true });
    expect((await read('readItem', `/items/${set}`)).region).toEqual({ code: '33', isFromText: false });
    const listed = await read('listItems', '/items?region=32');
    expect(listed.items).toMatchObject([{ number: derived, region: '32.73', regionFromText: true }]);
  });
});

describe('humas of a region', () => {
  it('begin with their own region on the pages of narratives, and have everything a link away', async () => {
    const text = 'Kabar rekaan: pintu air Cibanyu jebol dan pasar Tirtalaya terendam';
    const rumour = (place: string, at: number) => ({
      ...landedPost({ id: `${place}-${at}`, text: `${text} ${place}`, author: { id: `a${place}${at}` } }),
      observation: { region: place },
    });
    rig.land(...['91.01', '92'].flatMap((place) => [1, 2, 3].map((at) => rumour(place, at))));
    const people = new Map(
      ['polda-a', 'mabes'].map((unit) => [unit, rig.person('humas', unit, `humas-${unit}`)]),
    );
    const page = async (path: string, unit: string): Promise<string> => {
      const response = await rig.get(path, people.get(unit)!);
      expect({ path, status: response.status }).toEqual({ path, status: 200 });
      return response.text();
    };
    for (const path of ['/today', '/narratives']) {
      const own = await page(path, 'polda-a');
      expect(own).toContain('region=all');
      expect(own).toContain('Kebanyakan unggahan tidak menyebut tempat');
      expect(await page(`${path}?region=all`, 'polda-a')).not.toContain('Kebanyakan unggahan tidak');
      // Who has everything has nothing to choose.
      expect(await page(path, 'mabes')).not.toContain('region=all');
    }
    expect(await page('/today?days=7&region=all', 'polda-a')).toContain('days=30&amp;region=all');
  });
});
