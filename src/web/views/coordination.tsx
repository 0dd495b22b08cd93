import type { Coordination } from '../../core/narrative.js';
import type { StoryWords } from '../../words/desk-stories.js';
import { Bar } from './charts.js';
import { delayText, percent } from './figures.js';

interface CoordinationProps {
  readonly coordination: Coordination;
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
}

/** How alike and how concentrated a narrative's posts are, drawn; or that it cannot be told. Nothing of any person. */
export function CoordinationView({ coordination, language, said }: CoordinationProps) {
  if (coordination.is === 'cannot-tell') {
    return (
      <>
        <p class="notice">{said.story.cannotTell[coordination.reason]}</p>
        <p class="hint">{said.story.coordinationHint}</p>
      </>
    );
  }
  const { copies, halfWithinMinutes, busiestTenth, authorsPerPost, sharedLink, signs } = coordination;
  const shares = [
    [said.story.copies, copies],
    [said.story.busiest, busiestTenth],
    [said.story.perPost, authorsPerPost],
    [said.story.link, sharedLink],
  ] as const;
  return (
    <>
      <p>
        <strong>{said.story.signs[signs]}</strong>
      </p>
      <table class="counted wide-names">
        <tbody>
          {shares.map(([name, share]) => (
            <tr>
              <th scope="row">
                {name}
                <Bar share={share} />
              </th>
              <td class="numeric">{percent(share, language)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{said.story.half}</th>
            <td class="numeric">{delayText(halfWithinMinutes * 60, language)}</td>
          </tr>
        </tbody>
      </table>
      <p class="hint">{said.story.coordinationHint}</p>
    </>
  );
}
