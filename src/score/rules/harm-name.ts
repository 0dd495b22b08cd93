import { plays } from '../clause.js';
import * as g from '../grammar.js';
import type { Mark, Scene } from '../scene.js';

/** Harms whose name is their order, too: `boikot X`, `lindungi X dari boikot`. */
const NAMED_HARMS = new Set(
  'intimidasi boikot diskriminasi bully deportasi karantina relokasi isolasi eksekusi genosida mutilasi sweeping bom racun'.split(
    ' ',
  ),
);
/** Before the name of a harm: it is fought, or kept away. */
const AGAINST_HARM = new Set(
  (
    'dari tanpa anti melawan lawan menolak tolak menghentikan hentikan stop setop mencegah cegah menghapus hapus ' +
    'menghapuskan hapuskan mengakhiri akhiri mengecam kecam menghindari hindari melaporkan laporkan'
  ).split(' '),
);
/** It is told, or suffered. */
const OF_HARM = new Set(
  (
    'atas soal tentang mengenai akibat korban kasus isu praktik bentuk segala pelaku ancaman trauma mengalami ngalami ' +
    'alami menghadapi hadapi membahas bahas terjadi'
  ).split(' '),
);
const AND = new Set(['dan', 'atau', 'maupun', 'serta']);

/** What is said of a harm that is named and not called for: `bebas dari diskriminasi`, `kalau ada intimidasi`. */
export function nameOfHarm(scene: Scene, mark: Mark): 'counter-speech' | 'reporting' | undefined {
  if (mark.form !== 'base' || !NAMED_HARMS.has(mark.entry.term)) return undefined;
  const before = scene.words[mark.first - 1] ?? '';
  if (AGAINST_HARM.has(before)) return 'counter-speech';
  if (OF_HARM.has(before)) return 'reporting';
  if (before === 'ada' && !plays(scene, mark.first - 2, g.NORM)) return 'counter-speech';
  // `dari boikot dan diskriminasi`
  const other = AND.has(before) ? (scene.hostileAt[mark.first - 2] ?? -1) : -1;
  return other === -1 ? undefined : nameOfHarm(scene, scene.marks[other]!);
}
