import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/classify/seeded-random.js';
import type { Entry } from '../../src/lexicon/entry.js';
import { inventPosts } from '../posts.js';

export interface WrittenSources {
  readonly config: string;
  /** Rows written: posts, repeats of posts and rows that are none. */
  readonly rows: number;
}

/** Rows of these shares are a post of the same source again, and a line that is no post. */
const REPEATED = 0.02;
const BROKEN = 0.0005;
const HOUR_MS = 3_600_000;

/** Writes invented posts as the files of `sources` sources, and the configuration that reads them. */
export function writeSources(
  folder: string,
  options: {
    readonly posts: number;
    readonly sources: number;
    readonly seed: number;
    readonly entries: readonly Entry[];
    /** More of the configuration, as YAML. */
    readonly settings?: string;
  },
): WrittenSources {
  mkdirSync(folder, { recursive: true });
  const random = seededRandom(options.seed + 77);
  const invented = inventPosts(options.posts, options.seed, options.entries);
  const lines: string[][] = Array.from({ length: options.sources }, () => []);
  const begin = Date.UTC(2026, 9, 1);
  let rows = 0;
  for (const [n, { id, text }] of invented.entries()) {
    const own = lines[n % options.sources] as string[];
    const created_at = new Date(begin + Math.floor((n / options.posts) * 48 * HOUR_MS)).toISOString();
    own.push(JSON.stringify({ id, text, created_at, author: `akun-rekaan-${n % 997}` }));
    if (random() < REPEATED) own.push(own[Math.floor(random() * own.length)] as string);
    if (random() < BROKEN) own.push('{"id": "rusak", "text": ');
  }
  const names = lines.map((own, at) => {
    const path = join(folder, `rekaan-${at + 1}.jsonl`);
    writeFileSync(path, `${own.join('\n')}\n`);
    rows += own.length;
    return `  - { name: rekaan-${at + 1}, kind: file, path: ${JSON.stringify(path)} }\n`;
  });
  const config = join(folder, 'ronda.yaml');
  writeFileSync(config, `${options.settings ?? ''}sources:\n${names.join('')}`);
  return { config, rows };
}
