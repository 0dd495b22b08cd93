import type { Mark, Scene } from './scene.js';

/** Offices of a state and its parts, by their target in the lexicon: where a people's name follows, a place may be meant. */
const OFFICES = new Set(
  'pemerintah presiden menteri kabinet dpr polisi tni satpol-pp peradilan kpu gubernur bupati politisi pajak'
    .split(' ')
    .map((office) => `institution:${office}`),
);
/** What the lexicon holds as no office, for it may be another thing elsewhere. */
const RULERS = new Set(['pemimpin', 'birokrat', 'dinas', 'sekda', 'pns', 'asn', 'petugas']);

/** `bupati X tidak ada yang becus`, `polisi X`: whoever rules a place that is named like a people is meant. */
export function isRulerOf(scene: Scene, holder: Mark): boolean {
  const before = holder.first - 1;
  if (holder.first !== holder.last || before < 0) return false;
  if (scene.tokens.sentence[before] !== scene.tokens.sentence[holder.first]) return false;
  const index = scene.holderAt[before]!;
  const target = index === -1 ? undefined : scene.marks[index]!.entry.target;
  return (target !== undefined && OFFICES.has(target)) || RULERS.has(scene.words[before]!);
}
