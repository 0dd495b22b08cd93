/** Reports: what they are gathered from and written with. A part of compose.ts. */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { narrativesOf, trendsOf } from './compose-narratives.js';
import { storyNames } from './compose-story-names.js';
import { briefUnit } from './compose-units.js';
import type { Config } from './config.js';
import type { Brief, BriefFile, BriefFormat, BriefRequest } from './core/brief.js';
import { DeskRefusal } from './core/desk-refusal.js';
import { kindOf, messageOf, RetryableError } from './core/errors.js';
import type { Clock } from './core/ports.js';
import { SYSTEM_ACTOR } from './core/review.js';
import { claimsStorePath, readClaimsStore } from './files/claims-store.js';
import { readPacketFonts } from './files/packet-fonts.js';
import { type MadeReport, type ReportMaker, recordReport } from './pipeline/export-report.js';
import { gatherBrief } from './pipeline/gather-brief.js';
import { loadSecret } from './store/secret.js';
import { openStore, type Store } from './store/store.js';

/** Reports over a store that is open. */
export interface Reports {
  /** @throws CannotRunError `bad-date`, `no-narrative` */
  gather(request: BriefRequest): Brief;
  write(brief: Brief, format: BriefFormat, language: 'id' | 'en'): Promise<BriefFile>;
}

/** Reports as the command line makes them: each is an event of the audit chain before it is given out. */
export function reportsTyped(
  config: Config,
  reading: Store,
  writing: () => Store,
  clock: Pick<Clock, 'now'>,
) {
  const reports = reportsOf(config, reading, clock);
  return {
    gather: reports.gather,
    unitOf: (id: string) => briefUnit(config, id),
    async write(brief: Brief, request: BriefRequest, format: BriefFormat, language: 'id' | 'en') {
      const file = withHash(await reports.write(brief, format, language));
      const { desk: store } = writing();
      recordReport({ store, clock }, SYSTEM_ACTOR, { ...request, format, language }, file);
      return file;
    },
  };
}

function reportsOf(config: Config, store: Store, clock: Pick<Clock, 'now'>): Reports {
  let fonts: ReturnType<typeof readPacketFonts> | undefined;
  return {
    gather: (request) =>
      gatherBrief(
        {
          narratives: narrativesOf(store),
          trends: trendsOf(store),
          claims: () => readClaimsStore(claimsStorePath(resolve(config.home))),
          counts: (from, to) => store.hourlyCounts(from, to),
          sources: () => config.sources.map(({ name }) => ({ source: name, facts: store.sourceFacts(name) })),
          ...storyNames(config),
          clock,
        },
        request,
      ),
    async write(brief, format, language) {
      const { briefFile } = await import('./report/brief-file.js');
      return briefFile(brief, format, language, () => {
        fonts ??= readPacketFonts();
        return fonts;
      });
    },
  };
}

/** Makes reports in this process. */
export function reportsHere(config: Config, store: Store, clock: Pick<Clock, 'now'>): ReportMaker {
  const reports = reportsOf(config, store, clock);
  return {
    async make(request, format, language) {
      try {
        return withHash(await reports.write(reports.gather(request), format, language));
      } catch (error) {
        throw refusalOf(kindOf(error), messageOf(error)) ?? error;
      }
    },
  };
}

/** What a report's process is told. */
export interface ReportOrder {
  readonly config: Config;
  readonly request: BriefRequest;
  readonly format: BriefFormat;
  readonly language: 'id' | 'en';
}

/** What it says, once. */
export type ReportAnswer =
  | { readonly type: 'file'; readonly file: MadeReport }
  | { readonly type: 'failed'; readonly kind: string; readonly message: string };

/** Makes one report over a read-only connection, in the report's own process. */
export async function answerReport({
  config,
  request,
  format,
  language,
}: ReportOrder): Promise<ReportAnswer> {
  try {
    const home = resolve(config.home);
    const clock = { now: () => Date.now(), sleep: (ms: number) => sleep(ms) };
    const path = resolve(home, config.store.file);
    const secret = loadSecret({ home, env: process.env });
    const store = openStore({ path, secret, clock, seenWindowDays: 1, readonly: true });
    try {
      const reports = reportsOf(config, store, clock);
      return { type: 'file', file: withHash(await reports.write(reports.gather(request), format, language)) };
    } finally {
      store.close();
    }
  } catch (error) {
    return { type: 'failed', kind: kindOf(error), message: messageOf(error) };
  }
}

/** Reports made at once; more are refused and can be asked for again. */
const MOST_AT_ONCE = 2;
/** A report that takes longer is ended, ms. */
const DEADLINE_MS = 60_000;

/** Makes each report in a process of its own: a week of posts and a PDF of it keep nobody's decision waiting. */
export function reportsApart(
  config: Config,
  entry: URL = new URL('../workers/report.js', import.meta.url),
): ReportMaker {
  let working = 0;
  return {
    async make(request, format, language) {
      if (working >= MOST_AT_ONCE) {
        throw new DeskRefusal('too-slow', `${working} reports are being made; ask again in a moment`);
      }
      working += 1;
      try {
        const answer = await answerOf({ config, request, format, language }, entry);
        if (answer.type === 'file') return answer.file;
        throw refusalOf(answer.kind, answer.message) ?? new RetryableError(answer.kind, answer.message);
      } finally {
        working -= 1;
      }
    },
  };
}

function answerOf(order: ReportOrder, entry: URL): Promise<ReportAnswer> {
  const child = fork(fileURLToPath(entry), [], {
    serialization: 'advanced',
    // Of the desk's own: an inspector's port would be taken already.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise<ReportAnswer>((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new RetryableError('report-failed', `the report’s process ${why}`));
    const timer = setTimeout(() => fail(`took longer than ${DEADLINE_MS / 1_000} s`), DEADLINE_MS);
    child.once('message', (answer: ReportAnswer) => resolve(answer));
    child.once('error', () => fail('could not be started'));
    child.once('exit', (status, by) => fail(`ended with ${by ?? status}`));
    child.once('close', () => clearTimeout(timer));
    child.send(order, (error) => error && fail('could not be asked'));
  }).finally(() => child.kill('SIGKILL'));
}

function withHash(file: BriefFile): MadeReport {
  return { ...file, sha256: createHash('sha256').update(file.bytes).digest('hex') };
}

/** What a person asked for in vain, as the desk tells it. */
function refusalOf(kind: string, message: string): DeskRefusal | undefined {
  if (kind === 'no-narrative') return new DeskRefusal('no-narrative', message);
  return kind === 'bad-date' ? new DeskRefusal('bad-field', message) : undefined;
}
