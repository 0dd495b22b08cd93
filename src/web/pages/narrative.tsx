import { DeskRefusal } from '../../core/desk-refusal.js';
import { ZONE_HOURS } from '../../core/user.js';
import {
  type EditPorts,
  mergeNarratives,
  noteClarification,
  removeClarification,
  renameNarrative,
  splitNarrative,
} from '../../pipeline/edit-narratives.js';
import type { StoryView } from '../../pipeline/read-story.js';
import { readStoryApart } from '../../pipeline/story-reading.js';
import { may } from '../../triage/rights.js';
import { reportPageWords } from '../../words/desk-reports.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import { refusalWords } from '../../words/refusals.js';
import { type DeskApp, type DeskRoute, type Fields, field, type SignedVisit } from '../route.js';
import { CoordinationView } from '../views/coordination.js';
import { Curve } from '../views/curve.js';
import { localTime } from '../views/days.js';
import { Frame, signedInOf } from '../views/frame.js';
import { type RefusedForm, STORY_ACTS, type StoryAct, StoryEdits } from '../views/story-edits.js';
import { LifeTag, storyAddress } from '../views/story-lines.js';
import { marksOf, spanOf } from '../views/story-marks.js';
import { Answers, Bursts, Claims, Facts, Spread, Terms } from '../views/story-parts.js';
import { VeiledText } from '../views/veiled-text.js';
import { Wordings } from '../views/wordings.js';
import { idIn } from './compare.js';

const PATH = '/narratives/:id{[\\w~.-]{1,64}}';
/** Refusals that are about what was filled in: the page is shown again with it. */
const OF_FORMS = new Set(['bad-title', 'same-narrative', 'nothing-to-split', 'bad-clarification']);

/** A narrative: its curve, where and in what words it spread, what was answered. No account, and no post of one person. */
export function narrativeRoutes(app: DeskApp): readonly DeskRoute[] {
  const ports: EditPorts = { ...app.ports, narratives: app.narratives, edits: app.edits };
  const idOf = ({ c }: SignedVisit): string => c.req.param('id') ?? '';
  const show = async (visit: SignedVisit, refused?: RefusedForm): Promise<Response> => {
    const view = await readStoryApart(app.stories, visit.me.actor, idOf(visit));
    const page = <StoryPage visit={visit} app={app} view={view} refused={refused} />;
    return visit.c.html(page, refused === undefined ? 200 : 422);
  };
  return [
    { method: 'GET', path: PATH, access: 'narrative:read', handle: (visit) => show(visit) },
    ...STORY_ACTS.map(
      (act): DeskRoute => ({
        method: 'POST',
        path: `${PATH}/${act}`,
        access: 'narrative:edit',
        handle: async (visit, fields) => {
          try {
            const id = ACTS[act](ports, visit, idOf(visit), fields);
            return visit.c.redirect(`${storyAddress(id)}?done=${act}`, 303);
          } catch (error) {
            const isFilledIn = error instanceof DeskRefusal && OF_FORMS.has(error.kind);
            const isMissing =
              error instanceof DeskRefusal && error.kind === 'no-narrative' && act === 'merge';
            if (!isFilledIn && !isMissing) throw error;
            const sentence = refusalWords(visit.display.language, error.kind) ?? error.message;
            return show(visit, {
              act,
              sentence,
              field: (name) => field(fields, name),
              all: (name) => fields.get(name) ?? [],
            });
          }
        },
      }),
    ),
    {
      method: 'POST',
      path: `${PATH}/clarifications/:clarification{[0-9]{1,15}}/remove`,
      access: 'narrative:edit',
      handle: (visit) => {
        removeClarification(ports, visit.me.actor, Number(visit.c.req.param('clarification')));
        return visit.c.redirect(`${storyAddress(idOf(visit))}?done=unclarify`, 303);
      },
    },
  ];
}

type Perform = (ports: EditPorts, visit: SignedVisit, narrative: string, fields: Fields) => string;

/** Each act of a form; the id of the narrative that is shown then. */
const ACTS: Readonly<Record<StoryAct, Perform>> = {
  rename: (ports, { me }, narrative, fields) =>
    renameNarrative(ports, me.actor, { narrative, title: field(fields, 'title') }).id,
  merge: (ports, { me }, narrative, fields) =>
    mergeNarratives(ports, me.actor, { narrative, into: idIn(field(fields, 'into')) }).id,
  split: (ports, { me }, narrative, fields) =>
    splitNarrative(ports, me.actor, { narrative, wordings: fields.get('wording') ?? [] }).id,
  clarify: (ports, { me }, narrative, fields) => {
    const at = localTime(field(fields, 'at'), ZONE_HOURS[me.unit.zone]) ?? '';
    const [channel, url, note] = ['channel', 'url', 'note'].map((name) => field(fields, name));
    noteClarification(ports, me.actor, narrative, {
      at,
      channel: channel ?? '',
      url: url ?? '',
      note: note ?? '',
    });
    return narrative;
  },
};

interface StoryProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly view: StoryView;
  readonly refused: RefusedForm | undefined;
}

function StoryPage({ visit, app, view, refused }: StoryProps) {
  const { display, me } = visit;
  const { language } = display;
  const { zone } = me.unit;
  const said = storyWords(language);
  const { narrative } = view;
  const title = narrative.title === '' ? said.noTitle : narrative.title;
  const part = { view, visit, said } as const;
  const done = visit.c.req.query('done');
  return (
    <Frame
      title={said.story.title(title)}
      display={display}
      me={signedInOf(me)}
      room="narratives"
      styles={['stories']}
    >
      <p class="unprinted">
        <a href="/narratives">{said.story.back}</a>
      </p>
      {done !== undefined && Object.hasOwn(said.story.done, done) && (
        <p class="notice good" role="status">
          {said.story.done[done as keyof StoryWords['story']['done']]}
        </p>
      )}
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p class="row">
        <LifeTag life={narrative.life} said={said} />
        <span class="small soft">
          <code>{narrative.id}</code>
        </span>
        {may(me.user.role, 'report:export') && (
          <a class="small" href={`/reports?story=${encodeURIComponent(narrative.id)}`}>
            {reportPageWords(language).ofNarrative}
          </a>
        )}
        {may(me.user.role, 'queue:read') && (
          <a class="small" href={`/queue?narrative=${encodeURIComponent(narrative.id)}`}>
            {said.story.inQueue}
          </a>
        )}
      </p>
      <Facts {...part} />
      <section class="sheet">
        <Curve
          id="curve"
          title={said.story.curve}
          hours={view.hours}
          span={spanOf([narrative], view.answers)}
          now={visit.now}
          marks={marksOf(narrative.bursts, view.answers, zone, language, said)}
          zone={zone}
          language={language}
          said={said}
        />
        <p class="hint">{said.zoneHint(zone)}</p>
      </section>
      {view.exemplar !== undefined && (
        <section class="sheet">
          <h2>{said.story.exemplar}</h2>
          <p class="post" dir="auto">
            <VeiledText text={view.exemplar.text} slurs={view.slurs ?? []} />
          </p>
          <p class="hint">{said.story.exemplarHint}</p>
        </section>
      )}
      <div class="columns">
        <Answers {...part} app={app} />
        <Claims {...part} />
        <section class="sheet">
          <h2>{said.story.coordination}</h2>
          <CoordinationView coordination={narrative.coordination} language={language} said={said} />
        </section>
        <Terms {...part} />
        <Spread {...part} app={app} />
        <Bursts {...part} />
      </div>
      <section class="sheet">
        <h2>{said.story.wordings}</h2>
        <p class="hint">{said.story.wordingsHint}</p>
        <Wordings
          variants={view.variants}
          zone={zone}
          language={language}
          said={said}
          slurs={view.slurs ?? []}
        />
      </section>
      {may(me.user.role, 'narrative:edit') && <StoryEdits {...part} refused={refused} />}
      <form method="get" action="/compare" class="sheet row unprinted">
        <input type="hidden" name="a" value={narrative.id} />
        <label for="compare-b">{said.story.compareWith}</label>
        <input id="compare-b" name="b" required maxlength={200} />
        <button type="submit">{said.story.compare}</button>
      </form>
    </Frame>
  );
}
