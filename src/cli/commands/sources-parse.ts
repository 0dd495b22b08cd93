import { type Command, InvalidArgumentError } from 'commander';
import type { Claim } from '../../core/claim.js';
import type { Reject } from '../../core/collector-ports.js';
import type { Post } from '../../core/post.js';
import { visible } from '../../report/text-table.js';
import { sourcesWords } from '../../words/sources.js';
import type { CommandEnvironment } from './environment.js';

/** A file read as recorded payload of a kind, or why it could not be. */
export type ParsedFile =
  | {
      readonly file: string;
      readonly posts: readonly Post[];
      /** Published fact-checks, of a kind that gives these. */
      readonly claims?: readonly Claim[];
      readonly rejects: readonly Pick<Reject, 'at' | 'kind' | 'reason'>[];
    }
  | { readonly file: string; readonly error: string };

export interface ParseDeps {
  environment(): CommandEnvironment;
  /**
   * Files in order, each by itself: what one does harms no other.
   * @throws CannotRunError where there is no such kind, or it cannot read with these options
   */
  parse(
    kind: string,
    files: readonly string[],
    options: Readonly<Record<string, unknown>>,
    source: string | undefined,
    signal: AbortSignal,
  ): AsyncIterable<ParsedFile>;
  write(text: string): Promise<void>;
}

/** `ronda sources parse KIND FILE...` */
export function parseCommand(sources: Command, deps: ParseDeps): void {
  sources
    .command('parse')
    .description('run a kind’s parse over recorded payloads; touches neither network nor store')
    .argument('<kind>', 'kind of source, e.g. feed')
    .argument('<files...>', 'recorded payloads, each the whole of what a place answered')
    .option('--jsonl', 'the posts, a JSON object a line with its file')
    .option(
      '--option <key=value>',
      'a key of the kind, e.g. selectors.item=article; may be repeated',
      keyValue,
      {},
    )
    .option('--config-source <name>', 'with the keys of this source of ronda.yaml')
    .addHelpText(
      'after',
      '\nExamples:\n  ronda sources parse feed page-*.xml --jsonl\n  ronda sources parse web forum.html --option selectors.item=article --jsonl',
    )
    .action(
      async (
        kind: string,
        files: string[],
        options: { jsonl?: boolean; option: Record<string, unknown>; configSource?: string },
      ) => {
        const { io, language, signal, exitWith } = deps.environment();
        const said = sourcesWords(language);
        for await (const read of deps.parse(kind, files, options.option, options.configSource, signal)) {
          if ('error' in read) {
            exitWith(1);
            if (options.jsonl === true) await deps.write(`${JSON.stringify(read)}\n`);
            else io.err(`${read.file}: ${visible(read.error)}\n`);
            continue;
          }
          const { file, posts, rejects, claims = [] } = read;
          for (const { at, kind: what, reason } of rejects)
            io.err(`${file}, ${at}: ${what}: ${visible(reason)}\n`);
          if (options.jsonl !== true) {
            io.out(`${said.parsed(file, posts.length, rejects.length, claims.length)}\n`);
            continue;
          }
          for (const post of posts) await deps.write(`${JSON.stringify({ file, ...post })}\n`);
          for (const claim of claims) await deps.write(`${JSON.stringify({ file, claim })}\n`);
        }
        if (signal.aborted) exitWith(130);
      },
    );
}

/** Puts `a.b=value` into what was given before; a value that is JSON is meant so, any other is text. */
function keyValue(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=');
  const path = text.slice(0, at).split('.');
  if (at < 1 || path.some((key) => !/^[a-z][a-z0-9_]*$/.test(key))) {
    throw new InvalidArgumentError('give key=value, e.g. selectors.item=article.');
  }
  return put(before, path, readValue(text.slice(at + 1)));
}

function put(
  into: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return { ...into, [key]: value };
  const inner = into[key];
  const known = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  return { ...into, [key]: put(known, rest, value) };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
