import type { Child } from 'hono/jsx';
import { ZONE_HOURS } from '../../core/user.js';
import { NARRATIVE_LIMITS } from '../../pipeline/edit-narratives.js';
import type { StoryWords } from '../../words/desk-stories.js';
import { figure } from './charts.js';
import { localText } from './days.js';
import { storyAddress } from './story-lines.js';
import type { StoryPartProps } from './story-parts.js';
import { VeiledText } from './veiled-text.js';

/** What people can do to a narrative; each is a form of its own. */
export const STORY_ACTS = ['rename', 'merge', 'split', 'clarify'] as const;
export type StoryAct = (typeof STORY_ACTS)[number];

/** A form that was sent and refused: it is shown again as it was filled in, with why. */
export interface RefusedForm {
  readonly act: StoryAct;
  readonly sentence: string;
  field(name: string): string;
  /** Values of a field that may stand several times. */
  all(name: string): readonly string[];
}

interface EditsProps extends StoryPartProps {
  readonly refused: RefusedForm | undefined;
}

/** Forms for those with the right: a clarification, a title, merging and splitting. */
export function StoryEdits({ view, visit, said, refused }: EditsProps) {
  const { id, title } = view.narrative;
  const { zone } = visit.me.unit;
  const form = { id, csrf: visit.me.csrf, said, refused };
  const kept = (act: StoryAct, name: string): string | undefined =>
    refused?.act === act ? refused.field(name) : undefined;
  const now = localText(visit.now, ZONE_HOURS[zone]);
  const splits = view.variants.length > 1;
  return (
    <>
      <section class="sheet unprinted" aria-labelledby="clarify-title" id="clarify">
        <h2 id="clarify-title">{said.story.answer}</h2>
        <ActForm {...form} act="clarify">
          <div class="columns">
            <div class="field">
              <label for="answer-url">{said.story.answerUrl}</label>
              <input
                id="answer-url"
                name="url"
                type="url"
                required
                maxlength={NARRATIVE_LIMITS.url}
                value={kept('clarify', 'url')}
              />
            </div>
            <div class="field">
              <label for="answer-at">{said.story.answerAt(zone)}</label>
              <input
                id="answer-at"
                name="at"
                type="datetime-local"
                required
                max={now}
                value={kept('clarify', 'at') ?? now}
              />
            </div>
            <div class="field">
              <label for="answer-channel">{said.story.answerChannel}</label>
              <input
                id="answer-channel"
                name="channel"
                required
                maxlength={NARRATIVE_LIMITS.channel}
                value={kept('clarify', 'channel')}
                aria-describedby="answer-channel-hint"
              />
              <p class="hint" id="answer-channel-hint">
                {said.story.answerChannelHint}
              </p>
            </div>
          </div>
          <div class="field">
            <label for="answer-note">{said.story.answerNote}</label>
            <textarea id="answer-note" name="note" maxlength={NARRATIVE_LIMITS.note}>
              {kept('clarify', 'note')}
            </textarea>
          </div>
        </ActForm>
      </section>
      <details class="sheet unprinted" open={refused !== undefined && refused.act !== 'clarify'} id="edit">
        <summary>{said.story.edit}</summary>
        <h3>{said.story.rename}</h3>
        <ActForm {...form} act="rename">
          <div class="field">
            <label for="edit-title">{said.story.newTitle}</label>
            <input
              id="edit-title"
              name="title"
              maxlength={NARRATIVE_LIMITS.title}
              value={kept('rename', 'title') ?? title}
              aria-describedby="edit-title-hint"
            />
            <p class="hint" id="edit-title-hint">
              {said.story.renameHint}
            </p>
          </div>
        </ActForm>
        <h3>{said.story.merge}</h3>
        <ActForm {...form} act="merge">
          <div class="field">
            <label for="edit-into">{said.story.mergeInto}</label>
            <input
              id="edit-into"
              name="into"
              required
              maxlength={200}
              value={kept('merge', 'into')}
              aria-describedby="edit-into-hint"
            />
            <p class="hint" id="edit-into-hint">
              {said.story.mergeHint}
            </p>
          </div>
        </ActForm>
        <h3>{said.story.split}</h3>
        {splits ? (
          <ActForm {...form} act="split">
            <p class="hint">{said.story.splitHint}</p>
            <Choices view={view} visit={visit} said={said} refused={refused} />
          </ActForm>
        ) : (
          <p class="soft">{said.story.splitNone}</p>
        )}
      </details>
    </>
  );
}

interface FormProps {
  readonly id: string;
  readonly csrf: string;
  readonly act: StoryAct;
  readonly said: StoryWords;
  readonly refused: RefusedForm | undefined;
  readonly children?: Child;
}

function ActForm({ id, csrf, act, said, refused, children }: FormProps) {
  return (
    <form method="post" action={`${storyAddress(id)}/${act}`}>
      {refused?.act === act && (
        <p class="notice bad" role="alert">
          {refused.sentence}
        </p>
      )}
      <input type="hidden" name="csrf" value={csrf} />
      {children}
      <button type="submit">{said.story.send}</button>
    </form>
  );
}

/** Letters of a wording by which it is known in the list. */
const SHOWN_CHARS = 90;

function Choices({ view, visit, said, refused }: EditsProps) {
  const ticked = new Set(refused?.act === 'split' ? refused.all('wording') : []);
  return (
    <ul class="plain-list choices">
      {view.variants.map(({ wording, posts, text }, index) => (
        <li>
          <label class="choice" for={`split-${index}`}>
            <input
              type="checkbox"
              id={`split-${index}`}
              name="wording"
              value={wording}
              checked={ticked.has(wording)}
            />
            <span>
              <bdi>
                {text === undefined ? (
                  said.story.wordingNumber(index + 1)
                ) : (
                  <VeiledText text={[...text].slice(0, SHOWN_CHARS).join('')} slurs={view.slurs ?? []} />
                )}
              </bdi>{' '}
              <span class="soft small">{said.postsOf(figure(posts, visit.display.language))}</span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
