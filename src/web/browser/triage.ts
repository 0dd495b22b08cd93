/**
 * The desk by keyboard: j and k go through the queue, 1 to 6 choose an outcome, n goes to the note, e opens a proposal,
 * c takes the item, a ticks all near-duplicates, z undoes for ten seconds, ? shows the keys. Everything also works without
 * this script, by forms.
 */

const UNDO_KEY = 'ronda-undo';
const RENEW_MS = 60_000;

interface Undo {
  readonly item: number;
  readonly also: readonly number[];
  /** Near-duplicates that were left out, by why. */
  readonly left?: readonly LeftOut[];
  /** ms since the epoch, by this machine's clock */
  readonly until: number;
}

interface LeftOut {
  readonly number: number;
  readonly why: string;
}

interface ActAnswer {
  readonly next?: string;
  /** Items that it was done to, the one read first. */
  readonly items?: readonly { readonly number: number }[];
  readonly leftOut?: readonly LeftOut[];
  readonly undoForMs?: number;
  /** `again`: what the link that goes on is called, where another login or a reload is needed. */
  readonly error?: { readonly kind: string; readonly message: string; readonly again?: string };
}

const article = document.getElementById('item');
const item = article === null ? undefined : Number(article.dataset.item);
const csrf = article?.dataset.csrf ?? '';

// ------------------------------------------------------------------------------------------ arrivals

const arrived = document.getElementById('arrived');
if (arrived !== null) {
  let source: EventSource | undefined;
  /** A browser has six connections to a host: a page that nobody sees holds none of them. */
  const listen = (): void => {
    const isSeen = document.visibilityState === 'visible';
    if (isSeen === (source !== undefined)) return;
    if (!isSeen) {
      source?.close();
      source = undefined;
      return;
    }
    source = new EventSource(`/queue/arrivals?after=${arrived.dataset.after}`);
    source.addEventListener('arrived', (event) => {
      const { n, more } = JSON.parse((event as MessageEvent<string>).data) as { n: number; more: boolean };
      arrived.hidden = n === 0;
      arrived.textContent = (arrived.textContent ?? '').replace(/^\S+/, `${n}${more ? '+' : ''}`);
    });
  };
  listen();
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => source?.close());
}

// ------------------------------------------------------------------------------------------ acts

/** Sends a form of the item as a script does, so that a refusal does not lose what was typed. */
async function send(form: HTMLFormElement): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  body.set('key', form.dataset.key ?? '');
  let response: Response;
  let answer: ActAnswer;
  try {
    response = await fetch(form.action, { method: 'POST', headers: { 'x-csrf': csrf }, body });
    answer = (await response.json()) as ActAnswer;
  } catch {
    // Sent again under the same key it is done once, whether or not the first try arrived.
    tell(form, form.dataset.failed ?? '');
    return;
  }
  if (!response.ok || answer.error !== undefined) {
    tell(form, answer.error?.message ?? String(response.status));
    if (answer.error?.again !== undefined) offerAgain(form, answer.error.kind, answer.error.again);
    return;
  }
  if (answer.undoForMs !== undefined && item !== undefined) {
    const also = (answer.items ?? []).map(({ number }) => number).filter((number) => number !== item);
    const until = Date.now() + answer.undoForMs;
    const undo: Undo = { item, also, until, ...(answer.leftOut && { left: answer.leftOut }) };
    sessionStorage.setItem(UNDO_KEY, JSON.stringify(undo));
  }
  for (const area of form.querySelectorAll('textarea')) sessionStorage.removeItem(draftKey(area));
  location.assign(answer.next ?? '/queue');
}

function tell(form: HTMLFormElement, message: string): void {
  let place = form.querySelector<HTMLElement>('.fault');
  if (place === null) {
    place = document.createElement('p');
    place.className = 'fault';
    place.setAttribute('role', 'alert');
    form.append(place);
  }
  place.textContent = message;
}

/** A link back to this very page, by way of the login where the session is over; what was typed comes back with it. */
function offerAgain(form: HTMLFormElement, kind: string, label: string): void {
  const here = location.pathname + location.search;
  const link = document.createElement('a');
  link.href = kind === 'signed-out' ? `/login?to=${encodeURIComponent(here)}` : here;
  link.textContent = label;
  form.querySelector('.fault')?.append(' ', link);
}

// What answers with a page of its own goes as a form does.
for (const form of document.querySelectorAll<HTMLFormElement>('#decide form:not(#unseal)')) {
  form.dataset.key = crypto.randomUUID();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
  for (const area of form.querySelectorAll('textarea')) {
    area.value ||= sessionStorage.getItem(draftKey(area)) ?? '';
    area.addEventListener('input', () => sessionStorage.setItem(draftKey(area), area.value));
  }
}

/** Where what is typed is kept until it was sent: in this window alone, gone with it, and for who typed it alone. */
function draftKey({ id }: HTMLTextAreaElement): string {
  return `ronda-draft-${article?.dataset.user}-${item}-${id}`;
}

const outcome = document.getElementById('outcome');
if (outcome !== null) {
  const showFields = (): void => {
    const chosen = outcome.querySelector<HTMLInputElement>('input[name=outcome]:checked')?.value;
    for (const part of outcome.querySelectorAll<HTMLElement>('[data-for]')) {
      part.hidden = part.dataset.for !== chosen;
    }
  };
  outcome.addEventListener('change', showFields);
  showFields();
}

// ------------------------------------------------------------------------------------------ near-duplicates

const ticks = [...document.querySelectorAll<HTMLInputElement>('#near input[name=also]')];
const every = document.getElementById('near-all');
const sending = outcome?.querySelector<HTMLButtonElement>('button[type=submit]');
const sendingAlone = sending?.textContent ?? '';

/** Says on the button how many are decided. */
function countTicks(): void {
  const chosen = ticks.filter(({ checked }) => checked);
  const n = chosen.reduce((sum, { dataset }) => sum + Number(dataset.items), 1);
  if (sending) {
    sending.textContent = n === 1 ? sendingAlone : (sending.dataset.many ?? '').replace('{n}', String(n));
  }
  if (every instanceof HTMLInputElement) {
    every.checked = chosen.length === ticks.length;
    every.indeterminate = chosen.length > 0 && !every.checked;
  }
}

function tickAll(checked: boolean): void {
  for (const tick of ticks) tick.checked = checked;
  countTicks();
}

if (every instanceof HTMLInputElement) {
  for (const part of document.querySelectorAll<HTMLElement>('#near .needs-script')) part.hidden = false;
  every.addEventListener('change', () => tickAll(every.checked));
  for (const tick of ticks) tick.addEventListener('change', countTicks);
  // A browser that goes back keeps what was ticked.
  countTicks();
}

// ------------------------------------------------------------------------------------------ claims

if (document.getElementById('decide')?.dataset.mine === 'yes') {
  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    void fetch(`/items/${item}/renew`, { method: 'POST', headers: { 'x-csrf': csrf } })
      .then(async (response) => {
        const { lost = [] } = (await response.json()) as { lost?: readonly number[] };
        if (lost.length > 0 && outcome instanceof HTMLFormElement) tell(outcome, outcome.dataset.lost ?? '');
      })
      .catch(() => undefined);
  }, RENEW_MS);
}

// ------------------------------------------------------------------------------------------ undo

let hiding: ReturnType<typeof setTimeout> | undefined;
const toast = document.getElementById('undo');
const undo = readUndo();
if (toast !== null && undo !== undefined) {
  const left = undo.until - Date.now();
  toast.hidden = false;
  toast.querySelector('[data-item-number]')?.append(decidedText(undo));
  tellLeftOut(toast, undo.left ?? []);
  toast.querySelector('button')?.addEventListener('click', () => void takeBack(undo));
  hiding = setTimeout(forgetUndo, left);
}

function decidedText({ item: number, also }: Undo): string {
  const more = toast?.dataset.also ?? '';
  return also.length === 0 ? String(number) : `${number} ${more.replace('{n}', String(also.length))}`;
}

/** Who was ticked and not decided, each for its reason; the sentences stand in the page. */
function tellLeftOut(place: HTMLElement, left: readonly LeftOut[]): void {
  for (const why of new Set(left.map((one) => one.why))) {
    const numbers = left.filter((one) => one.why === why).map(({ number }) => number);
    const sentence = place.querySelector<HTMLElement>(`[data-left="${why}"]`);
    if (sentence === null) continue;
    sentence.textContent = (sentence.dataset.sentence ?? '').replace('{n}', numbers.join(', '));
    sentence.hidden = false;
  }
}

function readUndo(): Undo | undefined {
  const kept = sessionStorage.getItem(UNDO_KEY);
  if (kept === null) return undefined;
  const read = JSON.parse(kept) as Undo;
  if (read.until > Date.now()) return read;
  sessionStorage.removeItem(UNDO_KEY);
  return undefined;
}

function forgetUndo(): void {
  sessionStorage.removeItem(UNDO_KEY);
  if (toast !== null) toast.hidden = true;
}

async function takeBack({ item: number, also }: Undo): Promise<void> {
  const body = new URLSearchParams(also.map((each): [string, string] => ['also', String(each)]));
  let refused = toast?.dataset.failed ?? '';
  try {
    const response = await fetch(`/items/${number}/undo`, {
      method: 'POST',
      headers: { 'x-csrf': csrf || (toast?.dataset.csrf ?? '') },
      body,
    });
    if (response.ok) {
      forgetUndo();
      location.assign(`/items/${number}?mine=1`);
      return;
    }
    const { error } = (await response.json()) as ActAnswer;
    refused = error?.message ?? refused;
    sessionStorage.removeItem(UNDO_KEY);
    toast?.querySelector('button')?.remove();
  } catch {
    // It may be tried again while there is time.
  }
  if (toast === null) return;
  clearTimeout(hiding);
  toast.hidden = false;
  (toast.querySelector('span') ?? toast).textContent = refused;
}

// ------------------------------------------------------------------------------------------ reading

for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-normalised]')) {
  details.addEventListener('toggle', async () => {
    const place = details.querySelector('p');
    if (!details.open || place === null || place.textContent !== '') return;
    const response = await fetch(details.dataset.normalised ?? '');
    place.textContent = await response.text();
  });
}

// ------------------------------------------------------------------------------------------ keys

function goAlong(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.queue a[data-item]')];
  const at = links.findIndex((link) => Number(link.dataset.item) === item);
  const to = at === -1 ? links[step === 1 ? 0 : links.length - 1] : links[at + step];
  to?.click();
}

function choose(key: string): void {
  const radio = document.querySelector<HTMLInputElement>(`#outcome input[data-key="${key}"]`);
  if (radio === null) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event('change', { bubbles: true }));
}

function openProposal(): void {
  const details = document.getElementById('escalate');
  if (!(details instanceof HTMLDetailsElement)) return;
  details.open = true;
  details.querySelector('select')?.focus();
}

const help = document.getElementById('keys');

const KEYS: Readonly<Record<string, () => void>> = {
  j: () => goAlong(1),
  k: () => goAlong(-1),
  a: () => tickAll(!ticks.every(({ checked }) => checked)),
  n: () => document.querySelector<HTMLElement>('#outcome textarea')?.focus(),
  e: openProposal,
  c: () => document.querySelector<HTMLFormElement>('#claim')?.requestSubmit(),
  z: () => {
    const kept = readUndo();
    if (kept !== undefined) void takeBack(kept);
  },
  '?': () => {
    if (help instanceof HTMLDialogElement) help.showModal();
  },
};

addEventListener('keydown', (event) => {
  const { key, target } = event;
  // From within a note: a line break is Enter alone.
  if (key === 'Enter' && (event.ctrlKey || event.metaKey) && target instanceof HTMLTextAreaElement) {
    event.preventDefault();
    target.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const writes =
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox');
  if (writes) {
    if (key === 'Escape') target.blur();
    return;
  }
  if (/^[1-6]$/.test(key)) choose(key);
  else if (key in KEYS) KEYS[key]?.();
  else return;
  event.preventDefault();
});
