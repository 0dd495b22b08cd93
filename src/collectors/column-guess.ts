import type { RowField } from './row-plan.js';
import { rowTime } from './row-time.js';

/** A sample of a table: its columns (or the keys and paths of JSON), and some rows in their order. */
export interface TableSample {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What people call the columns of each field, Indonesian and English, in lower case without what is no letter or digit. */
const NAMES: Readonly<Partial<Record<RowField, RegExp>>> = {
  id: /^(?:id|no|nomor|nomer|kode|key|uuid|postid|idpost|idunggahan|messageid|itemid|rowid)$/,
  text: /^(?:text|teks|isi|konten|content|body|pesan|message|caption|komentar|comment|unggahan|post|status|keterangan|deskripsi|description|fulltext|isi(?:laporan|pesan|berita|komentar|unggahan|konten|post|teks))$/,
  created_at:
    /^(?:createdat|created|createdtime|createtime|creationtime|date|datetime|tanggal|tgl|waktu|time|timestamp|published|publishedat|posted|postedat|jam|tanggal(?:waktu|post|unggah|posting)|waktu(?:unggah|post|posting))$/,
  author:
    /^(?:author|penulis|akun|username|user|nama|namaakun|namapengguna|pengguna|handle|screenname|pelapor|pengirim|sender|from|account|accountname|authorname)$/,
  author_id: /^(?:authorid|userid|accountid|senderid|idakun|idpengguna|idpenulis|fromid)$/,
  platform:
    /^(?:platform|media|medsos|mediasosial|kanal|channel|situs|site|network|sumber|source|sourcetype)$/,
  url: /^(?:url|link|tautan|permalink|posturl|alamat|uri|href)$/,
  likes: /^(?:likes?|suka|likecount|jumlahsuka|favou?rites?|reactions?|reaksi)$/,
  reposts: /^(?:reposts?|shares?|dibagikan|bagikan|sharecount|jumlahbagikan|reblogs?|forwards?)$/,
  replies:
    /^(?:replies|comments|balasan|replycount|commentcount|commentscount|jumlahkomentar|jumlahbalasan)$/,
  views: /^(?:views?|viewcount|tayangan|dilihat|impressions?|reach|jangkauan|plays?)$/,
};

/** How much a name says against the contents. */
const BY_NAME = 2;
/** Below this nothing is guessed. */
const LEAST = 1.5;

/**
 * Which column says what, guessed from names and contents; each column at most once. A guess: people look at what
 * would come of it before anything is done.
 */
export function guessColumns({ names, rows }: TableSample): Readonly<Partial<Record<RowField, string>>> {
  const columns = names.map((name, index) => ({ name, facts: factsOf(rows.map((row) => row[index])) }));
  const scored = columns.flatMap(({ name, facts }) =>
    (Object.keys(NAMES) as RowField[]).map((field) => ({ field, name, score: scoreOf(field, name, facts) })),
  );
  const guessed: Partial<Record<RowField, string>> = {};
  const taken = new Set<string>();
  for (const { field, name, score } of scored.toSorted((a, b) => b.score - a.score)) {
    if (score < LEAST || guessed[field] !== undefined || taken.has(name) || name === '') continue;
    guessed[field] = name;
    taken.add(name);
  }
  return guessed;
}

interface Facts {
  /** Shares of the values that are there, 0 to 1. */
  readonly times: number;
  readonly urls: number;
  readonly numbers: number;
  readonly distinct: number;
  readonly words: number;
  /** Length in UTF-16 units, on average. */
  readonly length: number;
  /** Share of rows that have a value. */
  readonly filled: number;
}

function factsOf(values: readonly unknown[]): Facts {
  const texts = values
    .filter((value) => value !== undefined && value !== null && value !== '' && typeof value !== 'object')
    .map((value) => String(value).trim());
  const share = (has: (text: string) => boolean): number =>
    texts.length === 0 ? 0 : texts.filter(has).length / texts.length;
  return {
    times: share((text) => !/^\d{1,8}$/.test(text) && rowTime(text, 'Z') !== undefined),
    urls: share((text) => /^https?:\/\/\S+$/i.test(text)),
    numbers: share((text) => /^-?[\d.,]+$/.test(text)),
    distinct: texts.length === 0 ? 0 : new Set(texts).size / texts.length,
    words: share((text) => /\p{L}\S*\s+\S/u.test(text)),
    length: texts.length === 0 ? 0 : texts.reduce((sum, text) => sum + text.length, 0) / texts.length,
    filled: values.length === 0 ? 0 : texts.length / values.length,
  };
}

function scoreOf(field: RowField, name: string, facts: Facts): number {
  const { times, urls, numbers, distinct, words, length, filled } = facts;
  if (filled === 0) return 0;
  const bare = name
    .toLowerCase()
    .replace(/^.*\./, '')
    .replace(/[^a-z0-9]/g, '');
  const named = NAMES[field]?.test(bare) === true ? BY_NAME : 0;
  switch (field) {
    case 'text':
      return urls > 0.5 || times > 0.5 || numbers > 0.5
        ? 0
        : named + 1.5 * words + Math.min(1, length / 80) + 0.3 * distinct;
    case 'created_at':
      return times < 0.5 ? 0 : named + 1.5 * times;
    case 'url':
      return urls < 0.5 ? 0 : named + 1.5 * urls;
    case 'id':
      return named === 0 || distinct < 0.9 || times > 0.8 ? 0 : named + distinct;
    case 'platform':
      return named === 0 || length > 40 || urls > 0.5 ? 0 : named + (1 - distinct);
    case 'author':
    case 'author_id':
      return named === 0 || length > 100 || times > 0.5 || urls > 0.5 ? 0 : named + 0.5 * (1 - words);
    default:
      return numbers < 0.8 ? 0 : named;
  }
}
