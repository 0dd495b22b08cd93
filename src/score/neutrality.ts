import type { Assessment, Category } from '../core/assessment.js';
import type { Entry } from '../lexicon/entry.js';
import {
  NEUTRALITY_TEMPLATES,
  TEMPLATE_KINDS,
  type TemplateKind,
  type Templates,
} from './neutrality-templates.js';

/** Names are compared only within a set: what protects a group does not protect an office. */
const NAME_SETS = ['group', 'camp', 'institution'] as const;
export type NameSet = (typeof NAME_SETS)[number];

/** Categories that make a post hostile to people, and not merely rude or false. */
export const HOSTILE: readonly Category[] = ['hate', 'sara', 'incitement', 'threat'];

/** At most this share of a set's templates may depend on the name. */
export const MOST_DEPENDENT = 0.02;

/** A name as it is put into the templates. */
export interface SwappedName {
  readonly set: NameSet;
  /** Id of the lexicon entry. */
  readonly entry: string;
  /** `religion:kristen` */
  readonly target: string;
  /** Ground of a group; the set's own name for camps and institutions. */
  readonly ground: string;
  /** As people say it, in lower case: `orang papua`. */
  readonly name: string;
}

/** One name's outcomes: how many of a kind's templates were flagged. */
export interface NameRow extends SwappedName {
  readonly flagged: Readonly<Partial<Record<TemplateKind, number>>>;
  /** Share of all of the set's templates that were flagged, 0..1. */
  readonly share: number;
  /** Templates whose outcome departs from that of most names of the set. */
  readonly departs: number;
}

/** A template whose outcome is not the same for all names of a set. */
export interface DependentTemplate {
  readonly set: NameSet;
  readonly kind: TemplateKind;
  readonly template: string;
  /** What most names of the set get. */
  readonly usuallyFlagged: boolean;
  /** Names that get the other outcome. */
  readonly departing: readonly string[];
}

export interface SetSummary {
  readonly set: NameSet;
  readonly names: number;
  readonly templates: number;
  readonly dependent: number;
  /** dependent / templates */
  readonly share: number;
}

export interface NeutralityReport {
  /** Templates of each kind that there are. */
  readonly templates: Readonly<Record<TemplateKind, number>>;
  readonly sets: readonly SetSummary[];
  readonly rows: readonly NameRow[];
  readonly dependent: readonly DependentTemplate[];
  /** True when no set has more than {@link MOST_DEPENDENT} of its templates depend on the name. */
  readonly neutral: boolean;
}

/** Words that make a name one for people, in the order of preference: `papua` is said `orang papua`. */
const PEOPLE = [
  'orang',
  'umat',
  'warga',
  'kaum',
  'penganut',
  'penyandang',
  'penderita',
  'jemaat',
  'pengikut',
];
/** Further words with which a name is one for people already, and that give way to those above. */
const PEOPLES = ['suku', 'wong', 'urang', 'masyarakat', 'etnis'];

/**
 * The name by which people speak of an entry's group: the first of "orang X", "umat X", ... that the entry lists, else
 * its term. Undefined for what is no name of people by itself: things holy to a group, attacks on which are attacks on
 * it, and terms that count only in company (`needs`), whose unambiguous names are entries of their own.
 */
export function spokenName(entry: Entry): string | undefined {
  if (entry.sacred === true || entry.needs !== undefined) return undefined;
  if (entry.kind !== 'group') return entry.term;
  const [first = '', ...rest] = entry.term.split(' ');
  if (PEOPLE.includes(first)) return entry.term;
  const bare = PEOPLES.includes(first) && rest.length > 0 ? rest.join(' ') : entry.term;
  return PEOPLE.map((word) => `${word} ${bare}`).find((name) => entry.variants?.includes(name)) ?? entry.term;
}

/**
 * The names that the audit swaps, a canonical one for each group, camp and institution of the lexicon; with
 * `every` all names of them, regional and mocking ones too.
 */
export function namesToSwap(entries: readonly Entry[], every = false): SwappedName[] {
  const names = new Map<string, SwappedName>();
  for (const entry of entries) {
    const spoken = spokenName(entry);
    const set = NAME_SETS.find((one) => one === entry.kind);
    if (set === undefined || spoken === undefined) continue;
    for (const name of every ? [entry.term, ...(entry.variants ?? [])] : [spoken]) {
      const key = `${set} ${name}`;
      if (names.has(key)) continue;
      names.set(key, { set, entry: entry.id, target: entry.target ?? '', ground: entry.ground ?? set, name });
    }
  }
  return [...names.values()];
}

/** True where the flags say that a post is hostile to people. */
export function isHostile({ flags }: Pick<Assessment, 'flags'>): boolean {
  return flags.some((flag) => HOSTILE.includes(flag));
}

/** The template with the name, and a capital where it opens the sentence. */
function fillTemplate(template: string, name: string): string {
  const text = template.replaceAll('{N}', name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Asks every template about every name and compares the outcomes within each set. Cost: names x templates texts. */
export function auditNeutrality(
  names: readonly SwappedName[],
  assess: (text: string) => Pick<Assessment, 'flags'>,
  templates: Templates = NEUTRALITY_TEMPLATES,
): NeutralityReport {
  const rows: NameRow[] = [];
  const dependent: DependentTemplate[] = [];
  const sets: SetSummary[] = [];
  for (const set of NAME_SETS) {
    const members = names.filter((name) => name.set === set);
    if (members.length === 0) continue;
    const departs = new Map<SwappedName, number>(members.map((member) => [member, 0]));
    const flagged = new Map(members.map((member) => [member, {} as Partial<Record<TemplateKind, number>>]));
    const before = dependent.length;
    let asked = 0;
    for (const kind of kindsOf(set)) {
      for (const template of templates[kind]) {
        asked++;
        const yes = members.filter(({ name }) =>
          isHostile({ flags: assess(fillTemplate(template, name)).flags }),
        );
        for (const member of members) {
          const counts = flagged.get(member)!;
          counts[kind] = (counts[kind] ?? 0) + (yes.includes(member) ? 1 : 0);
        }
        if (yes.length === 0 || yes.length === members.length) continue;
        const usuallyFlagged = yes.length * 2 >= members.length;
        const departing = members.filter((member) => yes.includes(member) !== usuallyFlagged);
        for (const member of departing) departs.set(member, departs.get(member)! + 1);
        dependent.push({ set, kind, template, usuallyFlagged, departing: departing.map(({ name }) => name) });
      }
    }
    for (const member of members) {
      const counts = flagged.get(member)!;
      const sum = Object.values(counts).reduce((total, count) => total + count, 0);
      rows.push({ ...member, flagged: counts, share: ratio(sum, asked), departs: departs.get(member)! });
    }
    const count = dependent.length - before;
    sets.push({ set, names: members.length, templates: asked, dependent: count, share: ratio(count, asked) });
  }
  const counted = TEMPLATE_KINDS.map((kind) => [kind, templates[kind].length] as const);
  return {
    templates: Object.fromEntries(counted) as Record<TemplateKind, number>,
    sets,
    rows,
    dependent,
    neutral: sets.every(({ share }) => share <= MOST_DEPENDENT),
  };
}

/** Criticism is a matter of camps and institutions; the rest is asked about all. */
function kindsOf(set: NameSet): TemplateKind[] {
  return TEMPLATE_KINDS.filter((kind) => kind !== 'criticism' || set !== 'group');
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
