import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-ports.js';

/** A `ronda run` that takes pushes, as a partner and an officer would meet it. */
export interface Installation {
  readonly home: string;
  /** Where pushes go. */
  readonly url: string;
  readonly sources: readonly string[];
  readonly pid: number;
  /** What its log said of trouble, the last lines. */
  readonly said: () => string;
  /** SIGTERM; resolves to the exit status and how long it took, ms. */
  stop(): Promise<{ status: number | null; ms: number }>;
}

/** What all partners sign with here. Invented. */
export const PARTNER_SECRET = 'rahasia-rekaan-untuk-uji-beban-0123456789';

export interface InstallationOptions {
  readonly ronda: string;
  readonly folder: string;
  readonly sources: number;
  readonly workers: number;
  /** The observer's file (bench/load/observe.js) and where it writes. */
  readonly observer?: { readonly file: string; readonly folder: string };
}

/** @throws where it does not take pushes within a minute */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const home = join(options.folder, 'home');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const [port, desk] = [await freePort(), await freePort()];
  const sources = Array.from({ length: options.sources }, (_, at) => `mitra-${at + 1}`);
  const config = join(options.folder, 'ronda.yaml');
  const terms = '{ basis: "uji beban", acknowledged_by: "AKP Rekaan", date: 2026-01-01 }';
  writeFileSync(
    config,
    [
      `ingest: { port: ${port} }`,
      `desk: { port: ${desk} }`,
      `score: { workers: ${options.workers} }`,
      'sources:',
      ...sources.map((name) => `  - { name: ${name}, kind: webhook, secret_env: MITRA, terms: ${terms} }`),
    ].join('\n'),
  );
  const { RONDA_REDIS: _, RONDA_HOME: __, ...inherited } = process.env;
  const { observer } = options;
  const child = spawn(process.execPath, [options.ronda, '--home', home, '--config', config, 'run'], {
    cwd: options.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...inherited,
      MITRA: PARTNER_SECRET,
      ...(observer === undefined
        ? {}
        : { NODE_OPTIONS: `--import file://${observer.file}`, RONDA_OBSERVE: observer.folder }),
    },
  });
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split(/[\n\r]/).filter((line) => line.startsWith('{') || line.startsWith('ronda:')));
    lines.splice(0, Math.max(0, lines.length - 20));
  });
  const url = `http://127.0.0.1:${port}/ingest`;
  try {
    await untilAnswers(url, child);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${error instanceof Error ? error.message : String(error)}: ${lines.join('\n')}`);
  }
  return {
    home,
    url,
    sources,
    pid: child.pid ?? 0,
    said: () => lines.join('\n'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return { status: child.exitCode, ms: 0 };
      const begin = Date.now();
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 40_000);
      await gone;
      clearTimeout(timer);
      return { status: child.exitCode, ms: Date.now() - begin };
    },
  };
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      await fetch(url, { method: 'POST', body: '' });
      return;
    } catch {
      if (Date.now() > until || child.exitCode !== null)
        throw new Error(`ronda run does not answer at ${url}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Bytes of every file under a folder, or of those whose name is counted. */
export function bytesUnder(folder: string, counts: (name: string) => boolean = () => true): number {
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !counts(entry.name)) continue;
    try {
      sum += statSync(join(entry.parentPath, entry.name)).size;
    } catch {
      // Gone in between, as logs go.
    }
  }
  return sum;
}

/** What the kernel says of a process and its children, by pid. */
export interface ProcessFigures {
  readonly pid: number;
  readonly residentMegabytes: number;
  readonly files: number;
  /** User and system time so far, s. */
  readonly cpuSeconds: number;
}

const PAGE_BYTES = 4_096;

export function figuresOf(pid: number): ProcessFigures[] {
  const children = ((): number[] => {
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    } catch {
      return [];
    }
  })();
  return [pid, ...children].flatMap((each) => {
    try {
      const [, resident = 0] = readFileSync(`/proc/${each}/statm`, 'utf8').split(' ').map(Number);
      const fields = readFileSync(`/proc/${each}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return [
        {
          pid: each,
          residentMegabytes: (resident * PAGE_BYTES) / 1e6,
          files: readdirSync(`/proc/${each}/fd`).length,
          cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
        },
      ];
    } catch {
      return [];
    }
  });
}
