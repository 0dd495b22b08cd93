import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The house rules of docs/architecture.md, held from the first commit. */

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

const PURE = ['text', 'lexicon', 'classify', 'score', 'claims', 'narrative', 'triage', 'region', 'topic'];
const ADAPTERS = ['fetch', 'collectors', 'queue', 'store', 'files', 'report', 'alert', 'telemetry'];

/** Room -> rooms that it may import, itself and words (which imports nothing) apart. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  words: [],
  text: ['core'],
  triage: ['core'],
  lexicon: ['core', 'text'],
  classify: ['core', 'text'],
  narrative: ['core', 'text'],
  claims: ['core', 'text'],
  region: ['core', 'text', 'lexicon'],
  topic: ['core', 'text', 'lexicon'],
  score: ['core', 'text', 'lexicon', 'classify', 'claims'],
  pipeline: ['core', ...PURE],
  ...Object.fromEntries(ADAPTERS.map((room) => [room, ['core']])),
  collectors: ['core', 'text', 'claims'],
  files: ['core', 'lexicon', 'classify', 'text', 'claims', 'region', 'topic'],
  'store/queue': ['core', 'sqlite'],
  queue: ['core', 'sqlite'],
  store: ['core', 'sqlite', 'triage'],
  sqlite: ['core'],
  config: ['core'],
  'cli/commands': ['core', 'triage', 'pipeline', 'report', ...PURE],
  compose: [...PURE, ...ADAPTERS, 'core', 'config', 'pipeline', 'sqlite'],
  'cli/main': ['core', 'config', 'compose', 'pipeline', 'web', 'cli', 'cli/commands', 'files', 'telemetry'],
  web: ['core', 'triage', 'pipeline', 'report'],
  cli: ['core', 'cli/commands'],
  workers: ['compose', 'core', 'cli/main'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

const sources = [...filesUnder(src), ...filesUnder(join(root, 'workers'))];
const code = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]));

function importsOf(file: string): { specifier: string; typeOnly: boolean }[] {
  const text = code.get(file) ?? '';
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?([^;'"]*?\s+from\s+)?['"]([^'"]+)['"]/gm);
  const found = [...statements].map(([, type, names, specifier]) => ({
    specifier: specifier ?? '',
    typeOnly: type !== undefined || (names !== undefined && /^\{[^}]*\}/.test(names) && onlyTypes(names)),
  }));
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return [...found, ...dynamic.map(([, specifier]) => ({ specifier: specifier ?? '', typeOnly: false }))];
}

function onlyTypes(names: string): boolean {
  const inner = names.slice(names.indexOf('{') + 1, names.indexOf('}'));
  return inner
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '));
}

function roomOf(file: string): string {
  const path = relative(root, file);
  if (path.startsWith('workers/')) return 'workers';
  const parts = relative(src, file).split('/');
  // The composition root is long: compose-*.ts are its parts, as main-*.ts are the entry's.
  if (parts.length === 1) return (parts[0] ?? '').replace(/(-.*)?\.tsx?$/, '');
  if (parts[0] === 'cli') {
    if (parts[1] === 'commands') return 'cli/commands';
    return /^main(-.*)?\.ts$/.test(parts[1] ?? '') ? 'cli/main' : 'cli';
  }
  return parts[0] ?? '';
}

const edges: Import[] = sources.flatMap((file) =>
  importsOf(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => {
      const target = resolve(dirname(file), specifier).replace(/\.js$/, '');
      const to = [`${target}.ts`, `${target}.tsx`].find((path) => code.has(path)) ?? target;
      return { from: file, to, typeOnly };
    }),
);

const named = (file: string): string => relative(root, file);

describe('the house', () => {
  it('has only rooms that the map names', () => {
    const rooms = new Set(sources.map(roomOf));
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('imports only in the allowed directions', () => {
    const wrong = edges
      .filter(({ from, to }) => {
        const [room, target] = [roomOf(from), roomOf(to)];
        return room !== target && target !== 'words' && !(MAY_IMPORT[room] ?? []).includes(target);
      })
      .map(({ from, to }) => `${named(from)} -> ${named(to)}`);
    expect(wrong).toEqual([]);
  });

  it('has no cycle at run time', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typeOnly } of edges) {
      if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].map(named).join(' -> '));
        return;
      }
      if (done.has(file)) return;
      for (const to of next.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of sources) walk(file, []);
    expect(cycles).toEqual([]);
  });

  it('has no barrel files', () => {
    const barrels = sources.filter((file) => {
      const lines = (code.get(file) ?? '')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.trim().startsWith('//'));
      return lines.length > 0 && lines.every((line) => /^(export\s.*\sfrom\s|\}|\s+\w+,?$)/.test(line));
    });
    expect(barrels.map(named)).toEqual([]);
  });

  it('has no room or file named for nothing in particular', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|shared|stuff)(\/|\.|$)/i;
    expect(sources.map(named).filter((file) => vague.test(file))).toEqual([]);
  });

  it('keeps clock, randomness, environment and I/O out of the pure rooms', () => {
    const impure =
      /\bDate\.now\(|new Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.|\bawait fetch\(|\bsetTimeout\(|\bsetInterval\(|\bconsole\./;
    const wrong = sources
      .filter((file) => PURE.includes(roomOf(file)) || ['core', 'words'].includes(roomOf(file)))
      .filter(
        (file) =>
          impure.test(withoutComments(code.get(file) ?? '')) ||
          importsOf(file).some(({ specifier, typeOnly }) => !typeOnly && specifier.startsWith('node:')),
      );
    expect(wrong.map(named)).toEqual([]);
  });

  it('imports natural by the deep path of its stemmer only', () => {
    const wrong = sources.filter((file) => importsOf(file).some(({ specifier }) => specifier === 'natural'));
    expect(wrong.map(named)).toEqual([]);
  });

  it('has no file that nobody imports', () => {
    const entries = ['src/cli/main.ts', 'src/text/natural.d.ts'];
    const imported = new Set(edges.map(({ to }) => named(to)));
    for (const file of filesUnder(join(root, 'bench'))) {
      for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
        imported.add(relative(root, resolve(dirname(file), specifier ?? '')).replace(/\.js$/, '.ts'));
      }
    }
    // A browser script is named by the pages that load it: scripts={['triage']}.
    for (const text of code.values()) {
      for (const [, list] of text.matchAll(/scripts=\{\[([^\]]*)\]\}/g)) {
        for (const [, name] of (list ?? '').matchAll(/'([\w-]+)'/g))
          imported.add(`src/web/browser/${name}.ts`);
      }
    }
    const alone = sources
      .map(named)
      .filter((file) => !imported.has(file) && !entries.includes(file) && !file.startsWith('workers/'));
    expect(alone).toEqual([]);
  });

  it('keeps the process shells at 40 lines or fewer', () => {
    const long = sources
      .filter((file) => roomOf(file) === 'workers')
      .filter((file) => (code.get(file) ?? '').trimEnd().split('\n').length > 40);
    expect(long.map(named)).toEqual([]);
  });

  it('lets no type escape', () => {
    const escapes = /\bas any\b|:\s*any\b|<any>|@ts-(ignore|expect-error|nocheck)/;
    expect(sources.filter((file) => escapes.test(withoutComments(code.get(file) ?? ''))).map(named)).toEqual(
      [],
    );
  });

  it('commits nothing of the research data and no large file', () => {
    const large = sources.filter((file) => statSync(file).size > 200_000);
    expect(large.map(named)).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
