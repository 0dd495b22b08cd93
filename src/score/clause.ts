import * as g from './grammar.js';
import { SEEKS } from './known-words.js';
import type { Mark, Scene } from './scene.js';

/** Who does what a verb says. `none` is an order or an exclamation, `asked` a call dressed as a question. */
export type Agent = 'first' | 'second' | 'third' | 'holder' | 'asked' | 'other' | 'none';

const ASKED = new Set(['boleh', 'bisa', 'mau', 'perlu', 'setuju', 'apakah']);
const CONDITIONS = new Set(['kalau', 'jika', 'bila', 'kalo']);
const NEGATION_REACH = 6;

/** True where some token of the sentence that token `t` stands in plays any of `bits`. */
export function isPlayed(scene: Scene, t: number, bits: number): boolean {
  return (scene.sentences.roles[scene.tokens.sentence[t]!]! & bits) !== 0;
}

/** True where some word of the sentence that token `t` stands in has any of the `traits` of known-words.ts. */
export function isHeld(scene: Scene, t: number, traits: number): boolean {
  return (scene.sentences.traits[scene.tokens.sentence[t]!]! & traits) !== 0;
}

/** True where a sentence from that of token `from` to that of token `to` has such roles or traits. */
export function holdsAny(scene: Scene, from: number, to: number, roles: number, traits: number): boolean {
  const { sentences, tokens } = scene;
  for (let s = tokens.sentence[from]!; s <= tokens.sentence[to]!; s++)
    if ((sentences.roles[s]! & roles) !== 0 || (sentences.traits[s]! & traits) !== 0) return true;
  return false;
}

/** True where the roles of token `t` hold any of `bits`. */
export function plays(scene: Scene, t: number, bits: number): boolean {
  return t >= 0 && t < scene.count && (scene.roles[t]! & bits) !== 0;
}

/** First token of the sentence (or, with `segment`, of the segment) that token `t` stands in. */
export function startOf(scene: Scene, t: number, segment = false): number {
  if (t < 0 || t >= scene.count) return t;
  return segment
    ? scene.segments.first[scene.segment[t]!]!
    : scene.sentences.first[scene.tokens.sentence[t]!]!;
}

/** Last token of the sentence (or segment) that token `t` stands in. */
export function endOf(scene: Scene, t: number, segment = false): number {
  if (t < 0 || t >= scene.count) return t;
  return segment ? scene.segments.last[scene.segment[t]!]! : scene.sentences.last[scene.tokens.sentence[t]!]!;
}

/** Index of a token in [from, to] that plays any of `bits`, nearest to `from`; -1 where none does. */
export function findRole(scene: Scene, from: number, to: number, bits: number): number {
  const step = from <= to ? 1 : -1;
  for (let t = from; step > 0 ? t <= to : t >= to; t += step) if (plays(scene, t, bits)) return t;
  return -1;
}

/**
 * True where what stands at token `t` is denied: an odd number of negations in its reach, those that only look
 * like one (`tidak hanya`, `tidak lebih dari`, `siapa yang tidak`, `jangan ragu`) left out. Over a group's name the
 * reach goes on only through a quantifier: `tidak semua`, `tidak ada orang X yang`.
 */
export function isNegated(scene: Scene, t: number): boolean {
  const { segment, words, holderAt } = scene;
  let count = 0;
  let reach = NEGATION_REACH;
  for (let i = t - 1; i >= 0 && reach > 0; i--, reach--) {
    if (segment[i] !== segment[t]) break;
    if (holderAt[i] !== -1) {
      let before = scene.marks[holderAt[i]!]!.first - 1;
      while (
        before >= 0 &&
        segment[before] === segment[t] &&
        (isQuantifier(scene, before) || plays(scene, before, g.FILLER))
      ) {
        before--;
      }
      if (
        before >= 0 &&
        segment[before] === segment[t] &&
        before < scene.marks[holderAt[i]!]!.first - 1 &&
        plays(scene, before, g.NEGATION) &&
        isRealNegation(scene, before, t)
      ) {
        count++;
      }
      break;
    }
    // Over another denied word the next negation is its own: `tidak kotor dan tidak bau`.
    if (count > 0 && scene.hostileAt[i] !== -1) break;
    if (plays(scene, i, g.NEGATION) && isRealNegation(scene, i, t)) {
      count++;
      // `tidak ada yang`: what denies a whole is found once.
      if (words[i] === 'tanpa') break;
    }
  }
  return count % 2 === 1;
}

function isQuantifier(scene: Scene, t: number): boolean {
  const word = scene.words[t]!;
  return (
    plays(scene, t, g.ALL) ||
    word === 'ada' ||
    word === 'satupun' ||
    word === 'pun' ||
    word === 'satu' ||
    word === 'seorang' ||
    word === 'orang'
  );
}

function isRealNegation(scene: Scene, i: number, target: number): boolean {
  const { words } = scene;
  const next = words[i + 1];
  const hostile = scene.hostileAt[target] === -1 ? undefined : scene.marks[scene.hostileAt[target]!]!;
  if (next === undefined) return false;
  if (plays(scene, i + 1, g.ONLY)) return false;
  // `jangan ragu`, `tidak segan`, `tidak akan takut`: what follows is meant.
  if (plays(scene, i + 1, g.HESITATE) || (words[i + 1] === 'akan' && plays(scene, i + 2, g.HESITATE)))
    return false;
  // `kalau tidak mau, kita usir X`: the condition is denied, not what follows from it.
  if (next === 'mau' && CONDITIONS.has(words[i - 1] ?? '')) return false;
  // `boleh tidak gue ...` asks.
  if (ASKED.has(words[i - 1] ?? '') && !plays(scene, i, g.PROHIBITION)) return false;
  if (next === 'lebih' || next === 'lain' || next === 'beda' || next === 'ubahnya') return false;
  if (next === 'ada') {
    const after = words[i + 2];
    if (
      after === 'beda' ||
      after === 'bedanya' ||
      after === 'lain' ||
      after === 'obatnya' ||
      after === 'salahnya' ||
      after === 'dosanya' ||
      after === 'ruginya'
    )
      return false;
    // `tidak ada yang lebih busuk daripada X` says the worst of X.
    for (let t = i + 2; t < target; t++) if (words[t] === 'lebih') return false;
  }
  if (
    words[i - 1] === 'yang' &&
    (words[i - 2] === 'siapa' || words[i - 3] === 'siapa') &&
    words[i - 2] !== 'pun'
  )
    return false;
  if (hostile?.kind === 'hostile-predicate') {
    for (let t = i - 1; t >= Math.max(0, i - 3); t--) {
      if (words[t] === 'kenapa' || words[t] === 'mengapa' || words[t] === 'ngapain') return false;
    }
  }
  return true;
}

/** Who does what the verb at `mark`, one of the scene's own, says, looked for before it in its segment. */
export function agentOf(scene: Scene, mark: Mark): Agent {
  const known = scene.memo.agents[mark.index];
  if (known !== undefined) return known;
  const agent = findAgent(scene, mark);
  scene.memo.agents[mark.index] = agent;
  return agent;
}

function findAgent(scene: Scene, mark: Mark): Agent {
  const { words, segment, holderAt } = scene;
  let unknown = 0;
  let agent: Agent = 'none';
  const sought = scene.segments.traits[segment[mark.first]!]! & SEEKS;
  for (let i = mark.first - 1; i >= 0 && segment[i] === segment[mark.first]; i--) {
    // `siapa yang ngajarin kalian benci X` asks whom others have it from.
    if (words[i] === 'siapa' && words[i + 1] !== 'pun') return agent === 'second' ? 'second' : 'asked';
    if ((agent === 'none' || agent === 'third') && words[i] === 'ada' && words[i + 1] === 'yang') {
      return scene.tokens.sentence[i] === scene.tokens.sentence[mark.last] &&
        (asks(scene, mark) || isBegged(scene, i))
        ? 'asked'
        : 'third';
    }
    if (agent !== 'none') {
      if (sought) continue;
      break;
    }
    if (holderAt[i] !== -1) {
      // `kita datangi X dan gebukin mereka`: the doer is the first verb's.
      // `kami orang X muak sama Y`: the writer names himself.
      const { first } = scene.marks[holderAt[i]!]!;
      if (segment[first - 1] === segment[i] && plays(scene, first - 1, g.FIRST)) agent = 'first';
      else if (!isCoordinated(scene, mark.first)) agent = 'holder';
      continue;
    }
    const roles = scene.roles[i]!;
    if (roles & g.FIRST) agent = 'first';
    else if (roles & g.SECOND) agent = 'second';
    else if (words[i] === 'saling' || roles & g.THIRD || words[i] === 'siapapun' || words[i] === 'pun')
      agent = 'third';
    else if (roles & g.PRONOUN) agent = 'third';
    else if (roles & g.WHICH) agent = 'third';
    else if (roles & g.CALL) return 'none';
    else if (roles === 0 && scene.hostileAt[i] === -1) unknown++;
  }
  if (agent === 'none' && unknown > 0) return 'other';
  return agent === 'none' && isAddressed(scene, mark) ? 'second' : agent;
}

/** `lucu ya kalian, benci X ...`: who is spoken to just before is who feels or does it. */
function isAddressed(scene: Scene, mark: Mark): boolean {
  const start = startOf(scene, mark.first, true);
  if (start !== mark.first || start === 0 || mark.kind !== 'negative-emotion') return false;
  return (
    scene.tokens.sentence[start - 1] === scene.tokens.sentence[start] && plays(scene, start - 1, g.SECOND)
  );
}

const COORDINATORS = new Set(['dan', 'lalu', 'terus', 'kemudian', 'sambil', 'lantas']);

function isCoordinated(scene: Scene, t: number): boolean {
  return COORDINATORS.has(scene.words[t - 1] ?? '');
}

const BEGGING = new Set(
  'tolong mohon please plis semoga moga harus harusnya seharusnya mending mendingan coba andai kalau-saja mesti'.split(
    ' ',
  ),
);

/** `tolong ada yang bakar X`: somebody is asked to. */
function isBegged(scene: Scene, t: number): boolean {
  for (let i = t - 1; i >= Math.max(0, t - 4); i--) {
    if (scene.tokens.sentence[i] !== scene.tokens.sentence[t]) return false;
    if (BEGGING.has(scene.words[i]!)) return true;
  }
  return false;
}

/** `ada yang benci X juga gak?`: looks for company rather than for facts. */
function asks(scene: Scene, mark: Mark): boolean {
  const last = endOf(scene, mark.last);
  for (let t = mark.last + 1; t <= last; t++)
    if (scene.words[t] === 'juga' || scene.words[t] === 'sama-sama') return true;
  return false;
}
