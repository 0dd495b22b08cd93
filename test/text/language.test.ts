import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../src/files/model-files.js';
import { createLanguageDetector } from '../../src/text/language.js';
import { createFoldedWords, foldWords } from '../../src/text/language-features.js';
import { readLanguageModel } from '../../src/text/language-model.js';

const root = resolve(import.meta.dirname, '../..');
const file = readModelFile(join(root, 'models/language/model.bin'));
const detector = createLanguageDetector(readLanguageModel(file));
const detect = (original: string) => detector.detect({ original });

describe('the language of a post', () => {
  it.each([
    ['ind', 'Tetangga saya baru pindah rumah kemarin, barangnya banyak sekali'],
    ['ind', 'gue lagi mager bgt nih, ga pengen kemana-mana wkwk'],
    ['ind', 'yg penting udah usaha dulu aja, hasilnya liat nanti'],
    ['ind', '@siapa_saja knp sih kok gak dibales2 chat gue??'],
    ['zsm', 'Awak nak pergi kedai tak petang ni? Kereta saya rosak lagi'],
    ['zsm', 'diorang tak boleh masuk sebab dah lewat sangat'],
    ['jav', 'Aku ora ngerti kenapa dheweke durung teka ing omah'],
    ['sun', 'Abdi mah teu terang iraha anjeunna bade sumping ka dieu'],
    ['min', 'Ambo indak tau jo urang tu, baru sakali basuo di pasa'],
    ['ban', 'Tiang nenten uning napi ane lakar gaena teken ipun di carik'],
    ['mad', 'Sengko’ ta’ oneng oreng jareya dhari ka’dimma ban arapa ma’ neng ka’anto'],
    ['ace', 'Lon hana teupeu pajan jih geujak u gampong nyan'],
    ['bjn', 'Ulun kada tahu jua kanapa inya kada mau datang ka rumah kami'],
    ['bug', 'De’ uisseng magai na de’ na lao ri bolana essoewe'],
    ['bbc', 'Ndang huboto aha alana ndang ro ibana tu jabu nami nantoari'],
    ['nij', 'Yaku jida katawan hapa buhen iye jida dumah akan human ikei'],
    ['eng', 'I have no idea why they have not come to our house yet'],
  ])('%s: %s', (code, text) => {
    expect(detect(text).code).toBe(code);
  });

  it.each([
    ['tha', 'วันนี้อากาศดีมากและฉันอยากไปทะเล'],
    ['zho', '今天天气很好，我们去公园散步吧'],
    ['kor', '오늘 날씨가 정말 좋아서 산책을 했어요'],
    ['ara', 'ذهبت إلى السوق اليوم واشتريت الكثير من الفاكهة'],
    ['deu', 'Ich weiß nicht, wo mein Fahrrad ist, und jetzt komme ich zu spät'],
    ['pol', 'Nie wiem, gdzie zostawiłem swój rower wczoraj wieczorem'],
  ])('franc answers for the rest of the world: %s', (code, text) => {
    expect(detect(text).code).toBe(code);
  });

  it.each(['', '   ', '12345 67', '🙏🙏🙏', '!!!', '@seseorang', 'https://contoh.example/a/b', 'ok'])(
    'says nothing where there is nothing to go by: %j',
    (text) => {
      expect(detect(text)).toEqual({ code: 'und', confidence: 0 });
    },
  );

  it('marks a post in two languages', () => {
    const mixed = detect(
      'Saya sudah menunggu di depan kantor polisi sejak tadi pagi karena mobilnya belum bisa diambil. ' +
        'I have been waiting in front of the police station since this morning for the car.',
    );
    expect([mixed.code, ...(mixed.mixed ?? [])].sort()).toEqual(['eng', 'ind']);
  });

  it('does not mark a post in one language', () => {
    expect(
      detect('Saya sudah menunggu di depan rumah sejak pagi tadi tetapi belum ada yang datang juga').mixed,
    ).toBeUndefined();
  });

  it.each([
    'RT @seseorang: pagi ini jalanan macet banget dari arah pasar https://contoh.example/x',
    'pagi ini jalanan macet banget dari arah pasar\\n\\xf0\\x9f\\x98\\x82 &amp; hujan deras',
    'PAGI INI JALANAN MACET BANGET DARI ARAH PASAR!!!!',
    'pagiii inii jalanannn macettttt bangeeeeet dari arah pasarrrr',
  ])('names, addresses, escapes, capitals and drawn-out letters do not matter: %s', (text) => {
    expect(detect(text).code).toBe('ind');
  });

  it('never throws, says the same twice, and is sure between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const first = detect(text);
        expect(first.confidence).toBeGreaterThanOrEqual(0);
        expect(first.confidence).toBeLessThanOrEqual(1);
        expect(first.code).toMatch(/^[a-z]{3}$/);
        expect(detect(text)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on what was read before', () => {
    const texts = ['kami pulang dulu ya', 'we are going home now', 'aku arep mulih dhisik'];
    const fresh = texts.map((original) =>
      createLanguageDetector(readLanguageModel(file)).detect({ original }),
    );
    for (let i = 0; i < 3_000; i += 1) detect(`kata${i.toString(26)} lain${i.toString(25)}`);
    expect(texts.map(detect)).toEqual(fresh);
  });
});

describe('foldWords', () => {
  const words = (text: string): string[] => {
    const folded = createFoldedWords();
    foldWords(text, folded);
    return Array.from({ length: folded.count }, (_, word) =>
      [...folded.codes.subarray(folded.start[word], folded.end[word])]
        .map((code) => (code === 27 ? "'" : code === 28 ? '2' : String.fromCharCode(96 + code)))
        .join(''),
    );
  };

  it.each([
    ['Pagi-pagi BUTA', ['pagi', 'pagi', 'buta']],
    ['orang2 itu', ['orang2', 'itu']],
    ["tike' na", ["tike'", 'na']],
    ["selesai'", ['selesai']],
    ['é à ñ ø', ['e', 'a', 'n', 'o']],
    ['USER URL kata RT', ['kata']],
    ['a\\nb &lt; c', ['a', 'b', 'c']],
    ['aaaaaah', ['aah']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  const signs = (text: string): number => {
    const folded = createFoldedWords();
    foldWords(text, folded);
    return folded.signs;
  };

  it.each([
    'apa kabar @seseorang',
    'RT kabar baik',
    'kabar dari USER',
    'baca www.contoh.example/x',
    'baca https://contoh.example/x ya',
    'kabar baik #pagi',
    'kabar baik 🙏',
    'kabar baik ☺',
    'kabar baik \\xf0\\x9f',
    'kabar &amp; berita',
    'kabar baiiik',
    'teman2 semua',
    'kabar baik!!',
    'kabar baik..',
    'kabar baik??',
  ])('sees the sign of a post: %s', (text) => {
    expect(signs(text)).toBeGreaterThan(0);
  });

  it.each([
    'Apa kabar? Baik!',
    'Harganya Rp 25.000, naik 2,5 % sejak 2022.',
    'Baca "Kabar Baik" (halaman 2) & ulasannya; lihat C# dan F#.',
    "Sengko' ta' oneng",
    'Tunggu… sebentar – nanti',
    'ini orang 2 kali',
  ])('sees none in prose: %s', (text) => {
    expect(signs(text)).toBe(0);
  });

  it('reads no more of a long text than it needs', () => {
    const folded = createFoldedWords();
    foldWords('panjang '.repeat(10_000), folded);
    expect(folded.latin).toBe(300);
    foldWords('x'.repeat(10_000), folded);
    expect(folded.count).toBe(1);
  });
});

const withCommon = (common: unknown) => ({ ...file, header: { ...file.header, common } });

describe('a language model file', () => {
  it.each([
    ['of another kind', { ...file, kind: 'classifier' as const }],
    ['cut short', { ...file, weights: file.weights.subarray(1) }],
    ['without languages', { ...file, header: { ...file.header, languages: [] } }],
    ['with a step of 0', { ...file, header: { ...file.header, step: 0 } }],
    ['with too few biases', { ...file, header: { ...file.header, bias: [1] } }],
    ['with an unknown common language', withCommon({ languages: ['xzz'], inPosts: 1, telling: 0 })],
    ['with no common language', withCommon({ languages: [], inPosts: 1, telling: 0 })],
    ['that does not say how much a telling word counts', withCommon({ languages: ['ind'], inPosts: 1 })],
  ])('%s is refused', (_, broken) => {
    expect(() => readLanguageModel(broken)).toThrow(expect.objectContaining({ kind: 'bad-model' }));
  });
});

const data = resolve(root, '../shared/data');
const rows = (name: string): { text: string; lang?: string }[] =>
  readFileSync(join(data, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; lang?: string });

// The model was trained on these rows: the floors guard the way it is read, they are no held-out figures.
describe.skipIf(!existsSync(data))('the visible corpora (skipped where ../shared/data is missing)', () => {
  const share = (texts: readonly { text: string; lang?: string }[], lang?: string): number =>
    texts.filter((row) => detect(row.text).code === (lang ?? row.lang)).length / texts.length;

  it.each([
    ['languages.jsonl', undefined, 0.99],
    ['tweets-labelled.jsonl', 'ind', 0.97],
    ['everyday-talk.jsonl', 'ind', 0.975],
    ['malay-tweets.jsonl', 'zsm', 0.85],
  ])('%s', (name, lang, floor) => {
    expect(share(rows(name), lang)).toBeGreaterThanOrEqual(floor);
  });
});
