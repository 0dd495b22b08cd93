import { X509Certificate } from 'node:crypto';
import { accessSync, constants, statfsSync } from 'node:fs';
import { redisPlaceOf } from './compose-redis.js';
import { candidateOf } from './compose-shadow.js';
import type { Config } from './config.js';
import type { UserStore } from './core/desk-ports.js';
import { messageOf } from './core/errors.js';
import type { OperationsStore } from './core/operations.js';
import type { QueueCounts } from './core/queue-ports.js';
import { secretOf } from './files/secret-files.js';
import { readTlsFiles } from './files/tls-files.js';
import { olderScorers } from './pipeline/scorer-versions.js';
import type { SourceView } from './pipeline/source-view.js';
import { type DoctorWords, doctorWords } from './words/doctor.js';

/** What one test of a deployment came to, as `ronda doctor` shows it. */
interface CheckResult {
  readonly ok: boolean;
  readonly found: string;
  readonly advice?: string;
}

interface Check {
  readonly name: string;
  run(): Promise<CheckResult>;
}

interface Parts {
  home(): string;
  store(): {
    countItems(): Readonly<Record<string, number>>;
    readonly operations: Pick<OperationsStore, 'lease' | 'scorerVersions'>;
    readonly desk: { readonly users: Pick<UserStore, 'list'> };
  };
  now(): number;
  sources(): readonly SourceView[];
  queues(): { queue(name: string): { counts(): Promise<QueueCounts> } };
  assessor(): Promise<{ assess(text: string): { incomplete: readonly string[]; versions: object } }>;
}

const MIN_FREE_BYTES = 500_000_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A certificate that ends sooner is to be renewed now. */
const RENEW_MS = 14 * DAY_MS;

/** The tests of `ronda doctor`, in the order in which one thing needs the other. */
export function deploymentChecks(config: Config, parts: Parts): readonly Check[] {
  const said = doctorWords(config.desk.language);
  return [
    { name: 'node', run: async () => checkNode(process.versions.node, said) },
    { name: 'home', run: async () => checkHome(parts.home(), said) },
    {
      name: 'store',
      run: async () => {
        const items = Object.values(parts.store().countItems()).reduce((sum, n) => sum + n, 0);
        return { ok: true, found: said.storeOpens(items) };
      },
    },
    ...(config.queue.kind === 'redis' ? [{ name: 'redis', run: () => checkQueueServer(config, said) }] : []),
    {
      name: 'queue',
      run: async () => {
        const score = await parts.queues().queue('score').counts();
        const land = await parts.queues().queue('land').counts();
        const dead = score.dead + land.dead;
        const found = said.queue(score.waiting + land.waiting, dead);
        return dead === 0 ? { ok: true, found } : { ok: false, found, advice: said.lookAtDead };
      },
    },
    {
      name: 'assess',
      run: async () => {
        const { incomplete, versions } = (await parts.assessor()).assess('Selamat pagi, warga.');
        const found = Object.entries(versions)
          .map(([part, version]) => `${part} ${version}`)
          .join(', ');
        return incomplete.length === 0
          ? { ok: true, found }
          : { ok: false, found: said.stepsFail(incomplete.join(', ')), advice: said.lintLexicon };
      },
    },
    { name: 'workers', run: async () => checkWorkers(parts.store().operations, parts.now(), said) },
    ...(candidateOf(config) === undefined
      ? []
      : [{ name: 'shadow', run: () => checkCandidate(candidateOf(config) ?? config, said) }]),
    {
      name: 'desk',
      run: async () => checkDesk(config, parts.store().desk.users.list().length, parts.now(), said),
    },
    { name: 'secrets', run: async () => checkSecrets(config, said) },
    { name: 'sources', run: async () => checkSources(config, parts.sources(), said) },
  ];
}

function checkNode(version: string, said: DoctorWords): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return ok ? { ok, found: version } : { ok, found: version, advice: said.installNode };
}

function checkHome(home: string, said: DoctorWords): CheckResult {
  try {
    accessSync(home, constants.W_OK);
  } catch {
    return {
      ok: false,
      found: said.cannotWrite(home),
      advice: said.letWrite,
    };
  }
  const { bavail, bsize } = statfsSync(home);
  const free = bavail * bsize;
  const found = said.free(home, Math.round(free / 1e6));
  return free < MIN_FREE_BYTES
    ? { ok: false, found, advice: said.freeSome(MIN_FREE_BYTES / 1e6) }
    : { ok: true, found };
}

async function checkQueueServer(config: Config, said: DoctorWords): Promise<CheckResult> {
  const { checkRedis } = await import('./queue/redis-check.js');
  const place = redisPlaceOf(config, process.env) ?? {};
  const { ok, problems, version, maxmemoryPolicy, appendonly, servers, error } = await checkRedis(place);
  const found =
    error ??
    said.redis({
      version,
      policy: maxmemoryPolicy,
      appends: appendonly === true,
      ...(place.cluster === undefined ? {} : { primaries: servers }),
    });
  return ok
    ? { ok, found }
    : { ok, found, advice: problems.map((problem) => said.redisAdvice[problem]).join('; ') };
}

/** Who lands, and whether all scorers of the last hour assess with the same. */
function checkWorkers(
  known: Pick<OperationsStore, 'lease' | 'scorerVersions'>,
  now: number,
  said: DoctorWords,
): CheckResult {
  const lander = known.lease('land');
  const rows = known.scorerVersions(now - HOUR_MS);
  const older = olderScorers(rows, now);
  const hosts = new Set(rows.map(({ worker }) => worker)).size;
  const lands =
    lander === undefined
      ? said.nobodyLands
      : (lander.alive ? said.lands : said.hasLanded)(lander.pid, lander.host);
  const found = `${lands}; ${said.scorers(hosts)}`;
  return older.length === 0
    ? { ok: true, found }
    : {
        ok: false,
        found: `${found}, ${said.behind(older.length)}`,
        advice: older
          .map(({ worker, part, has, newest }) => said.bringUp(worker, part, has, newest))
          .join('; '),
      };
}

/** Whether the candidate that scorers are to try can be loaded at all; they go on without it where it cannot. */
async function checkCandidate(candidate: Config, said: DoctorWords): Promise<CheckResult> {
  const { loadAssessor } = await import('./compose-assessor.js');
  const closers: (() => Promise<void> | void)[] = [];
  const clock = { now: () => Date.now(), sleep: () => new Promise<void>(() => undefined) };
  try {
    const { versions } = await loadAssessor(candidate, clock, () => undefined, closers);
    const { rules, lexicon, model } = versions ?? {};
    return { ok: true, found: said.candidate({ rules, lexicon, model }) };
  } catch (error) {
    return { ok: false, found: messageOf(error), advice: said.correctShadow };
  } finally {
    for (const close of closers) await close();
  }
}

/** Whether there are accounts, and whether the certificate is one and lasts. */
function checkDesk({ desk }: Config, accounts: number, now: number, said: DoctorWords): CheckResult {
  const has = accounts === 0 ? said.noAccounts : said.accounts(accounts);
  if (desk.tls === undefined) return { ok: true, found: has };
  const { validTo } = new X509Certificate(readTlsFiles(desk.tls).cert);
  const until = Date.parse(validTo);
  const found = `${has}; ${said.certificateUntil(new Date(until).toISOString().slice(0, 10))}`;
  return until - now < RENEW_MS ? { ok: false, found, advice: said.renewCertificate } : { ok: true, found };
}

/** Names of variables that a part of the configuration takes secrets from (`token_env` and the like). */
function secretNames(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    key.endsWith('_env') && typeof value === 'string' ? [value] : secretNames(value),
  );
}

function checkSecrets({ sources, alerts }: Config, said: DoctorWords): CheckResult {
  const names = [...new Set(secretNames([sources.map(({ options }) => options), alerts.channels]))];
  const missing = names.filter((name) => (secretOf(process.env, name) ?? '') === '');
  return missing.length === 0
    ? { ok: true, found: said.secretsSet(names.length) }
    : { ok: false, found: said.secretsMissing(missing.join(', ')), advice: said.setSecrets };
}

function checkSources(config: Config, known: readonly SourceView[], said: DoctorWords): CheckResult {
  if (config.sources.length === 0) {
    return { ok: true, found: said.noSources };
  }
  const failing = known.filter(({ state }) => state === 'failing');
  const quiet = known.filter(({ state }) => state === 'quiet');
  const found = said.sources(config.sources.length, failing.length, quiet.length);
  if (failing.length + quiet.length > 0) {
    const told = [
      ...failing.map(({ name, error }) => `${name}: ${error?.message}`),
      ...quiet.map(({ name, quiet: silence }) => said.silent(name, silence?.silentHours)),
    ].join('; ');
    return {
      ok: false,
      found: `${found}: ${told}`,
      advice: [
        ...(failing.length > 0 ? [said.mendFailing] : []),
        ...(quiet.length > 0 ? [said.lookAtQuiet] : []),
      ].join('; '),
    };
  }
  const remote = config.sources.some(({ kind, allowPrivate }) => kind !== 'file' && !allowPrivate);
  return remote && config.contact === undefined
    ? {
        ok: false,
        found: `${found}, ${said.noContact}`,
        advice: said.setContact,
      }
    : { ok: true, found };
}
