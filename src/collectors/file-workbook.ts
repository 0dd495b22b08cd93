import type { CollectContext, CollectedPage, Cursor } from '../core/collector-ports.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import type { Input } from './file-input.js';
import type { FileOptions } from './file-layout.js';
import { recognised } from './file-rows.js';
import { PageBuilder } from './page.js';
import { type RowContext, rowContext } from './rows.js';
import { MAX_WORKBOOK_BYTES } from './xlsx-limits.js';

type FileSource = SourceSetting<FileOptions>;

/** The pure part for a workbook. */
export async function parseWorkbook(
  source: FileSource,
  payload: Payload,
  context: RowContext,
): Promise<Parsed> {
  const { openSheet } = await import('./xlsx.js');
  const sheet = await openSheet(payload.body, source.options, payload.from);
  const posts: Parsed['posts'][number][] = [];
  const rejects: Parsed['rejects'][number][] = [];
  for (let index = 0; index < sheet.count; index++) {
    const outcome = sheet.read(index, context);
    if (outcome === undefined) continue;
    if ('post' in outcome) posts.push(outcome.post);
    else rejects.push(outcome.reject);
  }
  return { posts, rejects };
}

/**
 * Collects a workbook, resumable at the row. It is saved whole, never added to, so one that was changed is read anew.
 * @throws PermanentError as `openSheet` does
 */
export async function* collectWorkbook(
  source: FileSource,
  input: Input,
  name: string,
  cursor: Cursor | undefined,
  { clock, signal }: Pick<CollectContext, 'clock' | 'signal'>,
): AsyncGenerator<CollectedPage> {
  const { openSheet } = await import('./xlsx.js');
  const body = await whole(input);
  signal.throwIfAborted();
  const sheet = await openSheet(body, source.options, name, (plan) => recognised(source, plan));
  const { rows, sha256 } = cursor ?? {};
  const start = sha256 === sheet.sha256 && typeof rows === 'number' ? rows : 0;
  const page = new PageBuilder();
  const context = rowContext(source, source.options.utc_offset, name, new Date(clock.now()).toISOString());
  const finish = (index: number): CollectedPage => ({
    ...page.take(),
    cursor: { rows: index, sha256: sheet.sha256 },
    progress: sheet.count === 0 ? 1 : index / sheet.count,
  });
  for (let index = start; index < sheet.count; index++) {
    const outcome = sheet.read(index, context);
    if (outcome === undefined) continue;
    if ('post' in outcome) {
      if (page.overflows(outcome.post)) {
        yield finish(index);
        signal.throwIfAborted();
      }
      page.add(outcome.post, outcome.untimed);
    } else {
      if (page.fullOfRejects) yield finish(index);
      page.reject(outcome.reject);
    }
  }
  if (!page.empty) yield finish(sheet.count);
}

/** All bytes, but no more than are read of a workbook and one, so that one that is too large is refused as such. */
export async function whole(input: Pick<Input, 'chunks'>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input.chunks(0)) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > MAX_WORKBOOK_BYTES) break;
  }
  return Buffer.concat(chunks);
}
