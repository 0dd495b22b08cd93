import type { Form } from './entry.js';

/**
 * The shape of a found form, for composition: who acts upon whom.
 * - `base`: as listed, or with an object suffix, a possessive or a mere emphasis (`usir`, `usirkan`, `babinya`);
 *   a bare verb is an imperative or follows its agent (`kami usir`);
 * - `active`: meN-, informal nge-/ng-/ny-/n-/m-, ber-, memper-, kau- (`mengusir`, `ngusir`);
 * - `passive`: di-, diper- (`diusir`);
 * - `imperative`: -lah on a verb (`usirlah`);
 * - `first-person`: ku- (`kubunuh`);
 * - `nominal`: peN-, peN-...-an, per-...-an, -an, ke-...-an (`pembunuh`, `pengusiran`, `kelicikan`);
 * - `other`: ter- of a verb, which happens and is not done (`terbakar`), se- of a noun.
 */
export type FormTag = 'base' | 'active' | 'passive' | 'imperative' | 'first-person' | 'nominal' | 'other';

/** A form of a term as it stands in canonical text. */
export interface Surface {
  readonly text: string;
  readonly tag: FormTag;
}

/** Raised when the forms of a term change, so that versions of lexicons change with it. */
export const MORPHOLOGY_REVISION = 1;

/** A part of a term standing for up to three words of the same clause: `bakar .. hidup-hidup`. */
export const GAP = ' .. ';

type Add = (text: string, tag: FormTag) => void;

/**
 * Every form of a canonical `term` (lower-case words joined by single spaces), the term itself first, each once.
 * In a phrase a verb or noun inflects its first word and takes clitics on its last.
 */
export function surfacesOf(term: string, form: Form): Surface[] {
  const tags = new Map<string, FormTag>();
  const add: Add = (text, tag) => {
    if (!tags.has(text)) tags.set(text, tag);
  };
  add(term, 'base');
  // Emoji words, hashtags, numbers and compounds with a hyphen do not inflect.
  const inflects = /^[a-z]{2,}(?: [a-z0-9-]+)*$/.test(term);
  if (inflects) inflect(term, form, add);
  return Array.from(tags, ([text, tag]) => ({ text, tag }));
}

function inflect(term: string, form: Form, add: Add): void {
  const space = term.indexOf(' ');
  const head = space < 0 ? term : term.slice(0, space);
  const rest = space < 0 ? '' : term.slice(space);
  switch (form) {
    case 'verb':
      if (rest === '') verb(head, add);
      else verbPhrase(head, rest, add);
      return;
    case 'noun':
      withClitics(term, add);
      withClitics(`${head}-${head}${rest}`, add);
      if (rest === '') {
        add(`se${head}`, 'other');
        nominalise(head, add);
      }
      return;
    case 'name':
      withClitics(term, add);
      if (rest === '') {
        withClitics(`${head}-${head}`, add);
        nominalise(head, add);
        add(`ke${head}-${head}an`, 'nominal');
      } else {
        add(`${head}-${head}${rest}`, 'base');
      }
      return;
    case 'adjective':
      withClitics(term, add);
      if (rest === '') {
        add(`${head}-${head}`, 'base');
        add(`ter${head}`, 'base');
        add(`se${head}`, 'base');
        add(`se${head}-${head}nya`, 'base');
        nominalise(head, add);
      }
      return;
    case 'phrase':
      withClitics(term, add);
      return;
    case 'fixed':
      return;
  }
}

const CLITICS = ['nya', 'mu', 'ku', 'lah', 'kah'] as const;
const OBJECTS = ['', 'nya', 'mu', 'ku'] as const;

function withClitics(word: string, add: Add): void {
  add(word, 'base');
  for (const clitic of CLITICS) add(word + clitic, 'base');
}

function nominalise(word: string, add: Add): void {
  add(`ke${word}an`, 'nominal');
  add(`ke${word}annya`, 'nominal');
}

/** Suffixes that make a verb transitive; -in is the colloquial one. A root in -i takes neither -i nor -in. */
function transitives(root: string): string[] {
  const forms = [root, `${root}kan`];
  if (!root.endsWith('i')) forms.push(`${root}i`, `${root}in`);
  return forms;
}

function verb(root: string, add: Add): void {
  for (const stem of transitives(root)) {
    for (const object of OBJECTS) add(stem + object, 'base');
    add(`${stem}lah`, 'imperative');
    add(`di${stem}`, 'passive');
    add(`di${stem}lah`, 'passive');
    add(`di${stem}kah`, 'passive');
    for (const object of OBJECTS) add(`di${stem}${object}`, 'passive');
    for (const object of OBJECTS) add(`ku${stem}${object}`, 'first-person');
    add(`kau${stem}`, 'active');
    add(`${prefixed('ter', stem)}`, 'other');
    add(`memper${stem}`, 'active');
    add(`diper${stem}`, 'passive');
  }
  add(`${root}kah`, 'base');
  for (const nasal of nasalised(root)) {
    for (const stem of transitives(nasal)) {
      for (const object of OBJECTS) add(`me${stem}${object}`, 'active');
      add(`me${stem}lah`, 'active');
    }
    add(`me${nasal}-${root}`, 'active');
    add(`${root}-me${nasal}`, 'nominal');
    for (const suffix of ['', 'nya', 'an', 'annya']) add(`pe${nasal}${suffix}`, 'nominal');
    add(`pe${nasal}-pe${nasal}`, 'nominal');
  }
  for (const informal of informalNasalised(root)) {
    for (const stem of transitives(informal)) for (const object of OBJECTS) add(stem + object, 'active');
  }
  add(prefixed('ber', root), 'active');
  add(`${prefixed('ber', root)}an`, 'active');
  add(`${prefixed('per', root)}an`, 'nominal');
  add(`${root}an`, 'nominal');
  add(`${root}annya`, 'nominal');
  // ke-...-an is left out on purpose: `kebakaran` and `kematian` befall people, nobody does them.
  add(`${root}-${root}`, 'base');
  add(`${root}-${root}lah`, 'imperative');
  add(`${root}-${root}in`, 'base');
  add(`${root}-${root}kan`, 'base');
  add(`${root}-${root}an`, 'nominal');
  add(`di${root}-${root}`, 'passive');
  add(`di${root}-${root}kan`, 'passive');
}

/** `gorok leher`: the first word as a verb, the last with a possessive. */
function verbPhrase(root: string, rest: string, add: Add): void {
  const heads: [string, FormTag][] = [];
  for (const stem of transitives(root)) {
    heads.push(
      [stem, 'base'],
      [`${stem}lah`, 'imperative'],
      [`di${stem}`, 'passive'],
      [`ku${stem}`, 'first-person'],
    );
    heads.push([prefixed('ter', stem), 'other']);
  }
  for (const nasal of nasalised(root)) {
    for (const stem of transitives(nasal)) heads.push([`me${stem}`, 'active']);
    heads.push([`pe${nasal}`, 'nominal'], [`pe${nasal}an`, 'nominal']);
  }
  for (const informal of informalNasalised(root)) {
    for (const stem of transitives(informal)) heads.push([stem, 'active']);
  }
  heads.push([`${root}-${root}`, 'base']);
  for (const [head, tag] of heads) for (const object of OBJECTS) add(head + rest + object, tag);
}

/** ter-, ber- and per- lose their r before another. */
function prefixed(prefix: 'ter' | 'ber' | 'per', root: string): string {
  return (root.startsWith('r') ? prefix.slice(0, 2) : prefix) + root;
}

/**
 * What follows me- and pe- by the assimilation of the nasal: `usir` -> `ngusir`, `tembak` -> `nembak`,
 * `cat` -> `ngecat`. Where usage wavers (loans keep k, p, s, t: `mengkafirkan`, `memperkosa`) both are given.
 */
function nasalised(root: string): string[] {
  const first = root[0]!;
  const rest = root.slice(1);
  const keepsSound = /^(?:[kpst][lr]|kh|s[kpty]|per)/.test(root);
  const forms: string[] = [];
  if (isMonosyllable(root)) forms.push(`nge${root}`);
  switch (first) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'g':
    case 'h':
    case 'q':
    case 'x':
      forms.push(`ng${root}`);
      break;
    case 'k':
      if (!keepsSound) forms.push(`ng${rest}`);
      forms.push(`ng${root}`);
      break;
    case 'b':
    case 'f':
    case 'v':
      forms.push(`m${root}`);
      break;
    case 'p':
      forms.push(`m${rest}`, `m${root}`);
      break;
    case 'c':
    case 'd':
    case 'j':
    case 'z':
      forms.push(`n${root}`);
      break;
    case 't':
      if (!keepsSound) forms.push(`n${rest}`);
      forms.push(`n${root}`);
      break;
    case 's':
      if (!keepsSound) forms.push(`ny${rest}`);
      forms.push(`n${root}`);
      break;
    default: // l m n r w y take the prefix as it is
      forms.push(root);
  }
  return forms;
}

/** The colloquial active: me- dropped (`ngusir`, `nembak`, `nyikat`, `mukul`, `nyaci`) or nge- before the root. */
function informalNasalised(root: string): string[] {
  const rest = root.slice(1);
  switch (root[0]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
      return [`ng${root}`, `nge${root}`];
    case 'k':
      return [`ng${rest}`, `nge${root}`];
    case 'p':
      return [`m${rest}`, `nge${root}`];
    case 't':
      return [`n${rest}`];
    case 's':
      return [`ny${rest}`];
    case 'c':
      return [`ny${rest}`, `nge${root}`];
    case 'b':
      return [`m${root}`, `nge${root}`];
    case 'd':
    case 'j':
      return [`n${root}`, `nge${root}`];
    case 'g':
      return [`ng${root}`, `nge${root}`];
    default:
      return [`nge${root}`];
  }
}

function isMonosyllable(root: string): boolean {
  return root.length <= 5 && /^[^aeiou]*(?:ai|au|oi|[aeiou])[^aeiou]*$/.test(root);
}
