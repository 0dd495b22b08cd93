import { type DeskWords, deskWords } from '../../words/desk.js';
import { type Display, Frame, type SignedIn } from '../views/frame.js';

/** What may go wrong, as the desk's words name it. */
export type FaultKind = Exclude<
  keyof DeskWords['faults'],
  `${string}Hint` | 'expiredLong' | 'reload' | 'written' | 'signedOut' | 'signIn'
>;

export interface FaultProps {
  readonly display: Display;
  readonly kind: FaultKind;
  readonly me?: SignedIn | undefined;
  /** Stands in the log too. */
  readonly number?: string | undefined;
  /** Where to go on; the first page where absent. */
  readonly back?: string | undefined;
  /** What the visitor had typed, to be copied. */
  readonly written?: string | undefined;
}

export interface RefusalProps {
  readonly display: Display;
  /** Why, in the reader's language. */
  readonly sentence: string;
  /** The item that it is about. */
  readonly item?: number | undefined;
  readonly me?: SignedIn | undefined;
}

/** The desk refused; nothing was changed. */
export function RefusalPage({ display, sentence, item, me }: RefusalProps) {
  const { back } = deskWords(display.language);
  return (
    <Frame title="Ronda" display={display} {...(me === undefined ? {} : { me })}>
      <p class="notice bad" role="alert">
        {sentence}
      </p>
      <p>
        <a class="button" href={item === undefined ? '/queue' : `/items/${item}`}>
          {back}
        </a>
      </p>
    </Frame>
  );
}

/** What did not work, and what to do. */
export function FaultPage({ display, kind, me, number, back: to = '/', written = '' }: FaultProps) {
  const { faults, back } = deskWords(display.language);
  const hint = `${kind}Hint`;
  return (
    <Frame title={faults[kind]} display={display} {...(me === undefined ? {} : { me })}>
      <h1>{faults[kind]}</h1>
      {hint in faults && (
        <p>
          {faults[hint as keyof typeof faults]} {number !== undefined && <code>{number}</code>}
        </p>
      )}
      {written !== '' && (
        <div class="field">
          <label for="written">{faults.written}</label>
          <textarea id="written" readonly>
            {written}
          </textarea>
        </div>
      )}
      <p>
        <a class="button" href={to}>
          {back}
        </a>
      </p>
    </Frame>
  );
}
