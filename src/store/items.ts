import { type Assessment, type Category, LEVELS } from '../core/assessment.js';
import type { ScoredPost } from '../core/batch.js';
import type { Post } from '../core/post.js';
import { fromText } from '../core/region.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import { priorityOf } from '../triage/priority.js';
import { createFindingRows } from './finding-rows.js';
import { linkKey } from './link-key.js';
import { holdsAccount, standInId } from './post-id.js';
import type { Sealer } from './seal.js';
import { authorText } from './seen.js';
import type { Db } from './sqlite.js';

/** Bit of a category in items.flags; the schema has an index for each, so a new one needs a migration. */
export const CATEGORY_BIT: Readonly<Record<Category, number>> = {
  hate: 1,
  sara: 2,
  incitement: 4,
  threat: 8,
  hoax: 16,
  abusive: 32,
};

/** What of a landed post is sealed; read only by those who have the right and give a reason. */
export interface SealedFacts {
  /** The post's real id. */
  readonly id: string;
  readonly url?: string;
  readonly author?: NonNullable<Post['author']>;
  readonly record?: NonNullable<Post['record']>;
  /** Where the post was withdrawn at its place after the item became a case: what is no longer shown. */
  readonly withdrawn?: WithdrawnText;
}

/** The text of a withdrawn post and what of its findings quotes it. */
export interface WithdrawnText {
  readonly text: string;
  readonly findings: readonly {
    readonly ordinal: number;
    readonly start: number;
    readonly end: number;
    readonly params: Readonly<Record<string, string>>;
  }[];
}

/** What putting a post came to: a new item, a further revision of one, or nothing new. */
export type Put = { readonly kind: 'new' | 'revision'; readonly number: number } | { readonly kind: 'known' };

/** The lander's side of items; callers hold the transaction. */
export interface ItemWriter {
  /** @param wording as store/copies.ts knows its text */
  put(scored: ScoredPost, run: string, now: number, wording?: Buffer): Put;
  /** True where an item has this post. */
  has(id: string): boolean;
  /** The sealed facts of the revision that an item shows. */
  sealed(number: number): SealedFacts | undefined;
  /** Gives items the speed of their narrative, 0..1, and the priority that follows from it. */
  setSpeed(numbers: readonly number[], speed: number): void;
}

interface ShownRow {
  readonly number: number;
  readonly shown: number;
  readonly collected_at: string;
  readonly revision: string;
  readonly speed: number;
  readonly stage: string;
}

interface OrderRow {
  readonly level: number;
  readonly score: number;
  readonly watched: number;
  readonly reach: string | null;
  readonly created_at: string | null;
  readonly landed_at: number;
}

/** Columns that follow from the shown revision, written alike with a new item and with a later revision. */
const SHOWN = [
  'author_hash',
  'source',
  'level',
  'flags',
  'score',
  'language',
  'region',
  'watched',
  'priority',
] as const;

export function createItemWriter(db: Db, sealer: Sealer): ItemWriter {
  const find = db.prepare<[Buffer], ShownRow>(
    `SELECT i.number, i.shown, i.speed, i.stage, p.collected_at, p.revision FROM items i JOIN posts p ON p.id = i.shown
     WHERE i.id_hash = ?`,
  );
  const hasRevision = db
    .prepare<[number, string], number>('SELECT 1 FROM posts WHERE item = ? AND revision = ?')
    .pluck();
  const insertItem = db.prepare(
    `INSERT INTO items
       (${SHOWN.join(', ')}, shown, id_hash, post_id, run, landed_at)
     VALUES (${SHOWN.map(() => '?').join(', ')}, ?, ?, ?, ?, ?)`,
  );
  /** Item and post name each other: known beforehand, the post's id is written with the item, and the item once. */
  const nextPost = db.prepare<[], number>('SELECT coalesce(max(id), 0) + 1 FROM posts').pluck();
  const addRevision = db.prepare('UPDATE items SET revisions = revisions + 1 WHERE number = ?');
  const showRevision = db.prepare(
    `UPDATE items SET revisions = revisions + 1, ${SHOWN.map((column) => `${column} = ?`).join(', ')}, shown = ?
     WHERE number = ?`,
  );
  const reopen = db.prepare(
    `INSERT INTO review_events (item, at, actor, kind, state, stage, details)
     VALUES (?, ?, ?, 'returned', 'open', 'new', '{"kind":"returned"}')`,
  );
  const order = db.prepare<[number], OrderRow>(
    `SELECT i.level, i.score, i.watched, p.reach, p.created_at, i.landed_at FROM items i JOIN posts p ON p.id = i.shown
     WHERE i.number = ?`,
  );
  const setOrder = db.prepare('UPDATE items SET speed = ?, priority = ? WHERE number = ?');
  const setSpeed = db.transaction((numbers: readonly number[], speed: number): void => {
    for (const number of numbers) {
      const row = order.get(number);
      if (row === undefined) continue;
      const { level, score, watched, reach, created_at, landed_at } = row;
      const priority = priorityOf({
        level: LEVELS[level] ?? 'none',
        confidence: score,
        speed,
        watched,
        at: postedAt(created_at ?? undefined, landed_at),
        ...(reach === null ? {} : { reach: JSON.parse(reach) as NonNullable<Post['reach']> }),
      });
      setOrder.run(speed, priority, number);
    }
  });
  const insertPost = db.prepare(
    `INSERT INTO posts (id, item, revision, source, platform, text, created_at, collected_at, region, reach, assessment,
       landed_at, link_hash, wording)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertFindings = createFindingRows(db);
  const insertSealed = db.prepare('INSERT INTO sealed (post, box) VALUES (?, ?)');
  const selectSealed = db.prepare<[number], { box: Buffer; post: number; id_hash: Buffer }>(
    `SELECT s.box, s.post, i.id_hash FROM items i JOIN sealed s ON s.post = i.shown WHERE i.number = ?`,
  );

  /** @param given the id that it is to have; undefined where the next will do */
  const putRevision = (
    given: number | undefined,
    number: number,
    { post, assessment }: ScoredPost,
    idHash: Buffer,
    now: number,
    wording: Buffer | undefined,
  ): number => {
    const { findings, ...rest } = assessment;
    const id = Number(
      insertPost.run(
        given ?? null,
        number,
        post.revision,
        post.source,
        post.platform,
        post.text,
        post.createdAt ?? null,
        post.collectedAt,
        post.region ?? null,
        post.reach === undefined ? null : JSON.stringify(post.reach),
        JSON.stringify(rest),
        now,
        linkHashOf(sealer, post.url),
        wording ?? null,
      ).lastInsertRowid,
    );
    insertFindings(id, findings);
    const { url, author, record } = post;
    const facts = JSON.stringify({ id: post.id, url, author, record });
    insertSealed.run(id, sealer.seal(facts, contextOf(id, idHash)));
    return id;
  };

  return {
    put(scored, run, now, wording) {
      const { post, assessment, watch = 0 } = scored;
      const idHash = sealer.digest(`id\n${post.id}`);
      const authorId = post.author?.id;
      const authorHash = authorId === undefined ? null : sealer.digest(authorText(post.id, authorId));
      const known = find.get(idHash);
      const priority = priorityOf({
        level: assessment.level,
        confidence: assessment.score,
        speed: known?.speed ?? 0,
        watched: watch,
        at: postedAt(post.createdAt, now),
        ...(post.reach === undefined ? {} : { reach: post.reach }),
      });
      // In the order of SHOWN.
      const facts = [
        authorHash,
        post.source,
        LEVELS.indexOf(assessment.level),
        flagBits(assessment),
        assessment.score,
        assessment.language.code,
        carriedRegion(scored) ?? null,
        watch,
        priority,
      ];
      if (known === undefined) {
        const shownId = holdsAccount(post) ? standInId(post.id, idHash) : post.id;
        const shown = nextPost.get()!;
        const item = insertItem.run(...facts, shown, idHash, shownId, run, now);
        const number = Number(item.lastInsertRowid);
        putRevision(shown, number, scored, idHash, now, wording);
        return { kind: 'new', number };
      }
      const { number } = known;
      if (hasRevision.get(number, post.revision) !== undefined) return { kind: 'known' };
      const id = putRevision(undefined, number, scored, idHash, now, wording);
      if (isLater(post, known)) {
        showRevision.run(...facts, id, number);
        // It was closed for its withdrawal alone, and its place shows it again.
        if (known.stage === 'withdrawn') reopen.run(number, new Date(now).toISOString(), SYSTEM_ACTOR);
      } else addRevision.run(number);
      return { kind: 'revision', number };
    },
    has: (id) => find.get(sealer.digest(`id\n${id}`)) !== undefined,
    setSpeed: (numbers, speed) => setSpeed.immediate(numbers, speed),
    sealed(number) {
      const row = selectSealed.get(number);
      if (row === undefined) return undefined;
      return JSON.parse(sealer.open(row.box, contextOf(row.post, row.id_hash))) as SealedFacts;
    },
  };
}

/** The region that an item is to carry: its source's, else the one that its text names; undefined where neither tells. */
export function carriedRegion({
  post,
  observation,
}: Pick<ScoredPost, 'post' | 'observation'>): string | undefined {
  if (post.region !== undefined) return post.region;
  return observation?.region === undefined ? undefined : fromText(observation.region);
}

/** When it was posted; a place whose clock runs ahead gains nothing by it. */
function postedAt(createdAt: string | undefined, landedAt: number): number {
  const at = createdAt === undefined ? Number.NaN : Date.parse(createdAt);
  return Number.isNaN(at) ? landedAt : Math.min(at, landedAt);
}

/** The shown revision is the one collected last, whatever the order in which batches land. */
function isLater(post: Post, shown: ShownRow): boolean {
  if (post.collectedAt !== shown.collected_at) return post.collectedAt > shown.collected_at;
  return post.revision > shown.revision;
}

/** The keyed hash by which a post's link is known; empty where it has none that can be known again. */
export function linkHashOf(sealer: Pick<Sealer, 'digest'>, url: string | undefined): Buffer {
  const key = url === undefined ? undefined : linkKey(url);
  return key === undefined ? Buffer.alloc(0) : sealer.digest(`link\n${key}`);
}

/** A box opens only in its own place: moved to another post it is refused. */
export function contextOf(post: number, idHash: Buffer): string {
  return `post ${post} ${idHash.toString('hex')}`;
}

/** Flags as the bits of items.flags. */
export function flagBits(assessment: Pick<Assessment, 'flags'>): number {
  let bits = 0;
  for (const flag of assessment.flags) bits |= CATEGORY_BIT[flag];
  return bits;
}
