import {
  LEAST_RULE_DECISIONS,
  type NeutralityView,
  NUMBER_DAYS,
  readNeutrality,
  type TargetRow,
} from '../../pipeline/numbers.js';
import { LEAST_PAIRS, type Share } from '../../triage/agreement.js';
import { deskWords } from '../../words/desk.js';
import { type NumbersWords, numbersWords } from '../../words/desk-numbers.js';
import { queueWords } from '../../words/desk-queue.js';
import { targetText } from '../../words/targets.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { Bar, figure } from '../views/charts.js';
import { percent } from '../views/figures.js';
import { Frame, signedInOf } from '../views/frame.js';
import { Period, periodOf } from '../views/period.js';
import { ScrollBox } from '../views/scroll-box.js';
import { timeIn } from '../views/times.js';

/** How evenly the machine flags and people decide, with what the numbers cannot say. */
export function neutralityRoutes({ ports }: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/neutrality',
      access: 'neutrality:read',
      handle: (visit) => {
        const days = periodOf(visit.c, NUMBER_DAYS, 30);
        return visit.c.html(
          <NeutralityPage visit={visit} view={readNeutrality(ports, visit.me.actor, days)} />,
        );
      },
    },
  ];
}

interface PageProps {
  readonly visit: SignedVisit;
  readonly view: NeutralityView;
}

function NeutralityPage({ visit, view }: PageProps) {
  const { display, me } = visit;
  const { language } = display;
  const title = deskWords(language).rooms.neutrality;
  const said = numbersWords(language);
  const { neutrality } = said;
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="neutrality">
      <h1>{title}</h1>
      <p>{neutrality.intro}</p>
      <Period path="/neutrality" days={NUMBER_DAYS} chosen={view.days} said={said} />
      {view.countedFrom !== undefined && view.countedFrom > view.from && (
        <p class="notice">{said.countedFrom(timeIn(view.countedFrom, me.unit.zone, language))}</p>
      )}
      <section class="sheet">
        <h2>{neutrality.groups}</h2>
        <Targets rows={view.groups} said={said} language={language} />
      </section>
      <section class="sheet">
        <h2>{neutrality.camps}</h2>
        <p class="hint below">{neutrality.campsHint}</p>
        <Targets rows={view.camps} said={said} language={language} />
      </section>
      <AgreementSheet view={view} said={said} language={language} />
      <RulesSheet view={view} said={said} language={language} />
      <section class="sheet">
        <h2>{neutrality.limitsTitle}</h2>
        <ul>
          {neutrality.limits.map((limit) => (
            <li>{limit}</li>
          ))}
        </ul>
      </section>
    </Frame>
  );
}

interface TargetsProps {
  readonly rows: readonly TargetRow[];
  readonly said: NumbersWords;
  readonly language: 'id' | 'en';
}

function Targets({ rows, said, language }: TargetsProps) {
  const { neutrality } = said;
  if (rows.length === 0) return <p class="soft">{neutrality.noTargets}</p>;
  const hasFlagged = rows.some(({ flagged }) => flagged !== undefined);
  return (
    <ScrollBox label={neutrality.target}>
      <table class="counted stacked">
        <thead>
          <tr>
            <th scope="col">{neutrality.target}</th>
            <th scope="col" class="numeric">
              {said.landed}
            </th>
            {hasFlagged && (
              <th scope="col" class="wide">
                {neutrality.flagged} <span class="hint">{neutrality.flaggedHint}</span>
              </th>
            )}
            <th scope="col" class="wide">
              {neutrality.dismissed} <span class="hint">{neutrality.dismissedHint}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ target, landed, flagged, dismissed, apart }) => (
            <tr>
              <th scope="row">
                {targetText(target, language)}
                {apart !== undefined && <span class="tag medium">{neutrality.apart[apart]}</span>}
              </th>
              <td class="numeric" data-label={said.landed}>
                {figure(landed, language)}
              </td>
              {hasFlagged && (
                <td class="wide" data-label={neutrality.flagged}>
                  <ShareCell share={flagged} language={language} />
                </td>
              )}
              <td class="wide" data-label={neutrality.dismissed}>
                <ShareCell share={dismissed} language={language} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** A share as a bar with its interval, and in figures. */
function ShareCell({
  share,
  language,
}: {
  readonly share: Share | undefined;
  readonly language: 'id' | 'en';
}) {
  if (share === undefined) return <span class="soft">–</span>;
  const { of, low, high } = share;
  return (
    <>
      <Bar share={share.share} low={low} high={high} />
      <span class="small">
        {percent(share.share, language)}{' '}
        <span class="soft nowrap">{`(${percent(low, language)}–${percent(high, language)}; n ${figure(of, language)})`}</span>
      </span>
    </>
  );
}

interface SheetProps {
  readonly view: NeutralityView;
  readonly said: NumbersWords;
  readonly language: 'id' | 'en';
}

function AgreementSheet({ view: { agreement, pairs }, said, language }: SheetProps) {
  const { neutrality } = said;
  return (
    <section class="sheet">
      <h2>{neutrality.agreement}</h2>
      <p>{neutrality.agreementIntro}</p>
      {agreement === undefined ? (
        <p class="soft">{neutrality.noPairs}</p>
      ) : (
        <>
          <dl class="headlines">
            <div>
              <dt>{neutrality.observed}</dt>
              <dd>{percent(agreement.observed, language)}</dd>
              <dd class="hint">{neutrality.pairs(agreement.pairs)}</dd>
            </div>
            <div>
              <dt>{neutrality.expected}</dt>
              <dd>{percent(agreement.expected, language)}</dd>
            </div>
            <div>
              <dt>{neutrality.kappa}</dt>
              <dd>{agreement.kappa === undefined ? '–' : decimal(agreement.kappa, language)}</dd>
              <dd class="hint">
                {agreement.interval === undefined
                  ? neutrality.kappaNone
                  : `${neutrality.interval}: ${decimal(agreement.interval.low, language)} … ${decimal(agreement.interval.high, language)}`}
              </dd>
            </div>
          </dl>
          {agreement.few && <p class="notice warn">{neutrality.few(LEAST_PAIRS)}</p>}
          <PairTable pairs={pairs} said={said} language={language} />
        </>
      )}
    </section>
  );
}

function PairTable({
  pairs,
  said,
  language,
}: {
  readonly pairs: NeutralityView['pairs'];
  readonly said: NumbersWords;
  readonly language: 'id' | 'en';
}) {
  const { first, second } = said.neutrality;
  const outcomes = queueWords(language).outcomes;
  const kinds = Object.keys(outcomes).filter((kind) =>
    pairs.some((pair) => pair.first === kind || pair.second === kind),
  );
  const nameOf = (kind: string): string => outcomes[kind as keyof typeof outcomes];
  return (
    <ScrollBox label={`${first}, ${second}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{`${first} ↓ · ${second} →`}</th>
            {kinds.map((kind) => (
              <th scope="col" class="numeric">
                {nameOf(kind)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((row) => (
            <tr>
              <th scope="row">{nameOf(row)}</th>
              {kinds.map((column) => (
                <td class={row === column ? 'numeric same' : 'numeric'}>
                  {pairs.find((pair) => pair.first === row && pair.second === column)?.n ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function RulesSheet({ view: { rules, rulesLooked }, said, language }: SheetProps) {
  const { neutrality } = said;
  return (
    <section class="sheet">
      <h2>{neutrality.rules}</h2>
      <p class="hint below">{neutrality.rulesHint(LEAST_RULE_DECISIONS, rulesLooked)}</p>
      {rules.length === 0 ? (
        <p class="soft">{neutrality.rulesNone}</p>
      ) : (
        <ScrollBox label={neutrality.rules}>
          <table class="counted">
            <thead>
              <tr>
                <th scope="col">{neutrality.rule}</th>
                <th scope="col" class="wide">
                  {`${neutrality.dismissed} (${neutrality.interval})`}
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.map(({ rule, dismissed }) => (
                <tr>
                  <th scope="row">
                    <code>{rule}</code>
                  </th>
                  <td class="wide">
                    <ShareCell share={dismissed} language={language} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}

function decimal(value: number, language: 'id' | 'en'): string {
  return value.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}
