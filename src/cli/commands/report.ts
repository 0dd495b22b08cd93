import { type Command, Option } from 'commander';
import {
  BRIEF_FORMATS,
  type Brief,
  type BriefFile,
  type BriefFormat,
  type BriefRequest,
  type BriefUnit,
} from '../../core/brief.js';
import { CannotRunError } from '../../core/errors.js';
import { ZONES, type Zone } from '../../core/user.js';
import { zoneOf } from '../../pipeline/brief-span.js';
import { briefWords } from '../../words/brief.js';
import { LANGUAGES, type UiLanguage } from '../../words/catalogue.js';
import type { CommandEnvironment } from './environment.js';

/** What reports are made with (compose-reports.ts). */
export interface ReportsApp {
  gather(request: BriefRequest): Brief;
  /** A unit by its id; undefined of one of everything. @throws CannotRunError `no-unit` */
  unitOf(id: string): BriefUnit | undefined;
  /** The file, once the audit chain has it that it was made. */
  write(brief: Brief, request: BriefRequest, format: BriefFormat, language: UiLanguage): Promise<BriefFile>;
}

export interface ReportDeps {
  withReports<T>(work: (reports: ReportsApp, environment: CommandEnvironment) => Promise<T>): Promise<T>;
  /** Writes bytes to standard output. */
  writeBytes(bytes: Uint8Array): Promise<void>;
  /** Writes a file. */
  save(path: string, bytes: Uint8Array): void;
  /** True where standard output is a terminal. */
  isTerminal(): boolean;
}

interface ReportOptions {
  readonly format: BriefFormat;
  readonly lang?: UiLanguage;
  readonly zone?: Zone;
  readonly out?: string;
  readonly date?: string;
  readonly unit?: string;
}

/** Formats that are no text. */
const BINARY: ReadonlySet<BriefFormat> = new Set(['pdf', 'xlsx']);

const UNIT_TEXT = 'only what is known to be of the regions of a unit of ronda.yaml, and of those below it';

/** `ronda report daily|weekly|narrative` */
export function reportCommand(program: Command, deps: ReportDeps): void {
  const report = program
    .command('report')
    .description('write what happened in a day, a week or a narrative as a file; no account stands in it');
  const withOptions = (command: Command): Command =>
    command
      .addOption(new Option('--format <format>', 'kind of file').choices([...BRIEF_FORMATS]).default('html'))
      .addOption(new Option('--lang <language>', 'language (default: desk.language)').choices([...LANGUAGES]))
      .addOption(
        new Option('--zone <zone>', 'whose days and hours (default: desk.zone)').choices(Object.keys(ZONES)),
      )
      .option('--out <file>', 'file to write (default: standard output)');
  withOptions(
    report
      .command('daily')
      .description('one day')
      .option('--date <day>', 'the day as YYYY-MM-DD (default: yesterday)')
      .option('--unit <id>', UNIT_TEXT)
      .addHelpText(
        'after',
        '\nExample:\n  ronda report daily --format pdf --date 2026-11-21 --out harian.pdf',
      ),
  ).action((options: ReportOptions) => write(deps, options, { kind: 'daily' }));
  withOptions(
    report
      .command('weekly')
      .description('seven days')
      .option('--date <day>', 'the last day as YYYY-MM-DD (default: yesterday)')
      .option('--unit <id>', UNIT_TEXT)
      .addHelpText('after', '\nExample:\n  ronda report weekly --format html --out mingguan.html'),
  ).action((options: ReportOptions) => write(deps, options, { kind: 'weekly' }));
  withOptions(
    report
      .command('narrative')
      .description('one narrative, from first to last')
      .argument('<id>', 'id of the narrative')
      .addHelpText('after', '\nExample:\n  ronda report narrative 3f0c9a5be1d24477 --format md'),
  ).action((story: string, options: ReportOptions) => write(deps, options, { kind: 'narrative', story }));
}

async function write(
  { withReports, writeBytes, save, isTerminal }: ReportDeps,
  { format, lang, zone, out, date, unit }: ReportOptions,
  asked: Omit<BriefRequest, 'zone'>,
): Promise<void> {
  await withReports(async (reports, environment) => {
    const { io, language } = environment;
    const said = briefWords(language);
    if (out === undefined && BINARY.has(format) && isTerminal()) {
      throw new CannotRunError('no-out', said.needsOut(format));
    }
    const of = unit === undefined ? undefined : reports.unitOf(unit);
    const request = {
      ...asked,
      ...(of === undefined ? {} : { unit: of }),
      ...(date === undefined ? {} : { date }),
      zone: zone ?? zoneOf(environment.zone),
    };
    const file = await reports.write(reports.gather(request), request, format, lang ?? language);
    if (out === undefined) {
      await writeBytes(file.bytes);
      return;
    }
    save(out, file.bytes);
    io.err(`${said.saved(out, file.bytes.length)}\n`);
  });
}
