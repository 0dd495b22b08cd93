import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The project's root. */
export const projectRoot = resolve(import.meta.dirname, '..', '..');
/** The built command; RONDA_TEST_BIN names one of another build. */
const bin = process.env.RONDA_TEST_BIN ?? join(projectRoot, 'dist', 'src', 'cli', 'main.js');

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RondaOptions {
  readonly home: string;
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A `ronda` process as a user would start it: the built command, an environment of its own. */
export class Ronda {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], options: RondaOptions) {
    const { RONDA_REDIS: _, RONDA_HOME: __, ...inherited } = process.env;
    this.child = spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd ?? options.home,
      env: { ...inherited, RONDA_HOME: options.home, ...options.environment },
      stdio: 'pipe',
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.child.stdin?.on('error', () => {});
    this.child.stdin?.end(options.input ?? '');
    this.finished = new Promise((done) => {
      this.child.on('close', (code, signal) =>
        done({ code, signal, stdout: this.stdout, stderr: this.stderr }),
      );
    });
  }

  /** Resolves when what the process wrote to standard error matches. */
  async says(pattern: RegExp, withinMs = 60_000): Promise<void> {
    const until = Date.now() + withinMs;
    while (!pattern.test(this.stderr)) {
      if (Date.now() > until || this.child.exitCode !== null) {
        throw new Error(`ronda did not say ${pattern}; it said: ${this.stderr}${this.stdout}`);
      }
      await pause(10);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** Runs `ronda` to its end. */
export function ronda(args: readonly string[], options: RondaOptions): Promise<Finished> {
  return new Ronda(args, options).finished;
}

/** A fresh folder, removed by `remove()`. */
export function freshHome(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ronda-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Resolves when `check` gives something other than undefined or false. */
export async function eventually<T>(
  what: string,
  check: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 60_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`${what} did not happen within ${withinMs} ms`);
    await pause(5);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
