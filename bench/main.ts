/**
 * `npm run bench -- [--save] [--quick] [--rounds N] [--posts N]`: what the README's figures come from. Posts a second
 * of `assess` with the cost of each step, of the pipeline on both queues with one and two scorers, peak memory, and
 * beside them a naive pipeline; the real tweets too, where ../shared/data is there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { kindSchemas } from '../src/compose.js';
import { lexiconFolder, loadModels } from '../src/compose-assessor.js';
import { parseConfig } from '../src/config.js';
import { readLexiconFiles } from '../src/files/lexicon-files.js';
import { packageRoot } from '../src/files/package-root.js';
import { compileLexicon } from '../src/lexicon/compile.js';
import { parseLines } from '../src/lexicon/load.js';
import { isSchedule } from '../src/pipeline/schedule.js';
import { createAssessor } from '../src/score/assess.js';
import { measureAssess } from './assess.js';
import { measureHostile } from './hostile.js';
import { measurePipelines, type Shape, startRedis } from './pipeline.js';
import { describePosts, inventPosts } from './posts.js';
import { save, thisMachine, toMarkdown } from './report.js';

const { values: options } = parseArgs({
  options: {
    save: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    posts: { type: 'string' },
    'no-pipeline': { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 3 : 7));
const pipelineRounds = Math.max(1, Math.ceil(rounds / 2));
const assessed = Number(options.posts ?? (options.quick ? 10_000 : 20_000));
const piped = Number(options.posts ?? (options.quick ? 40_000 : 100_000));
const notes: string[] = [];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const config = parseConfig({
  document: undefined,
  file: 'bench',
  environment: {},
  kinds: kindSchemas,
  isSchedule,
});
const begin = performance.now();
const { placed } = parseLines(await readLexiconFiles(lexiconFolder(config)));
const lexicon = compileLexicon(placed.map(({ entry }) => entry));
const loadMs = performance.now() - begin;
const parts = { lexicon, ...(await loadModels(config)) };

say(`assess, ${rounds} rounds, in turns with the naive pipeline ...`);
const posts = inventPosts(assessed, 1, lexicon.entries);
const assess = [
  {
    posts: describePosts(posts),
    ...measureAssess(
      parts,
      posts.map(({ text }) => text),
      rounds,
    ),
  },
];
const tweetsFile = join(packageRoot, '..', 'shared', 'data', 'tweets-labelled.jsonl');
if (existsSync(tweetsFile)) {
  const tweets = readFileSync(tweetsFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string });
  assess.push({
    posts: `real tweets, ${describePosts(tweets)}`,
    ...measureAssess(
      parts,
      tweets.map(({ text }) => text),
      rounds,
    ),
  });
} else notes.push('the real tweets are not here, so that only invented posts were assessed.');

say('hostile inputs ...');
const hostile = measureHostile(createAssessor(parts).assess, lexicon.entries);

const folder = mkdtempSync(join(tmpdir(), 'ronda-bench-'));
const redis = options['no-pipeline'] ? undefined : await startRedis(folder);
try {
  const shapes: Shape[] = options['no-pipeline']
    ? []
    : [
        { queue: 'embedded', workers: 1 },
        { queue: 'embedded', workers: 2 },
      ];
  if (redis !== undefined) shapes.push({ queue: 'redis', workers: 1 }, { queue: 'redis', workers: 2 });
  else if (!options['no-pipeline'])
    notes.push('there is no redis-server here, so that the pipeline on Redis was skipped.');
  const pipelinePosts = inventPosts(piped, 2, lexicon.entries);
  say(`the pipeline over ${piped} posts, ${pipelineRounds} rounds of ${shapes.length} shapes ...`);
  const pipelines = await measurePipelines(folder, pipelinePosts, shapes, pipelineRounds, redis?.url);
  const results = {
    date: new Date().toISOString(),
    machine: thisMachine(),
    rounds,
    lexicon: { entries: lexicon.entries.length, forms: lexicon.formCount, loadMs },
    assess,
    hostile,
    pipelinePosts: describePosts(pipelinePosts),
    pipelines,
    notes,
  };
  process.stdout.write(toMarkdown(results));
  if (options.save) say(`written to ${save(join(packageRoot, 'bench', 'results'), results)}.md and .json`);
} finally {
  await redis?.close();
  rmSync(folder, { recursive: true, force: true });
}
