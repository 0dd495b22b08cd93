import { createInterface } from 'node:readline';
import { type Command, InvalidArgumentError } from 'commander';
import type { Collector, Reject } from '../../core/collector-ports.js';
import { CannotRunError } from '../../core/errors.js';
import type { Post } from '../../core/post.js';
import { type BatchFileOptions, type BatchFiles, columnMap, runBatch } from './batch.js';
import type { CommandEnvironment } from './environment.js';
import type { PipelineApp } from './pipeline-app.js';

type Columns = Readonly<Record<string, string>>;

/** What the mapper is given of a file. */
export interface SampledFile {
  readonly names: readonly string[];
  readonly guess: Readonly<Partial<Record<string, string>>>;
  /** The known export that it is: as `map` names it, and for people. */
  readonly known?: { readonly map: string; readonly label: string };
}

export interface ImportDeps {
  withImport<T>(
    work: (
      tools: {
        pipeline(): PipelineApp;
        files(files: readonly string[], options: BatchFileOptions): BatchFiles;
        sample(file: string): Promise<SampledFile>;
        firstPosts(
          collector: Collector,
          count: number,
        ): Promise<{ readonly posts: readonly Post[]; readonly rejects: readonly Reject[] }>;
      },
      environment: CommandEnvironment,
    ) => Promise<T>,
  ): Promise<T>;
}

type Tools = Parameters<Parameters<ImportDeps['withImport']>[0]>[0];

interface ImportOptions extends BatchFileOptions {
  readonly map?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const PREVIEW_POSTS = 5;
const PREVIEW_REJECTS = 3;
const FIELDS = [
  'id',
  'text',
  'created_at',
  'author',
  'author_id',
  'platform',
  'url',
  'likes',
  'reposts',
  'replies',
  'views',
];

/** `ronda import FILE` */
export function importCommand(program: Command, deps: ImportDeps): void {
  program
    .command('import')
    .description('import a file of posts; --map guesses what its columns say, shows five posts and asks')
    .argument('<file>', 'a JSONL, CSV or XLSX file')
    .option('--map', 'guess the columns from names and contents, show five rows as posts, and ask')
    .option('--yes', 'with --map: import as guessed, without asking')
    .option(
      '--columns <map>',
      'columns by field, e.g. text=isi,id=nomor; with --map they go before the guess',
      columnMap,
    )
    .option('--as <export>', 'the known export that it is, e.g. crowdtangle; none: no known one')
    .option('--utc-offset <offset>', 'meant where a time names no zone, e.g. +07:00', utcOffset)
    .option('--source <name>', 'name of the source; by default the name of the file')
    .option('--json', 'end with one JSON object of counts on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  ronda import --map ekspor.xlsx\n  ronda import --map ekspor.csv > kolom.yaml',
    )
    .action((file: string, options: ImportOptions) =>
      deps.withImport(async (tools, environment) => {
        const mapped = options.map === true ? await mapFile(tools, file, options, environment) : options;
        if (mapped === undefined) return;
        await runBatch(tools.pipeline(), tools.files([file], mapped), environment, options.json === true);
      }),
    );
}

/** The options as a person agreed to; nothing where nothing is to be imported. */
async function mapFile(
  tools: Tools,
  file: string,
  options: ImportOptions,
  environment: CommandEnvironment,
): Promise<BatchFileOptions | undefined> {
  const { io, words } = environment;
  if (file === '-') {
    throw new CannotRunError(
      'no-file',
      'Standard input is read once only, so it cannot be mapped; save it as a file.',
    );
  }
  const sample = await tools.sample(file);
  const known = options.as === 'none' || options.columns?.text !== undefined ? undefined : sample.known;
  const guess = known !== undefined ? {} : defined(sample.guess);
  let columns: Columns = { ...guess, ...options.columns };
  if (known === undefined && columns.text === undefined) {
    throw new CannotRunError('no-text', `${words.importNoText}\n  ${sample.names.join(', ')}`);
  }
  io.err(`${known === undefined ? words.importGuess : words.importKnown(known.label)}\n\n`);
  const asked = options.yes !== true && io.interactive && isTerminal(io.input);
  const lines = asked ? createInterface({ input: io.input, signal: environment.signal }) : undefined;
  const answers = lines?.[Symbol.asyncIterator]();
  try {
    for (;;) {
      const mapped: BatchFileOptions = {
        ...options,
        ...(Object.keys(columns).length === 0 ? {} : { columns }),
      };
      await showPosts(tools, file, mapped, columns, environment);
      if (options.yes === true) return mapped;
      if (answers === undefined) return printColumns(columns, known?.map, environment);
      io.err(words.importAsk(FIELDS.join(', ')));
      const given = await answers.next();
      const answer = given.done === true ? 'n' : given.value.trim();
      if (/^(?:y|ya|yes)$/i.test(answer)) return mapped;
      if (/^w$/i.test(answer)) return printColumns(columns, known?.map, environment);
      const change = /^([a-z_]+)\s*=\s*(.*)$/.exec(answer);
      if (change === null || !FIELDS.includes(change[1] ?? '')) {
        if (!/^(?:n|tidak|no|)$/i.test(answer)) continue;
        io.err(`${words.importLeft}\n`);
        return undefined;
      }
      const [, field = '', column = ''] = change;
      const { [field]: _, ...rest } = columns;
      if (column !== '' && !sample.names.includes(column)) io.err(`${words.importNoColumn(column)}\n`);
      else if (column !== '' || field !== 'text')
        columns = column === '' ? rest : { ...rest, [field]: column };
    }
  } finally {
    lines?.close();
  }
}

function printColumns(
  columns: Columns,
  map: string | undefined,
  { io, words }: CommandEnvironment,
): undefined {
  const lines = Object.entries(columns).map(([field, column]) => `  ${field}: ${JSON.stringify(column)}\n`);
  if (map !== undefined) io.out(`map: ${map}\n`);
  if (lines.length > 0) io.out(`columns:\n${lines.join('')}`);
  io.err(`${words.importPrinted}\n`);
  return undefined;
}

/** Five rows as they would become posts. Who wrote them is masked, and addresses, which may name them, are cut to the host. */
async function showPosts(
  tools: Tools,
  file: string,
  options: BatchFileOptions,
  columns: Columns,
  { io, words }: CommandEnvironment,
): Promise<void> {
  const [collector] = tools.files([file], options).collectors;
  if (collector === undefined) return;
  const { posts, rejects } = await tools.firstPosts(collector, PREVIEW_POSTS);
  if (posts.length === 0) {
    io.err(`${words.importNoPosts}\n`);
    for (const { at, reason } of rejects.slice(0, PREVIEW_REJECTS))
      io.err(`  ${words.importRejected(at, reason)}\n`);
  }
  const named = (field: string): string =>
    columns[field] === undefined ? field : `${field} (${columns[field]})`;
  for (const [index, post] of posts.entries()) {
    const { author, reach } = post;
    const shown: readonly (readonly [string, string | undefined])[] = [
      ['text', clip(post.text, io.columns - 24)],
      ['id', plainId(post)],
      ['created_at', post.createdAt],
      ['author', masked(author?.handle ?? author?.id)],
      ['platform', post.platform],
      ['url', post.url === undefined ? undefined : `${new URL(post.url).host}/…`],
      ['likes', reach?.likes?.toString()],
    ];
    io.err(
      `  ${index + 1}. ${shown.map(([field, value]) => `${named(field)}: ${value ?? words.importNone}`).join('\n     ')}\n`,
    );
  }
  io.err('\n');
}

/** An id that is plain enough to name nobody. */
function plainId({ id, platform }: Post): string | undefined {
  const native = id.slice(platform.length + 1);
  if (native.startsWith('hash-')) return undefined;
  return /^[\w-]{1,40}$/.test(native) ? native : '…';
}

function masked(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${[...name][0] ?? ''}•••`;
}

function clip(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const room = Math.max(20, width);
  return line.length > room ? `${line.slice(0, room - 1)}…` : line;
}

function defined(map: Readonly<Partial<Record<string, string>>>): Columns {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function isTerminal(input: object): boolean {
  return 'isTTY' in input && input.isTTY === true;
}

function utcOffset(text: string): string {
  if (/^([+-]\d\d:\d\d|Z)$/.test(text)) return text;
  throw new InvalidArgumentError('give an offset from UTC, e.g. +07:00.');
}
