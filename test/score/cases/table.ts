/**
 * A table of functional cases: short sentences of one kind, written for this project after the functionalities
 * of hate-speech test suites (expression of hatred, dehumanisation, counter-speech and so on).
 *
 * `{G}` stands for a protected group as a noun phrase, and each sentence is asked about every group; sentences
 * without it are asked once. The hateful tables hold hateful sentences: they exist so that such posts are found.
 */
export interface CaseTable {
  /** Name of the functional kind, kebab-case. */
  readonly kind: string;
  /** True when `flags` must hold hate, sara, threat or incitement; false when it must hold none of them. */
  readonly hateful: boolean;
  readonly sentences: readonly string[];
}

/** The groups put into `{G}`: each ground of the law and of common sense, formal and colloquial names. */
export const GROUPS: readonly string[] = [
  'orang Islam',
  'umat Kristen',
  'orang Katolik',
  'umat Hindu',
  'orang Buddha',
  'penganut Konghucu',
  'jemaah Ahmadiyah',
  'orang Syiah',
  'orang Yahudi',
  'orang Jawa',
  'orang Sunda',
  'orang Cina',
  'orang Tionghoa',
  'orang Papua',
  'orang Batak',
  'orang Madura',
  'orang Dayak',
  'orang Ambon',
  'orang Bugis',
  'orang Arab',
  'perempuan',
  'waria',
  'kaum gay',
  'kaum LGBT',
  'transgender',
  'penyandang disabilitas',
  'orang dengan HIV',
  'pengungsi Rohingya',
  'imigran',
  'orang kulit hitam',
];

/** Replaces the slot by a group's name, with a capital where it opens the sentence. */
export function fill(sentence: string, group: string): string {
  const filled = sentence.replaceAll('{G}', group);
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}

/** All texts of a table: one a sentence and group, or one where the sentence names no slot. */
export function texts(table: CaseTable): { sentence: string; group: string; text: string }[] {
  return table.sentences.flatMap((sentence) =>
    sentence.includes('{G}')
      ? GROUPS.map((group) => ({ sentence, group, text: fill(sentence, group) }))
      : [{ sentence, group: '', text: sentence }],
  );
}
