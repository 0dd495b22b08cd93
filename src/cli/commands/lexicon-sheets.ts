import type { Assessment } from '../../core/assessment.js';
import type { AssessmentChange } from '../../lexicon/diff.js';
import type { Entry } from '../../lexicon/entry.js';
import type { Hit } from '../../lexicon/find.js';
import type { Problem } from '../../lexicon/problem.js';
import type { HitCounts, LexiconStats } from '../../lexicon/stats.js';
import { type Normalised, originalSpan } from '../../text/normalise.js';
import type { Words } from '../../words/catalogue.js';
import type { LexiconWords } from '../../words/lexicon.js';

/** One line: `file:line: severity: id: what is wrong`. */
export function problemLine(problem: Problem, said: LexiconWords): string {
  const { code, severity, where, id, key = '', found = '', allowed } = problem;
  const name = key.split('.')[0] ?? '';
  const expected = said.allowed[(name in said.allowed ? name : 'text') as keyof LexiconWords['allowed']];
  const sentence = said.problems[code]({
    key,
    found,
    allowed: allowed === undefined ? expected : allowed.join(', '),
  });
  return `${where}: ${said.severities[severity]}: ${id === undefined ? '' : `${id}: `}${sentence}\n`;
}

/** Totals, then a row a kind and a row a ground. */
export function statsSheet(stats: LexiconStats, said: LexiconWords): string {
  const words = said.stats;
  const totals: [string, string][] = [
    [words.version, stats.version],
    [words.entries, String(stats.entries)],
    [words.lemmas, String(stats.lemmas)],
    [words.names, String(stats.names)],
    [words.forms, String(stats.forms)],
    [words.memory, `${(stats.bytes / 1e6).toFixed(1)} MB`],
    [words.withNoMatch, String(stats.withNoMatch)],
  ];
  return [
    ...totals.map(([name, value]) => `${name.padEnd(32)} ${value}`),
    '',
    `${words.kind.padEnd(32)} ${words.entries}`,
    ...stats.kinds.map(({ kind, entries }) => `${kind.padEnd(32)} ${entries}`),
    '',
    `${words.ground.padEnd(20)} ${words.targets.padStart(18)} ${words.groups.padStart(8)} ${words.slurs.padStart(8)}`,
    ...stats.grounds.map(
      ({ ground, targets, groups, slurs }) =>
        `${ground.padEnd(20)} ${String(targets).padStart(18)} ${String(groups).padStart(8)} ${String(slurs).padStart(8)}`,
    ),
    '',
  ].join('\n');
}

/** How many entries posts ever hit, the most found, and, when asked for, those never found. */
export function hitsSheet(
  entries: readonly Entry[],
  { texts, hits }: HitCounts,
  said: LexiconWords,
  unused: boolean,
): string {
  const ranked = entries.map(({ id }, index) => ({ id, count: hits[index] ?? 0 }));
  const never = ranked.filter(({ count }) => count === 0);
  const most = ranked
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, 20);
  return [
    said.stats.everHit(entries.length - never.length, entries.length, texts),
    said.stats.mostHit,
    ...most.map(({ id, count }) => `  ${String(count).padStart(7)}  ${id}`),
    ...(unused ? [said.stats.neverHit, ...never.map(({ id }) => `  ${id}`)] : []),
    '',
  ].join('\n');
}

/** What was read, and every hit with the passage as it was written. */
export function hitsInText(n: Normalised, hits: readonly Hit[], said: LexiconWords): string {
  const rows = hits.map(({ entry, start, end, form }) => {
    const span = originalSpan(n, start, end);
    const written = n.original.slice(span.start, span.end);
    return `  ${span.start}–${span.end}  "${written}"  ${entry.kind}  ${entry.id}  (${form}${entry.target === undefined ? '' : `, ${entry.target}`})`;
  });
  const found = rows.length === 0 ? [said.nothingFound] : rows;
  return [`${said.reading}: ${n.text}`, ...found, ''].join('\n');
}

/** One changed post: what changes, and the post shortened to a line. */
export function changeLine(change: AssessmentChange, text: string, said: LexiconWords, words: Words): string {
  const what = [
    ...change.gained.map((flag) => `${said.diff.gained}: ${words.categories[flag]}`),
    ...change.lost.map((flag) => `${said.diff.lost}: ${words.categories[flag]}`),
    ...(change.gained.length + change.lost.length === 0 ? [said.diff.level] : []),
    ...(change.levelBefore === change.levelAfter
      ? []
      : [`${words.levels[change.levelBefore]} → ${words.levels[change.levelAfter]}`]),
  ];
  const line = text.replaceAll(/\s+/g, ' ');
  return `${what.join(', ')}\n    ${line.length > 200 ? `${line.slice(0, 199)}…` : line}\n`;
}

/** For the machine: what changed of one post. */
export function changeRow(change: AssessmentChange, id: unknown, after: Assessment): object {
  return { id, ...change, findings: after.findings.map(({ rule }) => rule) };
}
