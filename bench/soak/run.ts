import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreWatch } from '../faults/store-facts.js';
import { type Delays, delaysOf, readDelays } from '../load/delays.js';
import { bytesUnder, figuresOf, startInstallation } from '../load/installation.js';
import { newTally, type PushedPost, push } from '../load/partner.js';

export interface SoakOptions {
  readonly ronda: string;
  /** bench/load/observe.js, built. */
  readonly observer: string;
  readonly folder: string;
  /** Posts a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly sources: number;
  readonly workers: number;
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** One process, when it had settled and at the end. */
export interface ProcessSoak {
  readonly role: string;
  readonly pid: number;
  /** Resident memory at the quarters of the run, MB. */
  readonly megabytes: readonly number[];
  /** Growth over the second half, MB a minute (least squares). */
  readonly growth: number;
  readonly files: readonly [begin: number, end: number];
  /** The longest that its loop stood still, ms. */
  readonly stoodMs: number;
  /** Handles and timers by kind. */
  readonly handles: readonly [begin: Readonly<Record<string, number>>, end: Readonly<Record<string, number>>];
}

export interface SoakReport {
  readonly asked: number;
  /** Posts a second that came to an end, over the time of pushing. */
  readonly sustained: number;
  readonly sent: number;
  readonly refused: number;
  /** Connections that broke under a push. */
  readonly cut: number;
  readonly delays: Delays;
  readonly processes: readonly ProcessSoak[];
  readonly megabytesOnDisk: number;
  readonly cpuMicros: number;
  readonly stopMs: number;
  /** What was not as it should be. */
  readonly wrong: readonly string[];
}

const MAX_PUSH = 250;
/** Until memory and connections have settled: a share of the run. */
const WARM = 0.1;
const DRAIN_MS = 600_000;

/** Pushes posts at a steady rate for a time, then waits for the last to land, and stops. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { rate, seconds, signal, say, texts } = options;
  const observed = join(options.folder, 'observed');
  mkdirSync(observed, { recursive: true });
  const installation = await startInstallation({
    ...options,
    observer: { file: options.observer, folder: observed },
  });
  const watch = new StoreWatch(join(installation.home, 'ronda.db'));
  const wrong: string[] = [];
  try {
    const tally = newTally();
    // The scorers start up behind the first post.
    const [first = ''] = installation.sources;
    const made = new Date().toISOString();
    const patient = (): number => 1_000;
    await push(
      installation,
      first,
      [{ id: 'soak-0', text: 'pagi', author: 'a', created_at: made }],
      tally,
      patient,
      signal,
    );
    while (!signal.aborted && watch.sums().passed + watch.sums().landed === 0) await sleep(100);
    const begin = Date.now();
    const end = begin + seconds * 1_000;
    let n = 0;
    const cpu = (): number => figuresOf(installation.pid).reduce((sum, each) => sum + each.cpuSeconds, 0);
    const cpuBefore = cpu();
    const files = new Map<number, [number, number]>();
    const partner = async (source: string): Promise<void> => {
      // Each sends its part of the rate, twice a second or as often as pushes of the greatest size make it.
      const own = rate / options.sources;
      const perPush = Math.max(1, Math.min(MAX_PUSH, Math.round(own / 2)));
      const everyMs = (1_000 * perPush) / own;
      for (
        let due = Date.now() + Math.random() * everyMs;
        Date.now() < end && !signal.aborted;
        due += everyMs
      ) {
        const wait = due - Date.now();
        if (wait > 0) await sleep(wait);
        // When it was due: what a push before it made it wait counts as its delay.
        const created_at = new Date(due).toISOString();
        const posts = Array.from({ length: perPush }, (): PushedPost => {
          n += 1;
          const text = `${texts[(n * 7_919) % texts.length] ?? ''} ${n}`;
          return { id: `soak-${n}`, text, author: `akun-rekaan-${n % 4_999}`, created_at };
        });
        await push(installation, source, posts, tally, (asked) => Math.min(asked, 1_000), signal);
      }
    };
    const looking = (async () => {
      for (let minute = 1; Date.now() < end && !signal.aborted; minute += 1) {
        await sleep(Math.min(60_000, Math.max(0, end - Date.now())));
        const all = figuresOf(installation.pid);
        const { collected, landed, passed, seen, failed } = watch.sums();
        const memory = all.map(({ residentMegabytes }) => residentMegabytes.toFixed(0)).join(' + ');
        say(
          `  ${minute} min: ${tally.sent} sent, ${collected - landed - passed - seen - failed} under way, ${memory} MB, refused ${tally.refused}`,
        );
      }
    })();
    const settling = (async () => {
      await sleep(seconds * 1_000 * WARM);
      for (const { pid, files: open } of figuresOf(installation.pid)) files.set(pid, [open, open]);
    })();
    await Promise.all([...installation.sources.map(partner), looking, settling]);
    const pushedFor = (Date.now() - begin) / 1_000;
    const atEnd = watch.sums();
    const settled = atEnd.landed + atEnd.passed + atEnd.seen + atEnd.failed;
    const until = Date.now() + DRAIN_MS;
    for (;;) {
      const { collected, landed, passed, seen, failed } = watch.sums();
      if (collected === tally.sent && landed + passed + seen + failed === collected) break;
      if (Date.now() > until || signal.aborted) {
        wrong.push(`${tally.sent} posts were taken, ${landed + passed + seen + failed} came to an end`);
        break;
      }
      await sleep(200);
    }
    const sums = watch.sums();
    if (sums.failed + sums.seen > 0) wrong.push(`${sums.failed} failed, ${sums.seen} were taken for known`);
    const cpuMicros = ((cpu() - cpuBefore) * 1e6) / Math.max(1, tally.sent);
    // Connections that partners left open are closed by the server after its time.
    await sleep(7_000);
    for (const { pid, files: open } of figuresOf(installation.pid)) {
      const known = files.get(pid);
      if (known !== undefined) known[1] = open;
    }
    const megabytesOnDisk = bytesUnder(installation.home) / 1e6;
    const { status, ms } = await installation.stop();
    if (status !== 0 && status !== 130) wrong.push(`it ended with ${status}: ${installation.said()}`);
    if (ms > 30_000) wrong.push(`it took ${ms} ms to end after SIGTERM`);
    const values = readDelays(join(installation.home, 'ronda.db'), installation.sources);
    const processes = readObserved(observed, files, begin + seconds * 1_000 * WARM, end);
    return {
      asked: rate,
      sustained: settled / pushedFor,
      sent: tally.sent,
      refused: tally.refused,
      cut: tally.cut,
      delays: delaysOf(values.filter(({ at }) => at > begin + seconds * 1_000 * WARM).map((each) => each.ms)),
      processes,
      megabytesOnDisk,
      cpuMicros,
      stopMs: ms,
      wrong,
    };
  } finally {
    watch.close();
    await installation.stop();
  }
}

interface Line {
  readonly at: number;
  readonly role: string;
  readonly rss: number;
  readonly stoodMs: number;
  readonly kinds: Readonly<Record<string, number>>;
}

function readObserved(
  folder: string,
  files: ReadonlyMap<number, readonly [number, number]>,
  from: number,
  to: number,
): ProcessSoak[] {
  return readdirSync(folder).flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const pid = Number.parseInt(name, 10);
    const during = lines.filter(({ at }) => at >= from && at <= to);
    const [first, last] = [during[0], lines.at(-1)];
    if (first === undefined || last === undefined) return [];
    const atShare = (share: number): number =>
      Math.round((during[Math.floor((during.length - 1) * share)]?.rss ?? 0) / 1e6);
    return [
      {
        role: first.role,
        pid,
        megabytes: [0, 0.25, 0.5, 0.75, 1].map(atShare),
        growth: slope(during.slice(Math.floor(during.length / 2))),
        files: files.get(pid) ?? [0, 0],
        stoodMs: Math.max(...during.map((line) => line.stoodMs)),
        handles: [first.kinds, last.kinds] as const,
      },
    ];
  });
}

/** MB a minute. */
function slope(lines: readonly Line[]): number {
  if (lines.length < 3) return 0;
  const xs = lines.map(({ at }) => at / 60_000);
  const ys = lines.map(({ rss }) => rss / 1e6);
  const [mx, my] = [mean(xs), mean(ys)];
  const above = xs.reduce((sum, x, at) => sum + (x - mx) * ((ys[at] ?? 0) - my), 0);
  return above / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
