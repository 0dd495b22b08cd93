import { CATEGORIES } from '../../core/assessment.js';
import { MAX_NOTE_CHARS, OUTCOMES, PROTECTED_GROUNDS, TARGET_KINDS } from '../../core/review.js';
import { may } from '../../triage/rights.js';
import type { Units } from '../../triage/scope.js';
import { words } from '../../words/catalogue.js';
import { nearWords } from '../../words/desk-near.js';
import type { QueueWords } from '../../words/desk-queue.js';
import { targetText } from '../../words/targets.js';
import type { ItemModel } from '../pages/item.js';
import { askFields, type QueueAsk } from '../queue-query.js';
import type { SignedVisit } from '../route.js';

interface PanelProps {
  readonly visit: SignedVisit;
  readonly model: ItemModel;
  /** The queue that is gone on with afterwards. */
  readonly ask: QueueAsk;
  readonly units: Units;
  readonly said: QueueWords;
}

/**
 * What the visitor may do with the item. Works without script: each act is a form; triage.ts puts keys on it and keeps the
 * reader in the flow.
 */
export function DecidePanel(props: PanelProps) {
  const { visit, model, said } = props;
  const { me } = visit;
  const { item, claim, history } = model;
  const mine = claim?.user === me.user.id;
  const stage = history.events.at(-1)?.stage ?? 'new';
  // A second look is at what is closed already.
  const isOpen = item.state === 'open' || item.state === 'claimed' || history.blind;
  const canDecide = may(me.user.role, 'item:decide') && isOpen;
  return (
    <section class="sheet" aria-labelledby="decide-title" id="decide" data-mine={mine ? 'yes' : undefined}>
      <h2 id="decide-title">{said.decide}</h2>
      {canDecide && claim !== undefined && !mine && <p class="notice warn">{said.holder(said.someone)}</p>}
      {canDecide && claim === undefined && (
        <Act {...props} to="claim" id="claim">
          <button type="submit" class="primary">
            {said.claim}
          </button>
          <p class="hint">{said.claimHint}</p>
        </Act>
      )}
      {canDecide && mine && <OutcomeForm {...props} />}
      {canDecide && mine && !history.blind && <EscalationForm {...props} />}
      {canDecide && mine && (
        <Act {...props} to="release">
          <button type="submit">{said.release}</button>
        </Act>
      )}
      {stage === 'proposed' && may(me.user.role, 'escalation:approve') && (
        <Act {...props} to="approve">
          <button type="submit" class="primary">
            {said.approve}
          </button>
        </Act>
      )}
      {stage === 'proposed' && may(me.user.role, 'escalation:approve') && (
        <NotedAct {...props} to="refuse" label={said.refuse} />
      )}
      {stage === 'approved' && may(me.user.role, 'escalation:release') && (
        <NotedAct {...props} to="release-case" label={said.releaseCase} />
      )}
      {item.state === 'closed' && may(me.user.role, 'item:reopen') && (
        <NotedAct {...props} to="reopen" label={said.reopen} />
      )}
      {may(me.user.role, 'item:hand-over') && <HandOverForm {...props} />}
      {may(me.user.role, 'name:unseal') && <UnsealForm {...props} />}
    </section>
  );
}

interface ActProps extends PanelProps {
  /** Last part of the address. */
  readonly to: string;
  readonly id?: string;
  readonly children?: unknown;
}

/** A form that does one thing to the item. */
function Act({ visit, model, ask, to, id, children, said }: ActProps) {
  return (
    <form
      method="post"
      action={`/items/${model.item.number}/${to}`}
      id={id}
      class="stack"
      data-failed={said.notSent}
      data-lost={said.claimLost}
    >
      <input type="hidden" name="csrf" value={visit.me.csrf} />
      {askFields(ask).map(([name, value]) => (
        <input type="hidden" name={`queue-${name}`} value={value} />
      ))}
      {children as never}
    </form>
  );
}

function NotedAct(props: ActProps & { readonly label: string }) {
  const { to, label } = props;
  return (
    <Act {...props}>
      <div class="field">
        <label for={`note-${to}`}>{label}</label>
        <textarea id={`note-${to}`} name="note" required maxlength={MAX_NOTE_CHARS} />
      </div>
      <button type="submit">{label}</button>
    </Act>
  );
}

function OutcomeForm(props: PanelProps) {
  const { visit, model, said } = props;
  const { categories } = words(visit.display.language);
  const { flags, findings } = model.item.assessment;
  const claim = findings.find((finding) => finding.claim !== undefined)?.claim;
  // A second look gives a verdict; it cannot ask for another.
  const outcomes = model.history.blind ? OUTCOMES.slice(0, -1) : OUTCOMES;
  return (
    <Act {...props} to={model.history.blind ? 'review-blind' : 'decide'} id="outcome">
      <fieldset>
        <legend class="unseen">{said.decide}</legend>
        {outcomes.map((outcome, at) => (
          <label class="choice">
            <input type="radio" name="outcome" value={outcome} required data-key={at + 1} />
            <kbd>{at + 1}</kbd>
            <span>
              {said.outcomes[outcome]} <span class="soft small">— {said.outcomeHints[outcome]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="field" data-for="violation">
        <label for="category">{words(visit.display.language).columns.flags}</label>
        <select id="category" name="category">
          {CATEGORIES.map((each) => (
            <option value={each} selected={each === flags[0]}>
              {categories[each]}
            </option>
          ))}
        </select>
      </div>
      <div class="columns" data-for="hoax">
        <div class="field">
          <label for="claim-id">{said.claimId}</label>
          <input id="claim-id" name="claim" value={claim?.id} maxlength={200} />
        </div>
        <div class="field">
          <label for="source-url">{said.sourceUrl}</label>
          <input id="source-url" name="source" type="url" maxlength={2000} />
        </div>
      </div>
      <div class="field" data-for="not-a-violation">
        <label for="ground">{said.ground}</label>
        <select id="ground" name="ground">
          {PROTECTED_GROUNDS.map((ground) => (
            <option value={ground}>{said.grounds[ground]}</option>
          ))}
        </select>
      </div>
      <div class="field" data-for="duplicate">
        <label for="of">{said.duplicateOf}</label>
        <input id="of" name="of" inputmode="numeric" pattern="[0-9]{1,15}" />
      </div>
      <div class="field">
        <label for="note">
          {said.note} <kbd>n</kbd>
        </label>
        <textarea id="note" name="note" maxlength={MAX_NOTE_CHARS} />
        <p class="hint">{said.noteHint}</p>
      </div>
      <button type="submit" class="primary" data-many={nearWords(visit.display.language).confirm('{n}')}>
        {said.confirm}
      </button>
    </Act>
  );
}

function EscalationForm(props: PanelProps) {
  const { said, model, visit } = props;
  const { checklist } = said;
  return (
    <details id="escalate">
      <summary>
        {said.escalate} <kbd>e</kbd>
      </summary>
      <p class="hint">{said.escalateHint}</p>
      <Act {...props} to="propose">
        <div class="field">
          <label for="target-kind">{checklist.targetKind}</label>
          <select id="target-kind" name="targetKind" required>
            <option value="" />
            {TARGET_KINDS.map((kind) => (
              <option value={kind}>{said.targetKinds[kind]}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="target">{checklist.target}</label>
          <input id="target" name="target" list="targets" maxlength={120} aria-describedby="target-hint" />
          <p class="hint" id="target-hint">
            {said.targetHint}
          </p>
          <datalist id="targets">
            {model.item.assessment.targets.map((target) => (
              <option value={targetText(target, visit.display.language)} />
            ))}
          </datalist>
        </div>
        <YesNo name="criticismOrOpinion" label={checklist.criticismOrOpinion} said={said} />
        <YesNo name="callToAct" label={checklist.callToAct} said={said} />
        <div class="field">
          <label for="fact-check">{checklist.factCheck}</label>
          <input id="fact-check" name="factCheck" maxlength={2000} />
        </div>
        <div class="field">
          <label for="propose-note">{said.note}</label>
          <textarea id="propose-note" name="note" maxlength={MAX_NOTE_CHARS} />
        </div>
        <button type="submit" class="grave">
          {said.escalate}
        </button>
      </Act>
    </details>
  );
}

function YesNo({
  name,
  label,
  said,
}: {
  readonly name: string;
  readonly label: string;
  readonly said: QueueWords;
}) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {(['yes', 'no'] as const).map((answer) => (
        <label class="choice">
          <input type="radio" name={name} value={answer} required />
          {said[answer]}
        </label>
      ))}
    </fieldset>
  );
}

function HandOverForm(props: PanelProps) {
  const { said, units, visit } = props;
  const others = units.all.filter(({ id }) => id !== visit.me.unit.id);
  if (others.length === 0) return null;
  return (
    <details>
      <summary>{said.handOver} …</summary>
      <Act {...props} to="hand-over">
        <div class="field">
          <label for="unit">{said.handOver}</label>
          <select id="unit" name="unit">
            {others.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="hand-over-note">{said.note}</label>
          <textarea id="hand-over-note" name="note" maxlength={MAX_NOTE_CHARS} />
        </div>
        <button type="submit">{said.handOver}</button>
      </Act>
    </details>
  );
}

function UnsealForm(props: PanelProps) {
  const { said } = props;
  return (
    <details>
      <summary>{said.unseal}</summary>
      <p class="hint">
        {said.sealed} {said.unsealHint}
      </p>
      <Act {...props} to="unseal" id="unseal">
        <div class="field">
          <label for="reason">{said.reason}</label>
          <textarea id="reason" name="reason" required minlength={10} maxlength={500} />
        </div>
        <button type="submit" class="grave">
          {said.unseal}
        </button>
      </Act>
    </details>
  );
}
