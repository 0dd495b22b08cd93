import { Readable } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { lexiconCommand, type SamplePost } from '../../src/cli/commands/lexicon.js';
import type { Assessment } from '../../src/core/assessment.js';
import type { Lexicon } from '../../src/lexicon/compile.js';
import { findIn } from '../../src/lexicon/find.js';
import { words } from '../../src/words/catalogue.js';

const line = (id: string, term: string, more: object = {}) =>
  JSON.stringify({
    id,
    term,
    kind: 'insult',
    form: 'noun',
    weight: 0.6,
    from: 'usage',
    match: [`Dasar ${term}.`],
    ...more,
  });

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  live: [line('insult-anjing', 'anjing', { exceptions: ['anjing pelacak'] }), line('insult-tolol', 'tolol')],
  changed: [line('insult-anjing', 'anjing'), line('insult-goblok', 'goblok')],
  warned: [line('insult-anjing', 'anjing', { exceptions: ['hot dog'] })],
  untrue: [line('insult-anjing', 'anjing', { match: ['Kucing.'] })],
  broken: [line('insult-anjing', 'anjing'), '{"id":"insult-'],
};

const POSTS: readonly SamplePost[] = [
  { id: 1, text: 'Anjing pelacak\nitu hebat' },
  { id: 2, text: 'dasar tolol' },
  { id: 3, text: 'selamat pagi' },
  { id: 4, text: 'g0blok dan anj1ng' },
];

/** Flags what holds an insult: the assessor's stand-in, which needs no models. */
function assess(lexicon: Lexicon, text: string): Assessment {
  const hits = findIn(lexicon, text.toLowerCase().replaceAll('\n', ' '));
  return {
    language: { code: 'ind', confidence: 1 },
    categories: { hate: 0, sara: 0, incitement: 0, threat: 0, hoax: 0, abusive: 0 },
    flags: hits.length > 0 ? ['abusive'] : [],
    level: hits.length > 0 ? 'low' : 'none',
    score: 0,
    targets: [],
    findings: [],
    context: [],
    incomplete: [],
    versions: { rules: '', lexicon: '', model: '', language: '' },
  };
}

async function ronda(...args: string[]): Promise<{ out: string; err: string; status: number }> {
  const result = { out: '', err: '', status: 0 };
  const program = new Command('ronda').exitOverride();
  lexiconCommand(program, {
    environment: () => ({
      io: {
        out: (text) => {
          result.out += text;
        },
        err: (text) => {
          result.err += text;
        },
        interactive: false,
        columns: 80,
        input: Readable.from([]),
      },
      words: words('en'),
      language: 'en',
      zone: 'Asia/Jakarta',
      signal: new AbortController().signal,
      exitWith: (status) => {
        result.status = Math.max(result.status, status);
      },
    }),
    lines: async (folder = 'live') =>
      (FOLDERS[folder] ?? []).map((text, index) => ({ where: `${folder}.jsonl:${index + 1}`, line: text })),
    async *posts() {
      yield* POSTS;
    },
    assessorOf: async (lexicon) => ({ assess: (text) => assess(lexicon, text) }),
  });
  await program.parseAsync(['lexicon', ...args], { from: 'user' });
  return result;
}

describe('ronda lexicon', () => {
  it.each([
    ['lint', [], 0, '', '2 entries: 0 error(s), 0 warning(s)\n'],
    [
      'lint',
      ['warned'],
      0,
      'warned.jsonl:1: warning: insult-anjing: ',
      '1 entries: 0 error(s), 1 warning(s)\n',
    ],
    ['lint', ['untrue'], 0, '', '1 entries: 0 error(s), 0 warning(s)\n'],
    [
      'lint',
      ['broken'],
      1,
      'broken.jsonl:2: error: the line is no JSON object: {"id":"insult-\n',
      '1 entries: 1 error(s), 0 warning(s)\n',
    ],
    ['test', [], 0, '', '3 examples tried, 0 do not hold\n'],
    [
      'test',
      ['untrue'],
      1,
      'untrue.jsonl:1: error: insult-anjing: is not found in its "match" example: Kucing.\n',
      '1 examples tried, 1 do not hold\n',
    ],
  ] as const)('%s %j ends with status %i', async (verb, args, status, out, err) => {
    const result = await ronda(verb, ...args);
    expect(result).toMatchObject({ status, err });
    if (out === '') expect(result.out).toBe('');
    else expect(result.out).toContain(out);
  });

  it.each([
    ['test', ['broken']],
    ['stats', ['broken']],
    ['try', ['--folder', 'broken', 'apa']],
    ['diff', ['broken', '--posts', 'p.jsonl']],
  ] as const)('%s %j cannot run on lines that hold no entry', async (verb, args) => {
    const result = await ronda(verb, ...args);
    expect(result).toMatchObject({ status: 2, out: '' });
    expect(result.err).toContain('broken.jsonl:2: error: the line is no JSON object');
  });

  it('lint --json gives the problems as data', async () => {
    const { out } = await ronda('lint', 'broken', '--json');
    expect(JSON.parse(out)).toEqual([
      { code: 'not-an-entry', severity: 'error', where: 'broken.jsonl:2', found: '{"id":"insult-' },
    ]);
  });

  it('stats counts, and with posts tells which entries are ever found', async () => {
    const plain = JSON.parse((await ronda('stats', '--json')).out);
    expect(plain).toMatchObject({ entries: 2, lemmas: 2, kinds: [{ kind: 'insult', entries: 2 }] });
    expect(plain).not.toHaveProperty('hits');
    const counted = JSON.parse((await ronda('stats', '--json', '--posts', 'p.jsonl')).out);
    expect(counted).toMatchObject({ posts: 4, hits: { 'insult-anjing': 1, 'insult-tolol': 1 } });
    const { out } = await ronda('stats', 'changed', '--posts', 'p.jsonl', '--unused');
    expect(out).toContain('2 of 2 entries were found in 4 posts');
    expect((await ronda('stats', 'warned', '--posts', 'p.jsonl')).out).not.toContain('never found:');
  });

  it('try shows how the text is read and what was found, as it was written', async () => {
    const { out } = await ronda('try', 'Anj1ng', 'itu');
    expect(out).toBe('read as: anjing itu\n  0–6  "Anj1ng"  insult  insult-anjing  (base)\n');
    expect((await ronda('try', 'anjing pelacak')).out).toContain('No entry is found.');
    expect(JSON.parse((await ronda('try', '--json', 'Anj1ng')).out)).toEqual({
      text: 'anjing',
      hits: [{ id: 'insult-anjing', kind: 'insult', start: 0, end: 6, form: 'base' }],
    });
  });

  it('diff says what would be flagged and dropped, and leaves out what stays', async () => {
    const { out, err, status } = await ronda('diff', 'changed', '--posts', 'p.jsonl');
    expect(out).toBe(
      'would be flagged: abusive, none → low\n    Anjing pelacak itu hebat\n' +
        'would be dropped: abusive, low → none\n    dasar tolol\n',
    );
    expect(err).toBe(
      'entries: 1 added, 1 removed, 1 changed\n' +
        'of 4 posts 1 would be flagged anew, 1 would lose a flag, 0 would change in level only\n',
    );
    expect(status).toBe(0);
  });

  it('diff against another folder swaps the sides; --json gives a row a post', async () => {
    const { out } = await ronda('diff', 'live', '--against', 'changed', '--posts', 'p.jsonl', '--json');
    const rows = out
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));
    expect(rows).toEqual([
      { id: 1, gained: [], lost: ['abusive'], levelBefore: 'low', levelAfter: 'none', findings: [] },
      { id: 2, gained: ['abusive'], lost: [], levelBefore: 'none', levelAfter: 'low', findings: [] },
    ]);
  });
});
