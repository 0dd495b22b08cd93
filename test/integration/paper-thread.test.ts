import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createPaperThread, paperOf } from '../../src/compose-paper.js';
import { contentOf } from '../support/packet.js';

/** Summaries in a thread of the built desk. */

const ENTRY = join(import.meta.dirname, '../../dist/workers/case-paper.js');

it.runIf(existsSync(ENTRY))('is the same paper as made here, one after the other', async () => {
  const paper = createPaperThread(pathToFileURL(ENTRY));
  const content = contentOf();
  const [one, two] = await Promise.all([paper(content), paper(contentOf({ item: 18 }))]);
  expect(Buffer.from(one).equals(Buffer.from(await paperOf(content)))).toBe(true);
  expect(Buffer.from(two).equals(Buffer.from(one))).toBe(false);
});

it('tells of a thread that cannot be, and goes on', async () => {
  const paper = createPaperThread(new URL('data:text/javascript,throw new Error("rusak")'));
  await expect(paper(contentOf())).rejects.toThrow(/could not be made: .*rusak/);
  await expect(paper(contentOf())).rejects.toMatchObject({ kind: 'paper-failed' });
});
