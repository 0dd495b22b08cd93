import type { VariantView } from '../../pipeline/read-story.js';
import type { StoryWords } from '../../words/desk-stories.js';
import { figure } from './charts.js';
import { timeIn } from './times.js';
import { VeiledText } from './veiled-text.js';

interface WordingsProps {
  readonly variants: readonly VariantView[];
  readonly zone: Parameters<typeof timeIn>[1];
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
  /** Words that are blurred for readers who want it so. */
  readonly slurs: readonly string[];
  /** Wordings shown at once; the rest opens. */
  readonly shown?: number;
}

/** The wordings of a narrative side by side, each marked where it differs from the one with the most posts. */
export function Wordings({ variants, zone, language, said, slurs, shown = 6 }: WordingsProps) {
  if (variants.length === 0) return <p class="soft">{said.story.wordingsNone}</p>;
  const card = (variant: VariantView) => (
    <Wording variant={variant} zone={zone} language={language} said={said} slurs={slurs} />
  );
  const rest = variants.slice(shown);
  return (
    <>
      <ul class="wordings">{variants.slice(0, shown).map(card)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>+ {rest.length}</summary>
          <ul class="wordings">{rest.map(card)}</ul>
        </details>
      )}
    </>
  );
}

interface WordingProps extends Omit<WordingsProps, 'variants' | 'shown'> {
  readonly variant: VariantView;
}

function Wording({ variant, zone, language, said, slurs }: WordingProps) {
  const { posts, firstSeen, item, text, parts, withheld } = variant;
  return (
    <li>
      <p class="row small">
        <strong>{said.postsOf(figure(posts, language))}</strong>
        {text !== undefined && parts === undefined && <span class="tag line">{said.story.main}</span>}
        <span class="soft">{timeIn(firstSeen, zone, language)}</span>
        {item !== undefined && <a href={`/items/${item}`}>{said.story.item(item)}</a>}
      </p>
      {text === undefined ? (
        <p class="soft small">{withheld === true ? said.story.withheld : said.story.noText}</p>
      ) : (
        <p class="post small" dir="auto">
          {parts === undefined ? (
            <VeiledText text={text} slurs={slurs} />
          ) : (
            parts.map(({ is, text: part }) => {
              if (is === 'same') return <VeiledText text={part} slurs={slurs} />;
              const Tag = is === 'added' ? 'ins' : 'del';
              return (
                <Tag>
                  <span class="unseen">{is === 'added' ? said.story.added : said.story.removed} </span>
                  <VeiledText text={part} slurs={slurs} />
                </Tag>
              );
            })
          )}
        </p>
      )}
    </li>
  );
}
