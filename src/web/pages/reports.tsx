import { BRIEF_FORMATS, BRIEF_KINDS, type BriefRequest } from '../../core/brief.js';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { dayIn } from '../../pipeline/brief-span.js';
import { exportReport } from '../../pipeline/export-report.js';
import { type ReportPageWords, reportPageWords } from '../../words/desk-reports.js';
import { type DeskApp, type DeskRoute, type Fields, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';

const DAY_MS = 86_400_000;
const LANGUAGES = ['id', 'en'] as const;
/** As ids of narratives are; in a form, whatever else is refused before it is looked for. */
const STORY = /^[\w~.-]{1,64}$/;

/** Reports as files, for those who brief others. */
export function reportRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/reports',
      access: 'report:export',
      handle: (visit) => visit.c.html(<ReportsPage visit={visit} />),
    },
    {
      method: 'POST',
      path: '/reports',
      access: 'report:export',
      handle: async ({ c, me }, fields) => {
        const asked = askedOf(fields);
        const file = await exportReport({ ...app.ports, reports: app.reports }, me.actor, asked);
        return c.body(new Uint8Array(file.bytes), 200, {
          'content-type': file.type,
          // A page of a report is read from a file: opened here, it would stand at the desk's own address.
          'content-disposition': `attachment; filename="${file.name}"`,
          'cache-control': 'no-store',
        });
      },
    },
  ];
}

/** @throws DeskRefusal `bad-field` */
function askedOf(
  fields: Fields,
): Omit<BriefRequest, 'zone'> & { format: (typeof BRIEF_FORMATS)[number]; language: 'id' | 'en' } {
  const kind = oneOf(fields, 'kind', BRIEF_KINDS);
  const format = oneOf(fields, 'format', BRIEF_FORMATS);
  const language = oneOf(fields, 'language', LANGUAGES);
  if (kind === 'narrative') {
    const story = field(fields, 'story');
    if (!STORY.test(story)) throw new DeskRefusal('bad-field', 'story is no id of a narrative');
    return { kind, story, format, language };
  }
  const date = field(fields, 'date');
  return { kind, ...(date === '' ? {} : { date }), format, language };
}

function oneOf<T extends string>(fields: Fields, name: string, known: readonly T[]): T {
  const given = field(fields, name);
  const found = known.find((each) => each === given);
  if (found === undefined) throw new DeskRefusal('bad-field', `${name} is none of: ${known.join(', ')}`);
  return found;
}

function ReportsPage({ visit }: { readonly visit: SignedVisit }) {
  const { display, me, now, c } = visit;
  const said = reportPageWords(display.language);
  const { zone } = me.unit;
  const given = c.req.query('story') ?? '';
  return (
    <Frame title={said.title} display={display} me={signedInOf(me)} room="reports">
      <h1>{said.title}</h1>
      <p>{said.intro}</p>
      <section class="sheet" aria-labelledby="span">
        <h2 id="span">{said.span}</h2>
        <form method="post" action="/reports" class="stack">
          <input type="hidden" name="csrf" value={me.csrf} />
          <div class="field">
            <label for="kind">{said.kind}</label>
            <select id="kind" name="kind">
              <option value="daily">{said.kinds.daily}</option>
              <option value="weekly">{said.kinds.weekly}</option>
            </select>
          </div>
          <div class="field">
            <label for="date">{said.date}</label>
            <input
              id="date"
              type="date"
              name="date"
              value={dayIn(now - DAY_MS, zone)}
              max={dayIn(now, zone)}
              aria-describedby="zone"
              required
            />
            <p class="small soft" id="zone">
              {said.zone(zone)}
            </p>
          </div>
          <Choices said={said} language={display.language} of="span" />
          <button type="submit" class="primary">
            {said.make}
          </button>
        </form>
      </section>
      <section class="sheet" aria-labelledby="narrative">
        <h2 id="narrative">{said.narrative}</h2>
        <form method="post" action="/reports" class="stack">
          <input type="hidden" name="csrf" value={me.csrf} />
          <input type="hidden" name="kind" value="narrative" />
          <div class="field">
            <label for="story">{said.narrativeId}</label>
            <input
              id="story"
              name="story"
              value={STORY.test(given) ? given : ''}
              pattern="[A-Za-z0-9_~.\-]{1,64}"
              aria-describedby="story-hint"
              autocomplete="off"
              required
            />
            <p class="small soft" id="story-hint">
              {said.narrativeHint}
            </p>
          </div>
          <Choices said={said} language={display.language} of="story" />
          <button type="submit" class="primary">
            {said.make}
          </button>
        </form>
      </section>
    </Frame>
  );
}

interface ChoicesProps {
  readonly said: ReportPageWords;
  readonly language: 'id' | 'en';
  /** Begins the ids. */
  readonly of: string;
}

function Choices({ said, language, of }: ChoicesProps) {
  return (
    <>
      <div class="field">
        <label for={`${of}-format`}>{said.format}</label>
        <select id={`${of}-format`} name="format">
          {BRIEF_FORMATS.map((each) => (
            <option value={each} selected={each === 'pdf'}>
              {said.formats[each]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${of}-language`}>{said.language}</label>
        <select id={`${of}-language`} name="language">
          {LANGUAGES.map((each) => (
            <option value={each} selected={each === language}>
              {said.languages[each]}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
