import { type DeskWords, deskWords } from '../../words/desk.js';
import { type Display, Frame, type SignedIn } from '../views/frame.js';

export interface FaultProps {
  readonly display: Display;
  readonly kind: keyof DeskWords['faults'];
  readonly me?: SignedIn | undefined;
  /** Stands in the log too. */
  readonly number?: string | undefined;
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
export function FaultPage({ display, kind, me, number }: FaultProps) {
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
      <p>
        <a class="button" href="/">
          {back}
        </a>
      </p>
    </Frame>
  );
}
