import { describe, expect, it } from 'vitest';
import { isPattern } from '../../src/lexicon/automaton.js';
import { FORMS, type Form } from '../../src/lexicon/entry.js';
import { type FormTag, surfacesOf } from '../../src/lexicon/morphology.js';

/** Forms that speakers use, with the shape that composition is told. */
const CASES: readonly (readonly [term: string, form: Form, tags: Partial<Record<FormTag, string>>])[] = [
  [
    'usir',
    'verb',
    {
      base: 'usir usirkan usiri usirin usirnya usir-usir',
      active:
        'mengusir mengusirnya mengusirku mengusiri mengusirkan ngusir ngusirin ngeusir mengusir-usir kauusir',
      passive: 'diusir diusirlah diusirin diusirkan diusir-usir diperusir',
      imperative: 'usirlah usirkanlah usir-usirlah',
      'first-person': 'kuusir kuusirkan kuusirmu',
      nominal: 'pengusir pengusiran pengusirannya usiran usir-mengusir',
      other: 'terusir',
    },
  ],
  [
    'bunuh',
    'verb',
    {
      active: 'membunuh membunuhi membunuhmu ngebunuh mbunuh berbunuhan',
      passive: 'dibunuh dibunuhnya',
      'first-person': 'kubunuh kubunuhi',
      nominal: 'pembunuh pembunuhan bunuh-membunuh bunuh-bunuhan pembunuh-pembunuh',
      imperative: 'bunuhlah',
    },
  ],
  [
    'tembak',
    'verb',
    {
      active: 'menembak menembaki nembak nembakin',
      passive: 'ditembak ditembaki',
      nominal: 'penembak penembakan tembakan',
      other: 'tertembak',
    },
  ],
  [
    'kutuk',
    'verb',
    {
      active: 'mengutuk mengutuki ngutuk',
      passive: 'dikutuk',
      nominal: 'pengutuk kutukan',
      other: 'terkutuk',
    },
  ],
  ['sikat', 'verb', { active: 'menyikat nyikat nyikatin', base: 'sikatin', nominal: 'penyikatan' }],
  ['bakar', 'verb', { active: 'membakar membakari ngebakar mbakar', passive: 'dibakar', other: 'terbakar' }],
  [
    'pukul',
    'verb',
    { active: 'memukul memukuli mukul mukulin', passive: 'dipukuli', nominal: 'pemukul pemukulan' },
  ],
  ['cat', 'verb', { active: 'mengecat ngecat', nominal: 'pengecatan' }],
  ['bom', 'verb', { active: 'mengebom membom ngebom', nominal: 'pengeboman pemboman', passive: 'dibom' }],
  ['gas', 'verb', { active: 'mengegas' }],
  ['ganyang', 'verb', { active: 'mengganyang ngeganyang', imperative: 'ganyanglah' }],
  [
    'hina',
    'verb',
    { active: 'menghina menghinakan ngehina', passive: 'dihina', nominal: 'penghina penghinaan hinaan' },
  ],
  [
    'rusak',
    'verb',
    { active: 'merusak merusaki ngerusak berusak', nominal: 'perusak perusakan', other: 'terusak' },
  ],
  ['lempar', 'verb', { active: 'melempar melempari ngelempar', nominal: 'pelempar pelemparan' }],
  ['maki', 'verb', { active: 'memaki ngemaki', base: 'maki-maki', nominal: 'makian pemaki' }],
  [
    'jarah',
    'verb',
    { active: 'menjarah ngejarah njarah', passive: 'dijarah', nominal: 'penjarah penjarahan' },
  ],
  ['caci', 'verb', { active: 'mencaci nyaci', passive: 'dicaci', nominal: 'cacian' }],
  [
    'perkosa',
    'verb',
    { active: 'memperkosa memerkosa merkosa', passive: 'diperkosa', nominal: 'pemerkosa pemerkosaan' },
  ],
  ['kafir', 'verb', { active: 'mengkafirkan mengafirkan', passive: 'dikafirkan' }],
  ['khianat', 'verb', { active: 'mengkhianati', nominal: 'pengkhianat pengkhianatan' }],
  ['kritik', 'verb', { active: 'mengkritik', passive: 'dikritik' }],
  ['stop', 'verb', { active: 'menstop' }],
  [
    'gorok leher',
    'verb',
    {
      base: 'gorok lehernya',
      active: 'menggorok leher ngegorok leher',
      passive: 'digorok leher digorok lehernya',
      'first-person': 'kugorok lehermu',
      imperative: 'goroklah leher',
    },
  ],
  [
    'babi',
    'noun',
    { base: 'babi babinya babimu babilah babi-babi babi-babinya', nominal: 'kebabian', other: 'sebabi' },
  ],
  ['orang kafir', 'noun', { base: 'orang kafir orang-orang kafir orang kafirnya' }],
  [
    'licik',
    'adjective',
    {
      base: 'licik liciknya terlicik selicik licik-licik selicik-liciknya',
      nominal: 'kelicikan kelicikannya',
    },
  ],
  ['papua', 'name', { base: 'papua papuanya papuaku papua-papua', nominal: 'kepapuaan' }],
  ['cina', 'name', { nominal: 'kecinaan kecina-cinaan', base: 'cina-cina' }],
  ['orang papua', 'name', { base: 'orang papua orang-orang papua orang papuanya' }],
  ['numpang hidup', 'phrase', { base: 'numpang hidup numpang hidupnya numpang hiduplah' }],
]; // prettier-ignore

const PIECES = (line: string, term: string): string[] => {
  const size = term.split(' ').length;
  const words = line.split(' ');
  return Array.from({ length: words.length / size }, (_, i) =>
    words.slice(i * size, (i + 1) * size).join(' '),
  );
};

describe('surfacesOf', () => {
  it.each(CASES)('%s as %s', (term, form, expected) => {
    const tags = new Map(surfacesOf(term, form).map((surface) => [surface.text, surface.tag]));
    const wanted = Object.entries(expected).flatMap(([tag, line]) =>
      PIECES(line, term).map((text) => [text, tag]),
    );
    expect(wanted.map(([text]) => [text, tags.get(text!)])).toEqual(wanted);
  });

  it.each([
    ['bakar', 'kebakaran'],
    ['tembak', 'metembak'],
    ['pukul', 'mempuli'],
    ['maki', 'makii'],
    ['caci', 'menyaci'],
  ])('%s gives no %s', (root, wrong) => {
    expect(surfacesOf(root, 'verb').map(({ text }) => text)).not.toContain(wrong);
  });

  it.each(['fixed', 'phrase', 'verb'] as const)(
    'leaves emoji words, hashtags, numbers and compounds alone as %s',
    (form) => {
      for (const term of ['emo_babi', '#usir', '2024', 'cuci-otak', 'a']) {
        expect(surfacesOf(term, form)).toEqual([{ text: term, tag: 'base' }]);
      }
    },
  );

  it('gives each form once, the term first, and only what can be looked for', () => {
    for (const form of FORMS) {
      for (const term of ['usir', 'pukul', 'cat', 'rusak', 'papua', 'orang kafir', 'kurang ajar', 'a b c']) {
        const texts = surfacesOf(term, form).map(({ text }) => text);
        expect(texts[0]).toBe(term);
        expect(new Set(texts).size).toBe(texts.length);
        expect(texts.filter((text) => !isPattern(text))).toEqual([]);
        if (form === 'fixed') expect(texts).toEqual([term]);
      }
    }
  });
});
