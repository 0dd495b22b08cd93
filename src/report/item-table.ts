import type { Finding } from '../core/finding.js';
import type { Item } from '../core/item.js';
import type { UiLanguage, Words } from '../words/catalogue.js';
import { queueWords } from '../words/desk-queue.js';
import { languageName, scoreText, timeText } from '../words/figures.js';
import { targetText } from '../words/targets.js';
import { findingLine } from './assessment-json.js';
import { textTable, visible } from './text-table.js';

/** A readable table of items: number, level, flags, source, why (the strongest finding's sentence) and the post. */
export function itemTable(items: readonly Item[], words: Words, language: UiLanguage, width: number): string {
  const { columns } = words;
  const wide = width >= 100;
  return textTable(
    [
      { title: columns.number, width: 5, align: 'right' },
      { title: columns.level, width: 8 },
      { title: columns.flags, width: 12 },
      ...(wide ? [{ title: columns.source, width: 14 }] : []),
      { title: columns.why },
      { title: columns.text },
    ],
    items.map((item) => [
      String(item.number),
      words.levels[item.assessment.level],
      item.assessment.flags.map((flag) => words.categories[flag]).join(', '),
      ...(wide ? [item.post.source] : []),
      whyOf(item, language),
      item.withdrawn === undefined
        ? item.post.text
        : `[${words.withdrawn(day(item.withdrawn.at), item.withdrawn.sealed)}]`,
    ]),
    Math.min(width, 160),
  );
}

/** The day of a time in ISO 8601. */
function day(at: string): string {
  return at.slice(0, 10);
}

/** The sentence of the finding that weighs most; swearing speaks only where nothing else was found. */
function whyOf(item: Item, language: UiLanguage): string {
  const { findings } = item.assessment;
  const beyondSwearing = findings.filter(({ category }) => category !== 'abusive');
  const strongest = (beyondSwearing.length > 0 ? beyondSwearing : findings).reduce<Finding | undefined>(
    (best, finding) => (best === undefined || finding.weight > best.weight ? finding : best),
    undefined,
  );
  return strongest === undefined ? '' : findingLine(strongest, language).why;
}

/** One item in full, for `items show`. */
export function itemSheet(item: Item, words: Words, language: UiLanguage, zone: string): string {
  const { assessment, post } = item;
  const bars = Object.entries(assessment.categories)
    .filter(([, score]) => score > 0)
    .map(([category, score]) => {
      const bar = '█'.repeat(Math.round(score * 20)).padEnd(20, '·');
      return `  ${words.categories[category as keyof Words['categories']].padEnd(12)} ${bar} ${scoreText(score, language)}`;
    });
  const findings = assessment.findings.map((finding) => {
    const { why, category, rule, start, end } = findingLine(finding, language);
    return `  - ${why} [${category}, ${rule}, ${start}–${end}]`;
  });
  const time = (at: string): string => timeText(at, zone, language);
  const { contexts, incomplete, steps } = queueWords(language);
  const when = time(post.createdAt ?? post.collectedAt);
  const { withdrawn, changedAt } = item;
  return [
    `${words.itemTitle(item.number)} · ${words.states[item.state]} · ${words.levels[assessment.level]} · ${
      assessment.flags.map((flag) => words.categories[flag]).join(', ') || words.noFlags
    }`,
    `${post.source} · ${when} · ${words.language}: ${languageName(assessment.language.code, language)}`,
    '',
    withdrawn === undefined
      ? visible(post.text)
      : `[${words.withdrawn(time(withdrawn.at), withdrawn.sealed)}]`,
    ...(changedAt === undefined || withdrawn !== undefined ? [] : [words.changedAt(time(changedAt))]),
    '',
    ...bars,
    ...(findings.length > 0 ? ['', ...findings] : []),
    ...(assessment.targets.length > 0
      ? ['', `${words.targets}: ${assessment.targets.map((one) => targetText(one, language)).join(', ')}`]
      : []),
    ...(assessment.context.length > 0
      ? [`${words.context}: ${assessment.context.map((one) => contexts[one]).join(', ')}`]
      : []),
    ...(assessment.incomplete.length > 0
      ? [`${incomplete} ${assessment.incomplete.map((step) => steps[step]).join(', ')}`]
      : []),
    ...(item.revisions > 1 ? [words.revisions(item.revisions)] : []),
    ...(item.copies ?? []).map(({ n, source, from, to }) => words.copiesOf(n, source, time(from), time(to))),
    '',
  ].join('\n');
}
