import type { Category, Level } from '../../core/assessment.js';
import { words } from '../../words/catalogue.js';

const SHAPES: Readonly<Record<Level, string>> = {
  critical: '▲▲',
  high: '▲',
  medium: '◆',
  low: '●',
  none: '○',
};

/** A level by word, shape and colour. */
export function LevelBadge({ level, language }: { readonly level: Level; readonly language: 'id' | 'en' }) {
  return (
    <span class={`tag ${level}`}>
      <span aria-hidden="true">{SHAPES[level]}</span>
      {words(language).levels[level]}
    </span>
  );
}

export function CategoryBadges({
  flags,
  language,
}: {
  readonly flags: readonly Category[];
  readonly language: 'id' | 'en';
}) {
  const names = words(language).categories;
  return (
    <>
      {flags.map((flag) => (
        <span class="tag line">{names[flag]}</span>
      ))}
    </>
  );
}
