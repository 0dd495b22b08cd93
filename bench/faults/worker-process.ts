import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './hosts.js';

/** What a service manager is told of a process that it keeps. */
export interface WorkerOptions {
  readonly name: string;
  readonly host: Host;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** A file that holds how far its clock is off (libfaketime), e.g. `+2d`. */
  readonly clockFile?: string;
}

/** What a worker's log said of batches. */
export interface WorkerTally {
  /** Batches scored or landed. */
  batches: number;
  /** Deliveries that were not the first. */
  redelivered: number;
  /** Batches that had landed before, and were known. */
  known: number;
  /** Times that it ended by itself, and was started again. */
  endedItself: number;
  /** The last lines that said why. */
  readonly said: string[];
}

/** How long a service manager waits before it starts a process anew, ms. */
const RESTART_MS = 1_000;
const LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
];

/** Where libfaketime is, if it is installed (Debian's package libfaketime). */
export function fakeTimeLibrary(): string | undefined {
  return LIBRARIES.find((path) => existsSync(path));
}

/** One process that is kept running, as `Restart=always` keeps it, until {@link WorkerProcess.stop}. */
export class WorkerProcess {
  readonly name: string;
  readonly tally: WorkerTally = { batches: 0, redelivered: 0, known: 0, endedItself: 0, said: [] };
  readonly #options: WorkerOptions;
  #child: ChildProcess | undefined;
  #stopping = false;
  #struck = false;
  #running: Promise<void>;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.name = options.name;
    if (options.clockFile !== undefined) this.setClock('+0');
    this.#running = this.#keep();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Kills it at once; it is started again after a second. */
  kill(): void {
    this.#struck = true;
    this.#child?.kill('SIGKILL');
  }

  /** Stops it where it stands, and lets it go on after `ms`. */
  async freeze(ms: number): Promise<void> {
    const child = this.#child;
    child?.kill('SIGSTOP');
    await sleep(ms);
    child?.kill('SIGCONT');
  }

  /** Sets how far the clock of this process alone is off, e.g. `+2d` or `-3h`; it sees it within a second. */
  setClock(offset: string): void {
    const { clockFile } = this.#options;
    if (clockFile === undefined) throw new Error(`${this.name} has the machine’s clock`);
    writeFileSync(clockFile, `${offset}\n`);
  }

  /**
   * Ends it as a service manager does; killed where it does not end within `patienceMs`. Resolves to what was wrong with
   * its end: a status other than 0 and what it is when it stood by, or patience that ran out.
   */
  async stop(patienceMs = 30_000): Promise<string | undefined> {
    this.#stopping = true;
    const child = this.#child;
    // One that was killed just now may not have been seen to end yet.
    const isRunning =
      child !== undefined && child.exitCode === null && child.signalCode === null && !this.#struck;
    let late = false;
    child?.kill('SIGTERM');
    const timer = setTimeout(() => {
      late = isRunning;
      child?.kill('SIGKILL');
    }, patienceMs);
    await this.#running;
    clearTimeout(timer);
    if (late) return `${this.name} did not end within ${patienceMs / 1_000} s of SIGTERM`;
    // Ended by the signal itself: it had only just been started.
    if (!isRunning || child.signalCode === 'SIGTERM' || child.exitCode === 0) return undefined;
    return `${this.name} ended with ${child.exitCode ?? child.signalCode} after SIGTERM`;
  }

  async #keep(): Promise<void> {
    while (!this.#stopping) {
      this.#struck = false;
      await this.#run();
      if (this.#stopping) return;
      if (!this.#struck) this.tally.endedItself += 1;
      await sleep(RESTART_MS);
    }
  }

  async #run(): Promise<void> {
    const { host, command, environment, cwd, clockFile } = this.#options;
    const library = clockFile === undefined ? undefined : fakeTimeLibrary();
    const clock =
      clockFile === undefined || library === undefined
        ? {}
        : {
            LD_PRELOAD: library,
            FAKETIME_TIMESTAMP_FILE: clockFile,
            FAKETIME_CACHE_DURATION: '1',
            // Steps of a clock move the time of day, never the monotonic clock.
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
            DONT_FAKE_MONOTONIC: '1',
          };
    const [file = '', ...args] = host.on(command);
    const child = spawn(file, args, {
      cwd,
      env: { ...environment, ...clock },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    let rest = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#read(line);
    });
    await new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
  }

  #read(line: string): void {
    if (!line.startsWith('{')) {
      this.#note(line);
      return;
    }
    const said = readLine(line);
    if (said.job !== undefined) {
      this.tally.batches += 1;
      if ((said.attempt ?? 1) > 1) this.tally.redelivered += 1;
      if (said.applied === false) this.tally.known += 1;
    } else if ((said.level ?? 0) >= 40) this.#note(`${said.kind ?? ''} ${said.msg ?? ''}`);
  }

  #note(line: string): void {
    if (line.trim() === '') return;
    this.tally.said.push(line.slice(0, 300));
    if (this.tally.said.length > 20) this.tally.said.shift();
  }
}

interface LogLine {
  readonly job?: string;
  readonly attempt?: number;
  readonly applied?: boolean;
  readonly level?: number;
  readonly kind?: string;
  readonly msg?: string;
}

function readLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
