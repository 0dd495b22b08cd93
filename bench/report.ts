import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type AssessFigures, STEPS } from './assess.js';
import type { HostileFigure } from './hostile.js';
import type { PipelineFigures } from './pipeline.js';

/** What a machine is, without naming it. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGigabytes: number;
  readonly node: string;
}

export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly lexicon: { readonly entries: number; readonly forms: number; readonly loadMs: number };
  readonly assess: readonly (AssessFigures & { readonly posts: string })[];
  readonly hostile: readonly HostileFigure[];
  readonly pipelinePosts: string;
  readonly pipelines: readonly PipelineFigures[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

export function thisMachine(): Machine {
  const found = cpus();
  return {
    cores: found.length,
    cpu: found[0]?.model.trim() || 'unknown CPU',
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
  };
}

/** The results as a page of markdown. */
export function toMarkdown(results: Results): string {
  const { machine, lexicon } = results;
  const lines = [
    `# Figures of ${results.date.slice(0, 10)}`,
    '',
    `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGigabytes} GB, Node ${machine.node}; medians of ${results.rounds} rounds.`,
    `Lexicon: ${lexicon.entries} entries, ${lexicon.forms} forms, read and compiled in ${Math.round(lexicon.loadMs)} ms.`,
    ...results.notes.map((note) => `Note: ${note}`),
  ];
  for (const figures of results.assess) lines.push('', ...assessSection(figures));
  lines.push('', ...hostileSection(results.hostile));
  if (results.pipelines.length > 0) lines.push('', ...pipelineSection(results));
  return `${lines.join('\n')}\n`;
}

function assessSection(figures: AssessFigures & { readonly posts: string }): string[] {
  const rows = STEPS.flatMap((step) => {
    const cost = figures.steps[step];
    return [`| ${step} | ${cost === null ? 'not there yet' : cost.toFixed(1)} |`];
  });
  return [
    `## assess: ${figures.posts}`,
    '',
    '| | posts/s, one thread | posts/s by processor time |',
    '|---|---:|---:|',
    `| assess, everything on | ${whole(figures.postsPerSecond)} | ${whole(figures.postsPerCpuSecond)} |`,
    `| naive (natural, franc, a Set) | ${whole(figures.naivePostsPerSecond)} | ${whole(figures.naivePostsPerCpuSecond)} |`,
    `| ratio | | x${figures.ratio.toFixed(1)} |`,
    '',
    `${figures.flagged} of the posts were flagged. Measured once both are warm; the first pass over the posts cost ${figures.firstPass.toFixed(0)} µs a post. Microseconds of processor time a post: what each step adds to those above it; "rules" is the rest of the whole (scene, rules, context, combination, findings).`,
    '',
    '| step | µs |',
    '|---|---:|',
    ...rows,
    `| whole | ${(1e6 / figures.postsPerCpuSecond).toFixed(1)} |`,
  ];
}

function hostileSection(figures: readonly HostileFigure[]): string[] {
  const slowest = figures[0];
  return [
    '## Hostile inputs',
    '',
    `Milliseconds of one assessment. The slowest of ${figures.length} is "${slowest?.name}": ${slowest?.ms[20_000]?.toFixed(2)} ms at 20,000 characters. Ten times the length should cost ten times the time.`,
    '',
    '| input | 2,000 | 10,000 | 20,000 | x for x10 |',
    '|---|---:|---:|---:|---:|',
    ...figures
      .slice(0, 8)
      .map(
        ({ name, ms, growth }) =>
          `| ${name} | ${[2_000, 10_000, 20_000].map((length) => (ms[length] ?? 0).toFixed(2)).join(' | ')} | ${growth.toFixed(1)} |`,
      ),
  ];
}

function pipelineSection(results: Results): string[] {
  const naive = results.assess[0]?.naivePostsPerSecond ?? 0;
  return [
    `## Pipeline: ${results.pipelinePosts}`,
    '',
    '`ronda batch FILE --json` in a fresh home: collect, queue, assess, land. Posts/s are without the start, which stands beside them. "x naive" is over the naive pipeline on one thread, which reads no file, keeps nothing and loses what it was doing when it is killed.',
    '',
    '| queue | score workers | posts/s | x naive | start, s | µs of processor a post | peak memory, MB | landed |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...results.pipelines.map(
      ({ queue, workers, postsPerSecond, startSeconds, cpuMicros, peakMegabytes, landed }) =>
        `| ${queue} | ${workers} | ${whole(postsPerSecond)} | x${(postsPerSecond / naive).toFixed(1)} | ${startSeconds.toFixed(2)} | ${cpuMicros.toFixed(0)} | ${peakMegabytes.toFixed(0)} | ${landed} |`,
    ),
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Writes `<date>-<machine kind>.md` and `.json` into `folder`; their path without the ending. */
export function save(folder: string, results: Results): string {
  const { cores, cpu } = results.machine;
  const kind = cpu
    .toLowerCase()
    .replace(/\(r\)|\(tm\)|cpu|processor|@.*/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const path = join(folder, `${results.date.slice(0, 10)}-${cores}x-${kind}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.md`, toMarkdown(results));
  writeFileSync(`${path}.json`, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}
