import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CannotRunError, messageOf } from '../core/errors.js';
import { spanOf } from '../topic/calendar.js';
import type { TopicEntry } from '../topic/topics.js';
import { type WatchTimes, watchFiles } from './file-watch.js';

/** Topics of all lists, at most: each costs a scorer some patterns. */
const MOST_TOPICS = 500;
const MOST_BYTES = 1_000_000;

const text = z.string().trim().min(2).max(200);
const terms = z.array(text).min(1).max(200);
const weight = z.number().min(0).max(1);
const topicSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/, 'lower-case letters, digits and hyphens'),
    name: z.strictObject({ id: text, en: text }),
    from: z.iso.date(),
    to: z.iso.date(),
    unsure: z.string().trim().min(2).max(600).optional(),
    weight: weight.default(0),
    terms,
    exceptions: terms.optional(),
    weigh: z.array(z.strictObject({ terms, weight })).optional(),
    match: z.array(text).min(1),
    noMatch: z.array(text).min(1),
  })
  .refine(({ from, to }) => from <= to, '"to" must not come before "from"');
/** `words` is for lists of terms that several topics share by YAML's anchors. */
const listSchema = z.strictObject({ words: z.unknown().optional(), topics: z.array(topicSchema) });

/**
 * The topics of every `*.yaml` in a folder, in the order of files and rows.
 *
 * @throws CannotRunError `watch` naming file and topic where one does not fit
 */
export function readWatchLists(folder: string): readonly TopicEntry[] {
  const topics = listFiles(folder).flatMap((file) => {
    const read = listSchema.safeParse(readYaml(join(folder, file), file));
    if (!read.success) {
      const [issue] = read.error.issues;
      throw fault(`${file}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    return read.data.topics.map(({ from, to, ...topic }): TopicEntry => {
      // A key whose value is undefined is no key: what remains is the topic as it is typed.
      const plain = JSON.parse(JSON.stringify(topic)) as Omit<TopicEntry, 'days' | 'list' | 'from' | 'to'>;
      const days = { from, to };
      return { ...plain, days, ...spanOf(days), list: file.replace(/\.yaml$/, '') };
    });
  });
  if (topics.length > MOST_TOPICS) throw fault(`${topics.length} topics are more than ${MOST_TOPICS}`);
  return topics;
}

/** The lists as text, with their names: equal texts make equal topics. */
export function watchTexts(folder: string): string[] {
  return listFiles(folder).map((file) => `${file}\n${readFileSync(join(folder, file), 'utf8')}`);
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch (error) {
    throw fault(`the folder ${folder} cannot be read: ${messageOf(error)}`);
  }
}

function readYaml(path: string, file: string): unknown {
  try {
    if (statSync(path).size > MOST_BYTES) throw new Error(`larger than ${MOST_BYTES} bytes`);
    return parse(readFileSync(path, 'utf8'), { maxAliasCount: 1_000 });
  } catch (error) {
    throw fault(`${file}: ${messageOf(error)}`);
  }
}

function fault(what: string): CannotRunError {
  return new CannotRunError(
    'watch',
    `The watch lists cannot be used: ${what}. Correct it; "ronda watch lint" checks them.`,
  );
}

export interface WatchListsOptions extends WatchTimes {
  readonly folder: string;
  /** Puts the new lists in the old ones' place, or throws and leaves the old ones where they are. */
  readonly onChange: (topics: readonly TopicEntry[]) => Promise<void> | void;
  /** Told once of each state of the files that could not be read or that `onChange` refused. */
  readonly onFault: (error: unknown) => void;
}

/** Watches the lists until `signal` is aborted; pass as `since` the {@link watchListsState} from before the first reading. */
export function watchWatchLists(options: WatchListsOptions, since: string): Promise<void> {
  const { folder } = options;
  return watchFiles(
    { ...options, state: () => watchListsState(folder), read: () => readWatchLists(folder) },
    since,
  );
}

/** A hash over names, sizes and times of the lists; `unreadable` where they cannot be listed. */
export function watchListsState(folder: string): string {
  try {
    const hash = createHash('sha256');
    for (const file of listFiles(folder)) {
      const { size, mtimeMs, ino } = statSync(join(folder, file));
      hash.update(`${file}\0${size}\0${mtimeMs}\0${ino}\0`);
    }
    return hash.digest('hex');
  } catch {
    return 'unreadable';
  }
}
