import type { Category } from '../../core/assessment.js';
import { isObjectOfOthers } from '../acted-upon.js';
import { findRole, isNegated, plays, startOf } from '../clause.js';
import { type ConstructionMatch, matchConstructions } from '../constructions.js';
import * as g from '../grammar.js';
import { isRulerOf } from '../office.js';
import type { Outcome } from '../outcome.js';
import { isParticular } from '../reference.js';
import type { Mark, Named, Scene } from '../scene.js';
import { RESTRICTIVE } from './attack.js';
import { charge, framed } from './charge.js';
import { isWronged } from './hatred.js';

const CATEGORIES: Readonly<
  Record<ConstructionMatch['construction']['harm'], { category: Category; also: Category[] }>
> = {
  contempt: { category: 'hate', also: [] },
  exclusion: { category: 'incitement', also: ['hate'] },
  wish: { category: 'hate', also: [] },
  threat: { category: 'threat', also: ['hate'] },
  violence: { category: 'incitement', also: ['hate'] },
};

/** Contempt, exclusion and menace in set ways of speaking (constructions.ts). */
export function construction(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const match of matchConstructions(scene)) {
    const evidence: Mark = {
      ...match.holder,
      kind: match.denies ? 'positive' : 'derogation',
      first: match.first,
      last: match.last,
      start: scene.tokens.start[match.first]!,
      end: scene.tokens.end[match.last]!,
    };
    const holder: Named<'group'> = { type: 'group', mark: match.holder, at: match.holderAt, by: 'name' };
    if (isParticular(scene, match.holder) || isSomeOnly(scene, match.holder)) continue;
    if (match.construction.harm === 'contempt' && isRulerOf(scene, match.holder)) continue;
    if (!match.denies && (isNegated(scene, match.first) || isDeniedInside(scene, match))) {
      outcomes.push({ type: 'framed', context: 'negation' });
      continue;
    }
    if (isAside(scene, match)) continue;
    if (!match.denies && isSaidOf(scene, match)) {
      outcomes.push({ type: 'framed', context: 'reporting' });
      continue;
    }
    const isOthersDeed =
      match.construction.id !== 'doer-praised' &&
      (match.acts ? isOfOthers(scene, match) : isObjectOfOthers(scene, match.holderAt));
    if (isOthersDeed) {
      outcomes.push({ type: 'framed', context: 'counter-speech' });
      continue;
    }
    if (FELT.has(match.construction.id) && isOthers(scene, match)) {
      outcomes.push({ type: 'framed', context: 'reporting' });
      continue;
    }
    if (
      match.construction.harm === 'contempt' &&
      match.last <= match.holder.last &&
      isWronged(scene, holder)
    ) {
      outcomes.push({ type: 'framed', context: 'reporting' });
      continue;
    }
    if (
      match.construction.harm === 'exclusion' &&
      (isNotYet(scene, match) || (!match.denies && isTold(scene, match)))
    ) {
      outcomes.push({ type: 'framed', context: 'reporting' });
      continue;
    }
    const { category, also } = CATEGORIES[match.construction.harm];
    outcomes.push(
      framed(scene, evidence, holder) ??
        charge(scene, evidence, holder, {
          rule: `construction-${match.construction.id}`,
          category,
          also,
          weight: match.construction.weight,
          reason:
            match.construction.harm === 'contempt'
              ? match.construction.id
              : `construction-${match.construction.harm}`,
        }),
    );
  }
  return outcomes;
}

/** `pantaskah X disebut manusia`: the writer asks it himself. */
const ASKS_WORTH = /^(?:pantas|layak|patut)kah$/;

/** `sampai kapan X dianggap warga kelas dua`: the low place is what others give them. */
function isSaidOf(scene: Scene, match: ConstructionMatch): boolean {
  for (let t = match.holderAt + 1; t <= match.last; t++) {
    if (plays(scene, t, g.SAY) && scene.words[t]!.startsWith('di'))
      return (
        !ASKS_WORTH.test(scene.words[match.first]!) && findRole(scene, t - 1, match.holderAt, g.NORM) === -1
      );
  }
  return false;
}

/** `aku tidak suka X garis keras`: those are not all. */
function isSomeOnly(scene: Scene, holder: Mark): boolean {
  const next = scene.words[holder.last + 1];
  const named = next === 'garis' ? `${next} ${scene.words[holder.last + 2]}` : next;
  return named !== undefined && RESTRICTIVE.test(named) && !plays(scene, holder.last + 2, g.ALL);
}

const ABOUT = new Set([
  'soal',
  'tentang',
  'mengenai',
  'terhadap',
  'atas',
  'perihal',
  'seputar',
  'ke',
  'kepada',
]);

/** `kebijakan soal X itu bodoh`: the group is what something is about, and the rest is said of that. */
function isAside(scene: Scene, match: ConstructionMatch): boolean {
  if (match.first > match.holderAt || match.first < match.holder.first - 2) return false;
  const before = match.first - 1;
  if (ABOUT.has(scene.words[before] ?? '')) return true;
  // `kelakuan petugas ke pedagang X bikin naik darah`
  return (
    before > 0 &&
    scene.roles[before] === 0 &&
    scene.holderAt[before] === -1 &&
    scene.hostileAt[before] === -1 &&
    ABOUT.has(scene.words[before - 1]!) &&
    scene.tokens.clause[before - 1] === scene.tokens.clause[match.first]
  );
}

/** `paling tidak suka orang yang rasis ke X`: somebody else stands between the feeling and the group. */
function isOfOthers(scene: Scene, match: ConstructionMatch): boolean {
  for (let t = match.first; t < match.holderAt; t++)
    if (plays(scene, t, g.THIRD) && plays(scene, t + 1, g.WHICH)) return true;
  return false;
}

/** A negation between the group and the rest: `X tidak merusak negara`, `X bukan hama, mereka sama dengan kita`. */
function isDeniedInside(scene: Scene, match: ConstructionMatch): boolean {
  const last = match.holderAt <= match.last ? match.last : match.first;
  if (last <= match.holderAt) return false;
  if (isNegated(scene, last)) return true;
  for (let t = match.holderAt + 2; t < last; t++) {
    if (scene.hostileAt[t] !== -1 && NOUN_DENIED.has(scene.words[t - 1]!) && isNegated(scene, t)) return true;
  }
  return false;
}

/** What denies a noun right behind it. */
const NOUN_DENIED = new Set(['bukan', 'bukanlah', 'dudu', 'sanes']);

/** Constructions that say what somebody feels or does; of others they are told, not meant. */
const FELT: ReadonlySet<string> = new Set(['shun', 'repelled', 'rather-than', 'harm-cheered']);

function isOthers(scene: Scene, match: ConstructionMatch): boolean {
  const start = startOf(scene, match.first, true);
  if (findRole(scene, match.first, match.last, g.FIRST) !== -1) return false;
  for (let t = match.first - 1; t >= start; t--) {
    if (plays(scene, t, g.FIRST) || scene.words[t] === 'siapa') return false;
    if (
      scene.holderAt[t] === -1 &&
      plays(scene, t, g.THIRD | g.PRONOUN | g.WHICH) &&
      scene.words[t - 1] !== 'ada'
    )
      return true;
  }
  return false;
}

/** `X yang belum boleh punya gereja`: what they do not have yet is told. */
function isNotYet(scene: Scene, match: ConstructionMatch): boolean {
  for (let t = match.first; t <= match.last; t++) if (scene.words[t] === 'belum') return true;
  return false;
}

/** `warga tolak X`, `pemerintah tutup tempat X`: a doer stands right before the verb. */
function isTold(scene: Scene, match: ConstructionMatch): boolean {
  const before = match.first - 1;
  if (match.holderAt <= match.first || before < 0 || scene.segment[before] !== scene.segment[match.first])
    return false;
  if (scene.holderAt[before] !== -1 && scene.holderAt[before] !== scene.holderAt[match.holderAt]) return true;
  return (
    plays(scene, before, g.THIRD | g.REPORT) || (scene.roles[before] === 0 && scene.hostileAt[before] === -1)
  );
}
