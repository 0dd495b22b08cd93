import { MAX_SHIFT_NOTE_CHARS, type ShiftEvent } from '../../core/desk-numbers.js';
import type { User } from '../../core/user.js';
import {
  handOverShift,
  noteShift,
  readShift,
  SHIFT_HOURS,
  type ShiftView,
  successors,
} from '../../pipeline/shift.js';
import { may } from '../../triage/rights.js';
import { deskWords } from '../../words/desk.js';
import { type ShiftWords, shiftWords } from '../../words/desk-shift.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { Done, Fresh, Waiting } from '../views/shift-sheets.js';
import { timeIn } from '../views/times.js';

const HOUR_MS = 3_600_000;
const CHOICES = [4, SHIFT_HOURS.usual, 12, 24] as const;

/** Handing a shift over: what was done, what waits, what is new, and what the next should know. */
export function shiftRoutes({ ports }: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/shift',
      access: 'shift:read',
      handle: (visit) => {
        const { c, me, now } = visit;
        const view = readShift(ports, me.actor, sinceOf(visit));
        const mayHandOver = may(me.user.role, 'shift:hand-over');
        return c.html(
          <ShiftPage
            visit={visit}
            view={view}
            chosen={
              c.req.query('since') === 'hand-over' ? undefined : Math.round((now - sinceOf(visit)) / HOUR_MS)
            }
            colleagues={mayHandOver ? successors(ports, me.actor) : []}
            mayHandOver={mayHandOver}
            nameOf={(id) => ports.store.users.find(id)?.display ?? shiftWords(visit.display.language).someone}
          />,
        );
      },
    },
    {
      method: 'POST',
      path: '/shift/note',
      access: 'shift:hand-over',
      handle: ({ c, me }, fields) => {
        noteShift(ports, me.actor, field(fields, 'note'));
        return c.redirect('/shift#notes', 303);
      },
    },
    {
      method: 'POST',
      path: '/shift/hand-over',
      access: 'shift:hand-over',
      handle: ({ c, me, now }, fields) => {
        const since = Date.parse(field(fields, 'since'));
        handOverShift(ports, me.actor, {
          to: Number(field(fields, 'to')),
          since: Number.isNaN(since) ? now - SHIFT_HOURS.usual * HOUR_MS : since,
          note: field(fields, 'note'),
        });
        return c.redirect('/shift#notes', 303);
      },
    },
  ];

  /** Since when: some hours, or the last hand-over of the own unit. */
  function sinceOf({ c, me, now }: SignedVisit): number {
    const last = ports.store.shifts.lastHandOver(me.unit.id);
    if (c.req.query('since') === 'hand-over' && last !== undefined) return Date.parse(last.at);
    const asked = Number(c.req.query('hours') ?? SHIFT_HOURS.usual);
    const hours = asked >= SHIFT_HOURS.least && asked <= SHIFT_HOURS.most ? asked : SHIFT_HOURS.usual;
    return now - hours * HOUR_MS;
  }
}

interface ShiftProps {
  readonly visit: SignedVisit;
  readonly view: ShiftView;
  /** Hours; absent where the last hand-over was chosen. */
  readonly chosen: number | undefined;
  readonly colleagues: readonly User[];
  readonly mayHandOver: boolean;
  readonly nameOf: (id: number) => string;
}

function ShiftPage({ visit, view, chosen, colleagues, mayHandOver, nameOf }: ShiftProps) {
  const { display, me } = visit;
  const { language } = display;
  const title = deskWords(language).rooms.shift;
  const said = shiftWords(language);
  const timeOf = (iso: string): string => timeIn(iso, me.unit.zone, language);
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="shift" scripts={['print']}>
      <div class="row between">
        <h1>{title}</h1>
        <button type="button" class="plain" data-print hidden>
          {said.print}
        </button>
      </div>
      <p>
        <strong>{me.unit.name}</strong> · {said.period(timeOf(view.since), timeOf(view.now))}
      </p>
      <nav class="row period" aria-label={said.look}>
        {CHOICES.map((hours) => (
          <a
            class="button"
            href={`/shift?hours=${hours}`}
            aria-current={hours === chosen ? 'true' : undefined}
          >
            {said.hours(hours)}
          </a>
        ))}
        {view.last !== undefined && (
          <a
            class="button"
            href="/shift?since=hand-over"
            aria-current={chosen === undefined ? 'true' : undefined}
          >
            {said.sinceHandOver}
          </a>
        )}
      </nav>
      <div class="columns">
        <Waiting view={view} said={said} language={language} timeOf={timeOf} />
        <Fresh view={view} said={said} language={language} />
      </div>
      <Done view={view} said={said} language={language} />
      <Notes notes={view.notes} said={said} timeOf={timeOf} nameOf={nameOf} visit={visit} />
      {mayHandOver && <Forms visit={visit} view={view} colleagues={colleagues} said={said} />}
    </Frame>
  );
}

interface NotesProps {
  readonly notes: readonly ShiftEvent[];
  readonly said: ShiftWords;
  readonly visit: SignedVisit;
  readonly timeOf: (iso: string) => string;
  readonly nameOf: (id: number) => string;
}

function Notes({ notes, said, visit, timeOf, nameOf }: NotesProps) {
  return (
    <section class="sheet" id="notes">
      <h2>{said.notes}</h2>
      {notes.length === 0 ? (
        <p class="soft">{said.notesNone}</p>
      ) : (
        <ol class="plain-list stack">
          {notes.map(({ at, unit, actor, handedOver, note }) => (
            <li>
              <time datetime={at} class="soft">
                {timeOf(at)}
              </time>{' '}
              {unit !== visit.me.unit.id && <span class="tag line">{unit}</span>}{' '}
              <strong>
                {handedOver === undefined
                  ? said.noted(nameOf(actor))
                  : said.handedOver(nameOf(actor), nameOf(handedOver.to))}
              </strong>
              {handedOver !== undefined && (
                <span class="soft"> ({said.period(timeOf(handedOver.since), timeOf(at))})</span>
              )}
              {note !== undefined && (
                <blockquote class="post small" dir="auto">
                  {note}
                </blockquote>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface FormsProps {
  readonly visit: SignedVisit;
  readonly view: ShiftView;
  readonly colleagues: readonly User[];
  readonly said: ShiftWords;
}

function Forms({ visit: { me }, view, colleagues, said }: FormsProps) {
  return (
    <div class="columns unprinted">
      <form method="post" action="/shift/hand-over" class="sheet">
        <h2>{said.handOver}</h2>
        {colleagues.length === 0 ? (
          <p class="soft">{said.nobody}</p>
        ) : (
          <>
            <p class="hint below">{said.handOverHint}</p>
            <input type="hidden" name="csrf" value={me.csrf} />
            <input type="hidden" name="since" value={view.since} />
            <div class="field">
              <label for="to">{said.to}</label>
              <select id="to" name="to" required>
                {colleagues.map(({ id, display }) => (
                  <option value={id}>{display}</option>
                ))}
              </select>
            </div>
            <NoteField id="hand-over-note" said={said} />
            <button type="submit" class="primary">
              {said.handOver}
            </button>
          </>
        )}
      </form>
      <form method="post" action="/shift/note" class="sheet">
        <h2>{said.leave}</h2>
        <input type="hidden" name="csrf" value={me.csrf} />
        <NoteField id="note" said={said} required />
        <button type="submit">{said.leave}</button>
      </form>
    </div>
  );
}

function NoteField({
  id,
  said,
  required = false,
}: {
  readonly id: string;
  readonly said: ShiftWords;
  readonly required?: boolean;
}) {
  return (
    <div class="field">
      <label for={id}>{said.note}</label>
      <textarea
        id={id}
        name="note"
        maxlength={MAX_SHIFT_NOTE_CHARS}
        required={required}
        aria-describedby={`${id}-hint`}
      />
      <p class="hint" id={`${id}-hint`}>
        {said.noteHint}
      </p>
    </div>
  );
}
