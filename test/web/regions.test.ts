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
