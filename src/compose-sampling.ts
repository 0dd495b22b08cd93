/** What `ronda import` looks at before anything is kept: a part of compose.ts. */
import { fileOptions } from './collectors/file-layout.js';
import type { CollectContext, Collector } from './core/collector-ports.js';

/** What stands at the beginning of a file, with a guess of what its columns say. */
export async function sampleOf(path: string) {
  const [{ sampleFile }, { guessColumns }] = await Promise.all([
    import('./collectors/file-sample.js'),
    import('./collectors/column-guess.js'),
  ]);
  const options = fileOptions.parse({ path });
  const sample = await sampleFile(options, new AbortController().signal);
  return { ...sample, guess: guessColumns(sample) };
}

/** The first posts and rejects of a collector, nothing kept. */
export async function firstPostsOf(
  collector: Collector,
  count: number,
  outside: Pick<CollectContext, 'fetcher' | 'clock'>,
) {
  const context = { ...outside, signal: new AbortController().signal };
  for await (const { posts, rejects } of collector.collect(undefined, context)) {
    return { posts: posts.slice(0, count), rejects };
  }
  return { posts: [], rejects: [] };
}
