import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../support/ronda.js';

/** The guides speak of what there is: pictures, words on the screen, files and tests. */

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const guides = ['docs/operating.md', 'docs/panduan-petugas.md', 'docs/threat-model.md', 'docs/scaling.md'];

describe.each(guides)('%s', (guide) => {
  it('links to what is there', () => {
    const links = [...read(guide).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link ?? '');
    const missing = links
      .filter((link) => !link.startsWith('http'))
      .filter((link) => !existsSync(join(projectRoot, dirname(guide), link)));
    expect(missing).toEqual([]);
  });

  it('names files and folders of the project that are there', () => {
    const named = [...read(guide).matchAll(/`((?:test|deploy|bench|lexicons|docs)\/[\w./*-]*)`/g)].map(
      ([, path]) => path ?? '',
    );
    const missing = named.filter((path) => {
      const folder = join(projectRoot, dirname(path));
      if (existsSync(join(projectRoot, path.replace(/\*.*$/, '')))) return false;
      const begin = path.split('/').at(-1)?.replace(/\*.*$/, '') ?? '';
      return !existsSync(folder) || !readdirSync(folder).some((name) => name.startsWith(begin));
    });
    // Made by whoever installs it.
    expect(missing.filter((path) => path !== 'deploy/secrets/')).toEqual([]);
  });
});

describe('docs/panduan-petugas.md', () => {
  const guide = read('docs/panduan-petugas.md');
  const catalogue = readdirSync(join(projectRoot, 'src/words'))
    .map((name) => read(`src/words/${name}`))
    .join('\n')
    .toLowerCase();

  it('calls what is on the screen what the screen calls it', () => {
    const said = [...guide.matchAll(/\*\*([^*]+)\*\*/g)]
      .map(([, words]) => (words ?? '').replace(/\s+/g, ' '))
      // Whole sentences in bold are the guide's own.
      .filter(
        (words) =>
          !words.endsWith('.') && words !== 'ditebalkan' && words !== 'Kalimat yang sama, jawaban yang sama',
      );
    expect(said.length).toBeGreaterThan(25);
    expect(said.filter((words) => !catalogue.includes(words.toLowerCase()))).toEqual([]);
  });

  it('shows pictures of the rooms that officers work in', () => {
    for (const room of ['login', 'queue', 'item', 'cases', 'shift', 'packet', 'account', 'legal']) {
      expect(guide).toContain(`(pictures/${room}.png)`);
    }
  });
});
