import type { Context } from 'hono';
import { ownRegions } from '../../triage/scope.js';
import { storyWords } from '../../words/desk-stories.js';
import type { DeskApp, SignedVisit } from '../route.js';

/** Which regions a page shows, of those that its reader may choose. */
export interface RegionChoice {
  /** Of the reader's unit and those below; absent where that is everything, and there is nothing to choose. */
  readonly own?: readonly string[];
  /** Codes of what is shown; absent: everything. */
  readonly shown?: readonly string[];
}

/** What an address asks for: the reader's own regions, or `region=all`. */
export function regionChoice(
  c: Context,
  app: Pick<DeskApp, 'ports'>,
  { me }: Pick<SignedVisit, 'me'>,
): RegionChoice {
  const own = ownRegions(me.actor, app.ports.units);
  if (own === undefined) return {};
  return c.req.query('region') === 'all' ? { own } : { own, shown: own };
}

/** What a link keeps of the choice: nothing where the own regions are shown, as they are without it. */
export function regionQuery({ own, shown }: RegionChoice): Readonly<Record<string, string>> {
  return own !== undefined && shown === undefined ? { region: 'all' } : {};
}

/** Links to the own regions and to everything. @param address of the page with these keys of its query */
export function RegionLinks({
  choice,
  visit: { display, me },
  address,
}: {
  readonly choice: RegionChoice;
  readonly visit: SignedVisit;
  readonly address: (query: Readonly<Record<string, string>>) => string;
}) {
  const { own, shown } = choice;
  if (own === undefined) return null;
  const said = storyWords(display.language).region;
  return (
    <>
      <nav class="row period" aria-label={said.label}>
        <a class="button" href={address({})} aria-current={shown === undefined ? undefined : 'true'}>
          {said.own(me.unit.name)}
        </a>
        <a
          class="button"
          href={address({ region: 'all' })}
          aria-current={shown === undefined ? 'true' : undefined}
        >
          {said.all}
        </a>
      </nav>
      {shown !== undefined && <p class="hint below">{said.hint}</p>}
    </>
  );
}
