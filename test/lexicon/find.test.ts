import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lexicon/compile.js';
import type { Entry } from '../../src/lexicon/entry.js';
import { find } from '../../src/lexicon/find.js';
import { surfacesOf } from '../../src/lexicon/morphology.js';
import { normalise } from '../../src/text/normalise.js';

type Given = Partial<Entry> & Pick<Entry, 'term'>;

function entry(given: Given): Entry {
  return {
    id: given.term.replaceAll(/[^a-z0-9]+/g, '-'),
    kind: 'insult',
    form: 'fixed',
    weight: 0.5,
    from: 'usage',
    ...given,
  };
}

/** Canonical text of the hits as `id=text`, in the order in which find gives them. */
function hits(entries: readonly Given[], text: string): string[] {
  const n = normalise(text);
  return find(compileLexicon(entries.map(entry)), n).map(
    (hit) => `${hit.entry.id}=${n.text.slice(hit.start, hit.end)}`,
  );
}

const ANJING = {
  term: 'anjing',
  form: 'noun',
  exceptions: ['anjing pelacak', 'adopsi anjing', 'anjingku'],
} as const;
const SERANG = { term: 'serang', kind: 'hostile-predicate', form: 'verb' } as const;

const CASES: readonly { name: string; entries: readonly Given[]; text: string; hits: readonly string[] }[] = [
  { name: 'no entries', entries: [], text: 'apa saja', hits: [] },
  {
    name: 'a term and its case',
    entries: [{ term: 'goblok' }],
    text: 'Dasar GOBLOK!',
    hits: ['goblok=goblok'],
  },
  { name: 'not inside a word', entries: [{ term: 'asu' }], text: 'masuk kasur asuransi', hits: [] },
  {
    name: 'a generated form',
    entries: [SERANG],
    text: 'kami diserang, mereka menyerang',
    hits: ['serang=diserang', 'serang=menyerang'],
  },
  {
    name: 'a variant and its forms',
    entries: [{ term: 'anjing', variants: ['asu'], form: 'noun' }],
    text: 'asunya siapa',
    hits: ['anjing=asunya'],
  },
  { name: 'after a hash', entries: [{ term: 'usir' }], text: '#usir mereka', hits: ['usir=usir'] },
  {
    name: 'within quotation marks',
    entries: [{ term: 'usir' }],
    text: '"usir" (usir)',
    hits: ['usir=usir', 'usir=usir'],
  },
  {
    name: 'a reduplication is one hit',
    entries: [{ term: 'babi', form: 'noun' }],
    text: 'babi-babi itu',
    hits: ['babi=babi-babi'],
  },
  {
    name: 'half of a reduplication is none',
    entries: [{ term: 'laki' }],
    text: 'laki-laki itu laki',
    hits: ['laki=laki'],
  },
  {
    name: 'half of a reduplication with a suffix is none',
    entries: [{ term: 'orang' }],
    text: 'orang-orangan sawah',
    hits: [],
  },
  {
    name: 'a compound with a hyphen is parted',
    entries: [{ term: 'cina' }],
    text: 'anti-cina',
    hits: ['cina=cina'],
  },
  {
    name: 'longest of one start',
    entries: [{ term: 'otak' }, { term: 'otak udang' }],
    text: 'otak udang',
    hits: ['otak-udang=otak udang'],
  },
  {
    name: 'leftmost before longest',
    entries: [{ term: 'meja batu' }, { term: 'batu kali besar' }],
    text: 'meja batu kali besar',
    hits: ['meja-batu=meja batu'],
  },
  {
    name: 'what the leftmost leaves free',
    entries: [{ term: 'meja batu' }, { term: 'batu kali' }, { term: 'kali besar' }],
    text: 'meja batu kali besar',
    hits: ['meja-batu=meja batu', 'kali-besar=kali besar'],
  },
  {
    name: 'overlap of two kinds is kept',
    entries: [{ term: 'babi cina', kind: 'slur' }, { term: 'babi' }, { term: 'cina', kind: 'group' }],
    text: 'babi cina',
    hits: ['babi-cina=babi cina', 'babi=babi', 'cina=cina'],
  },
  {
    name: 'two entries of one span',
    entries: [
      { term: 'bali', kind: 'group' },
      { id: 'x-bali', term: 'bali', kind: 'group' },
    ],
    text: 'bali',
    hits: ['bali=bali', 'x-bali=bali'],
  },
  {
    name: 'an exception around it',
    entries: [ANJING],
    text: 'anjing pelacak dan anjing',
    hits: ['anjing=anjing'],
  },
  { name: 'an exception before it', entries: [ANJING], text: 'mau adopsi anjing', hits: [] },
  {
    name: 'an exception for one form',
    entries: [ANJING],
    text: 'anjingku lucu, anjingmu tidak',
    hits: ['anjing=anjingmu'],
  },
  {
    name: 'an exception inflects with its term',
    entries: [ANJING],
    text: 'anjing-anjing pelacak dan anjing pelacaknya',
    hits: [],
  },
  {
    name: 'an exception does not reach over punctuation',
    entries: [ANJING],
    text: 'anjing, pelacak',
    hits: ['anjing=anjing'],
  },
  {
    name: "another entry's exception is no matter",
    entries: [ANJING, { id: 'x-anjing', term: 'anjing', kind: 'profanity' }],
    text: 'anjing pelacak',
    hits: ['x-anjing=anjing'],
  },
  {
    name: 'an exception of one term is none of another',
    entries: [{ term: 'papua', variants: ['orang papua'], exceptions: ['papua barat'] }],
    text: 'papua barat, orang papua barat',
    hits: ['papua=orang papua'],
  },
  {
    name: 'an exception with a word on either side',
    entries: [{ term: 'babi', exceptions: ['kandang babi guling', 'se-babi'] }],
    text: 'kandang babi guling, babi guling, kandang babi, se-babi',
    hits: ['babi=babi', 'babi=babi'],
  },
  {
    name: 'an exception with a clitic on its last word',
    entries: [ANJING],
    text: 'anjing pelacaknya, anjing pelacakan',
    hits: ['anjing=anjing'],
  },
  {
    name: 'an exception before a longer word does not hold',
    entries: [ANJING],
    text: 'mengadopsi anjing',
    hits: ['anjing=anjing'],
  },
  {
    name: 'a reduplication as an exception leaves the bare term',
    entries: [{ term: 'gatal', form: 'adjective', exceptions: ['gatal-gatal'] }],
    text: 'gatal-gatal kulitku, gatal dia',
    hits: ['gatal=gatal'],
  },
  {
    name: 'an emoji as a variant',
    entries: [{ term: 'babi', form: 'noun', variants: ['🐷'] }],
    text: 'dasar 🐷!',
    hits: ['babi=emo_babi'],
  },
  {
    name: 'spelling games',
    entries: [{ term: 'kafir' }],
    text: 'K4f1r, kaaaafir, k.a.f.i.r',
    hits: ['kafir=kafir', 'kafir=kafir', 'kafir=kafir'],
  },
  {
    name: 'an exception that only overlaps does not count',
    entries: [{ term: 'dasar anjing', exceptions: ['anjing pelacak'] }],
    text: 'dasar anjing pelacak',
    hits: ['dasar-anjing=dasar anjing'],
  },
  {
    name: 'a shorter entry stands in where the longer is excepted',
    entries: [{ term: 'otak' }, { term: 'otak udang', exceptions: ['sup otak udang'] }],
    text: 'sup otak udang',
    hits: ['otak=otak'],
  },
  {
    name: 'harmless covers all kinds',
    entries: [SERANG, { term: 'kota serang', kind: 'harmless' }],
    text: 'kota serang menyerang',
    hits: ['kota-serang=kota serang', 'serang=menyerang'],
  },
  {
    name: 'harmless that is excepted covers nothing',
    entries: [SERANG, { term: 'kota serang', kind: 'harmless', exceptions: ['bakar kota serang'] }],
    text: 'bakar kota serang',
    hits: ['serang=serang'],
  },
  {
    name: 'harmless by a needed word',
    entries: [SERANG, { id: 'h-serang', term: 'serang', kind: 'harmless', needs: ['banten'] }],
    text: 'Serang, Banten. Serang mereka!',
    hits: ['h-serang=serang', 'serang=serang'],
  },
  {
    name: 'a needed word before',
    entries: [{ term: 'potong', needs: ['leher'] }],
    text: 'lehernya akan kami potong',
    hits: ['potong=potong'],
  },
  {
    name: 'a needed word after',
    entries: [{ term: 'potong', needs: ['leher', 'kepala'] }],
    text: 'potong saja, biar kepala lepas',
    hits: ['potong=potong'],
  },
  {
    name: 'no needed word',
    entries: [{ term: 'potong', needs: ['leher'] }],
    text: 'potong kuenya',
    hits: [],
  },
  {
    name: 'a needed word in another sentence',
    entries: [{ term: 'potong', needs: ['leher'] }],
    text: 'potong kuenya. leher pegal',
    hits: [],
  },
  {
    name: 'a full stop in a number ends no sentence',
    entries: [{ term: 'potong', needs: ['leher'] }],
    text: 'potong 1.000 leher',
    hits: ['potong=potong'],
  },
  {
    name: 'a needed word must stand outside the hit',
    entries: [{ term: 'kota serang', needs: ['serang'] }],
    text: 'kota serang',
    hits: [],
  },
  {
    name: 'a needed word outside and inside',
    entries: [{ term: 'kota serang', needs: ['serang'] }],
    text: 'serang kota serang',
    hits: ['kota-serang=kota serang'],
  },
  {
    name: 'a gap of no word',
    entries: [{ term: 'bakar .. hidup-hidup' }],
    text: 'bakar hidup-hidup',
    hits: ['bakar-hidup-hidup=bakar hidup-hidup'],
  },
  {
    name: 'a gap of three words',
    entries: [{ term: 'bakar .. hidup-hidup', form: 'verb' }],
    text: 'dibakar oleh orang itu hidup-hidup',
    hits: ['bakar-hidup-hidup=dibakar oleh orang itu hidup-hidup'],
  },
  {
    name: 'a gap of four words',
    entries: [{ term: 'bakar .. hidup-hidup' }],
    text: 'bakar semua orang di sana hidup-hidup',
    hits: [],
  },
  {
    name: 'no gap over punctuation',
    entries: [{ term: 'bakar .. hidup-hidup' }],
    text: 'bakar, hidup-hidup',
    hits: [],
  },
  {
    name: 'the nearest beginning',
    entries: [{ term: 'bakar .. mati' }],
    text: 'bakar bakar itu mati',
    hits: ['bakar-mati=bakar itu mati'],
  },
  {
    name: 'two gaps',
    entries: [{ term: 'kalau .. kita .. habisi' }],
    text: 'kalau perlu kita semua habisi',
    hits: ['kalau-kita-habisi=kalau perlu kita semua habisi'],
  },
  { name: 'parts out of order', entries: [{ term: 'bakar .. mati' }], text: 'mati bakar', hits: [] },
  {
    name: 'a part alone',
    entries: [{ term: 'bakar .. mati' }, { term: 'mati', kind: 'wish-of-harm' }],
    text: 'mati saja',
    hits: ['mati=mati'],
  },
]; // prettier-ignore

describe('find', () => {
  it.each(CASES)('$name', ({ entries, text, hits: expected }) => {
    expect(hits(entries, text)).toEqual(expected);
    // What is found does not depend on the order of the entries, save among hits of one span.
    expect(hits([...entries].reverse(), text).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['usir', 'verb'],
    ['bunuh', 'verb'],
    ['ganggu', 'verb'],
    ['babi', 'noun'],
    ['licik', 'adjective'],
    ['papua', 'name'],
  ] as const)('finds every form of %s as it is written in a post', (term, form) => {
    const lexicon = compileLexicon([entry({ term, form })]);
    const missed = surfacesOf(term, form).filter(
      ({ text }) => find(lexicon, normalise(`Lalu ${text}!`)).length === 0,
    );
    expect(missed.map(({ text }) => text)).toEqual([]);
  });

  it('tells the shape of the form found', () => {
    const n = normalise('usirlah, diusir, mengusir, kubunuh, pengusiran, usir');
    const found = find(compileLexicon([entry({ term: 'usir', variants: ['bunuh'], form: 'verb' })]), n);
    expect(found.map((hit) => hit.form)).toEqual([
      'imperative',
      'passive',
      'active',
      'first-person',
      'nominal',
      'base',
    ]);
  });

  it('sorts by start, then longest first, and keeps hits of one kind apart', () => {
    const kinds = ['insult', 'slur', 'group'] as const;
    const word = fc.constantFrom('meja', 'batu', 'kali', 'besar');
    const term = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const entries = fc.uniqueArray(
      fc.record({ term, kind: fc.constantFrom(...kinds), exception: fc.option(term) }),
      {
        maxLength: 12,
        selector: ({ term, kind }) => `${term} ${kind}`,
      },
    );
    fc.assert(
      fc.property(
        entries,
        fc.array(fc.oneof(word, fc.constantFrom(', ', '. ', '-')), { maxLength: 40 }),
        (given, words) => {
          const lexicon = compileLexicon(
            given.map(({ term, kind, exception }, index) =>
              entry({
                id: `e-${index}`,
                term,
                kind,
                ...(exception === null ? {} : { exceptions: [exception] }),
              }),
            ),
          );
          const n = normalise(words.join(' '));
          const found = find(lexicon, n);
          for (const [i, hit] of found.entries()) {
            expect(n.text.slice(hit.start, hit.end)).toBe(hit.entry.term);
            expect(lexicon.entries[hit.index]).toBe(hit.entry);
            const next = found[i + 1];
            if (next !== undefined)
              expect(next.start > hit.start || (next.start === hit.start && next.end <= hit.end)).toBe(true);
            for (const other of found.slice(i + 1)) {
              if (other.entry.kind !== hit.entry.kind) continue;
              expect(other.start >= hit.end || (other.start === hit.start && other.end === hit.end)).toBe(
                true,
              );
            }
          }
        },
      ),
    );
  });

  it('gives the same answer again', () => {
    const lexicon = compileLexicon([entry(ANJING), entry({ term: 'bakar .. mati' })]);
    const n = normalise('bakar anjing itu sampai mati, anjing pelacak');
    const first = find(lexicon, n);
    find(lexicon, normalise('bakar '.repeat(500)));
    expect(find(lexicon, n)).toEqual(first);
  });
});

describe('compileLexicon', () => {
  it('gives equal entries in any order one version, and another to any change of what is found', () => {
    const a = entry({ term: 'usir', form: 'verb' });
    const b = entry({ term: 'babi', form: 'noun' });
    const version = compileLexicon([a, b]).version;
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    expect(compileLexicon([b, a]).version).toBe(version);
    expect(compileLexicon([{ ...a, note: 'why' }, b]).version).toBe(version);
    const changes: Partial<Entry>[] = [
      { term: 'bakar' },
      { weight: 0.6 },
      { form: 'fixed' },
      { kind: 'threat' },
      { variants: ['depak'] },
      { exceptions: ['usir nyamuk'] },
      { needs: ['dia'] },
    ];
    const versions = changes.map((change) => compileLexicon([{ ...a, ...change }, b]).version);
    expect(new Set([version, compileLexicon([a]).version, ...versions]).size).toBe(changes.length + 2);
  });

  it.each([
    { term: '!!!' },
    { term: 'usir', variants: ['...'] },
    { term: 'usir', needs: [','] },
    { term: 'usir', exceptions: ['usir, dia'] },
  ])('refuses %j, of which nothing can be looked for', (given) => {
    expect(() => compileLexicon([entry(given)])).toThrow(expect.objectContaining({ kind: 'lexicon-term' }));
  });
});
