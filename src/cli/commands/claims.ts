import type { Command } from 'commander';
import type { Claim } from '../../core/claim.js';
import { claimsWords, rejectText } from '../../words/claims.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';

export interface ClaimsDeps {
  environment(): CommandEnvironment;
  /** Fact-checks of a file, and the rows that could not be taken. */
  read(file: string): Promise<{
    readonly claims: readonly Claim[];
    readonly rejects: readonly { readonly at: string; readonly reason: string }[];
  }>;
  /** Puts fact-checks into the imported ones, each id once. */
  add(claims: readonly Claim[]): Promise<{
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly claims: readonly Claim[];
  }>;
  /** Those that were imported. */
  list(): Promise<readonly Claim[]>;
}

/** `ronda claims import|list` */
export function claimsCommand(program: Command, deps: ClaimsDeps): void {
  const claims = program.command('claims').description('the published fact-checks that posts are matched to');
  claims
    .command('import')
    .description(
      'take fact-checks from JSON Lines, CSV, ClaimReview in JSON or saved pages, RSS or Atom files',
    )
    .argument('<file...>', 'files; a row whose id is known takes the place of the old one')
    .option('--json', 'the counts and the rows that could not be taken as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda claims import cekfakta.csv feed.xml')
    .action(async (files: string[], options: { json?: boolean }) => {
      const { io, language, exitWith } = deps.environment();
      const said = claimsWords(language);
      // Every file is read before anything is written, so that a file that cannot be read changes nothing.
      const read = await Promise.all(files.map(async (file) => ({ file, ...(await deps.read(file)) })));
      const rejects = read.flatMap(({ file, rejects: bad }) => bad.map((one) => ({ file, ...one })));
      const { added, changed, unchanged, claims: all } = await deps.add(read.flatMap((one) => one.claims));
      if (options.json === true) {
        io.out(`${JSON.stringify({ added, changed, unchanged, total: all.length, rejects })}\n`);
      } else {
        for (const { file, at, reason } of rejects) io.err(`${file}, ${rejectText(at, reason, language)}\n`);
        io.out(`${said.imported(added, changed, unchanged, all.length)}\n`);
        if (rejects.length > 0) io.err(`${said.rejected(rejects.length)}\n`);
      }
      if (rejects.length > 0) exitWith(1);
    });
  claims
    .command('list')
    .description('list the imported fact-checks, newest first')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1_000_000), 50)
    .option('--jsonl', 'every one, a JSON object a line, as import takes them')
    .addHelpText('after', '\nExample:\n  ronda claims list --jsonl > claims.jsonl')
    .action(async (options: { limit: number; jsonl?: boolean }) => {
      const { io, language } = deps.environment();
      const said = claimsWords(language);
      const all = await deps.list();
      if (options.jsonl === true) {
        for (const claim of all) io.out(`${JSON.stringify(claim)}\n`);
        return;
      }
      const newest = [...all].sort((a, b) => compareText(b.date, a.date) || compareText(a.id, b.id));
      for (const { date, publisher, verdict = '', title, url } of newest.slice(0, options.limit)) {
        io.out(`${[date || '-', publisher || '-', verdict || '-', title, url].join('  ').trimEnd()}\n`);
      }
      io.err(`${said.listed(Math.min(options.limit, all.length), all.length)}\n`);
    });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
