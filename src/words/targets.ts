/** Whom a text is about, as people say it: the lexicon's ids (`religion:kristen`) with their ground in words. */

const en: Readonly<Record<string, string>> = {
  religion: 'religion or belief',
  ethnicity: 'ethnicity',
  nationality: 'nationality',
  race: 'race',
  region: 'region',
  'inter-group': 'social group',
  gender: 'gender',
  orientation: 'orientation',
  disability: 'disability',
  health: 'health',
  age: 'age',
  camp: 'political camp',
  institution: 'institution',
};

const id: typeof en = {
  religion: 'agama atau kepercayaan',
  ethnicity: 'suku',
  nationality: 'kebangsaan',
  race: 'ras',
  region: 'daerah',
  'inter-group': 'golongan',
  gender: 'gender',
  orientation: 'orientasi',
  disability: 'disabilitas',
  health: 'kesehatan',
  age: 'usia',
  camp: 'kubu politik',
  institution: 'lembaga',
};

/**
 * The target of an assessment by name, e.g. `ahmadiyah (agama atau kepercayaan)`; the names are the lexicon's own,
 * Indonesian in both languages. An id of a ground that is not known is given as it is.
 */
export function targetText(target: string, language: 'id' | 'en'): string {
  const [ground = '', name = ''] = target.split(':', 2);
  const said = (language === 'id' ? id : en)[ground];
  return said === undefined || name === '' ? target : `${name.replaceAll('-', ' ')} (${said})`;
}

/**
 * The id that a person means who chose or typed a target: an id, what {@link targetText} makes of one, or the name alone of
 * one of `known`. What is none of these comes back as it was typed.
 */
export function targetId(typed: string, known: readonly string[]): string {
  const said = typed.trim().toLowerCase();
  const named = /^(.+) \((.+)\)$/.exec(said);
  const ground = NAMED_GROUNDS.find((each) => named?.[2] === id[each] || named?.[2] === en[each]);
  if (ground !== undefined) return `${ground}:${slug(named?.[1] ?? '')}`;
  if (said.includes(':')) return said;
  return known.find((each) => each.split(':', 2)[1] === slug(said)) ?? typed;
}

function slug(name: string): string {
  return name.trim().replaceAll(' ', '-');
}

/** Every ground that has a name in words. */
export const NAMED_GROUNDS: readonly string[] = Object.keys(id);
