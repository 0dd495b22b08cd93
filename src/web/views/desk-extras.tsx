import { nearWords } from '../../words/desk-near.js';
import type { QueueWords } from '../../words/desk-queue.js';

/** What the scripts of the queue show when its time comes: undo, the list of keys, a reminder to pause. */
export function DeskExtras({
  said,
  csrf,
  language,
}: {
  readonly said: QueueWords;
  readonly csrf: string;
  readonly language: 'id' | 'en';
}) {
  const near = nearWords(language);
  return (
    <>
      <div
        id="undo"
        class="toast"
        role="status"
        data-csrf={csrf}
        data-failed={said.notSent}
        data-also={near.decidedToo('{n}')}
        hidden
      >
        <div>
          <span>
            {said.decidedItem} <span data-item-number />
          </span>
          {Object.entries(near.leftOut).map(([why, sentence]) => (
            <p class="small" data-left={why} data-sentence={sentence('{n}')} hidden />
          ))}
        </div>
        <button type="button">
          {said.undo} <kbd>z</kbd>
        </button>
      </div>
      <div id="break-reminder" class="toast" role="status" hidden>
        <span>{said.breakReminder}</span>
        <button type="button">{said.breakTaken}</button>
      </div>
      <dialog id="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">{said.keysTitle}</h2>
        <dl class="facts">
          {said.keys.map(([key, what]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit">{said.close}</button>
        </form>
      </dialog>
    </>
  );
}
