import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindSchemas } from '../../src/compose.js';
import { parseConfig } from '../../src/config.js';
import { readConfigFile } from '../../src/files/config-file.js';
import { isSchedule } from '../../src/pipeline/schedule.js';

/** A configuration as somebody wrote it: what is wrong with it is told by its line. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: string | Uint8Array): string {
  const file = join(folder, 'ronda.yaml');
  writeFileSync(file, content);
  return file;
}

function faultsOf(content: string): string[] {
  const file = written(content);
  const read = readConfigFile(file);
  try {
    parseConfig({
      document: read?.document,
      file: 'ronda.yaml',
      environment: {},
      kinds: kindSchemas,
      isSchedule,
      ...(read === undefined ? {} : { lineOf: read.lineOf }),
    });
    return [];
  } catch (error) {
    return String(error).split('\n').slice(1);
  }
}

describe('a configuration file', () => {
  it('has each of its faults told with its line', () => {
    const faults = faultsOf(
      [
        '# dengan komentar',
        'contact: humas@polres.example',
        'sorces: []',
        'desk:',
        '  languge: id',
        '  port: "abc"',
        'alerts: { per_hour: banyak }',
        'sources:',
        '  - name: berita',
        '    kind: feed',
        '    url: https://berita.example/rss',
        '    schedule: "0 0 31 2 *"',
        '  - name: berita',
        '    kind: feed',
        '    adress: x',
        '    url: https://berita.example/rss',
      ].join('\n'),
    );
    const lines = (of: RegExp) =>
      faults.filter((fault) => of.test(fault)).map((f) => /line (\d+)/.exec(f)?.[1]);
    expect(lines(/sorces: found a key/)).toEqual(['3']);
    expect(lines(/desk\.languge/)).toEqual(['5']);
    expect(lines(/desk\.port: found "abc"/)).toEqual(['6']);
    expect(lines(/alerts\.per_hour/)).toEqual(['7']);
    expect(lines(/"0 0 31 2 \*".*falls due/)).toEqual(['12']);
    expect(lines(/berita" twice/)).toEqual(['13']);
    expect(lines(/adress/)).toEqual(['15']);
  });

  it.each([
    ['"33"', 0],
    ['"33.74"', 0],
    // No unit has such a region: its items would be seen by nobody below.
    ['ID-JT', 1],
    ['Jawa Tengah', 1],
    // A number, and of 33.10 would be left 33.1.
    ['33.10', 1],
  ])('takes the region %s of a source with %i faults', (region, faults) => {
    const source = `sources:\n  - name: berkas\n    kind: file\n    path: a.jsonl\n    region: ${region}\n`;
    const found = faultsOf(source);
    expect(found.length).toBe(faults);
    for (const fault of found) expect(fault).toMatch(/line 5: sources\.0\.region: .*"33\.74"/);
  });

  it('tells of a key that is missing at the nearest one that is there', () => {
    expect(faultsOf('contact: a@b.example\nsources:\n  - name: berita\n    kind: feed\n')).toEqual([
      expect.stringMatching(/^ {2}- line 3: sources\.0 \(berita\) url: found nothing/),
    ]);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['with a tab', 'sources:\n\t- name: x\n', /not YAML: Tabs.*line 2/],
    ['with a key twice', 'contact: a\ncontact: b\n', /not YAML: Map keys must be unique at line 2/],
    ['that is not UTF-8', Uint8Array.of(0xff, 0xfe, 0x63, 0), /not UTF-8/],
    ['with an alias of nothing', 'contact: *tidak\n', /not YAML: .*tidak/],
  ])('%s is refused', (_, content, said) => {
    const file = written(content);
    expect(() => readConfigFile(file)).toThrow(said);
  });

  it('that is not there is nothing, and an empty one has no keys', () => {
    expect(readConfigFile(join(folder, 'tidak-ada.yaml'))).toBeUndefined();
    expect(readConfigFile(written('# kosong\n'))?.document).toEqual({});
  });
});
