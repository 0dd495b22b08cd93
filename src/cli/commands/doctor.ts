import type { Command } from 'commander';
import { messageOf } from '../../core/errors.js';
import type { CommandEnvironment } from './environment.js';

/** What one test of a deployment came to. */
export interface CheckResult {
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
  /** What to do about it, where it is not ok. */
  readonly advice?: string;
}

export interface Check {
  readonly name: string;
  run(): Promise<CheckResult>;
}

export interface DoctorDeps {
  /** Opens what the tests need when they need it, and closes it after `work`. */
  withChecks(
    work: (checks: readonly Check[], environment: CommandEnvironment) => Promise<void>,
  ): Promise<void>;
}

/** `ronda doctor` */
export function doctorCommand(program: Command, deps: DoctorDeps): void {
  program
    .command('doctor')
    .description('test what a deployment needs: what works, what does not, and what to do')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExample:\n  ronda doctor')
    .action(async (options: { json?: boolean }) => {
      await deps.withChecks(async (checks, { io, words, exitWith }) => {
        const results: (CheckResult & { name: string })[] = [];
        for (const check of checks) {
          const result = await attempt(check);
          results.push({ name: check.name, ...result });
          if (options.json === true) continue;
          io.out(`${result.ok ? words.doctorOk : words.doctorBad}  ${check.name}: ${result.found}\n`);
          if (result.advice !== undefined) io.out(`    ${words.doctorWhatToDo}: ${result.advice}\n`);
        }
        const faults = results.filter(({ ok }) => !ok).length;
        if (faults > 0) exitWith(1);
        if (options.json === true) io.out(`${JSON.stringify({ ok: faults === 0, checks: results })}\n`);
        else io.out(`${faults === 0 ? words.doctorFine : words.doctorFaults(faults)}\n`);
      });
    });
}

async function attempt(check: Check): Promise<CheckResult> {
  try {
    return await check.run();
  } catch (error) {
    return { ok: false, found: messageOf(error) };
  }
}
