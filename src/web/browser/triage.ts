/**
 * The desk by keyboard: j and k go through the queue, 1 to 6 choose an outcome, n goes to the note, e opens a proposal,
 * c takes the item, z undoes for ten seconds, ? shows the keys. Everything also works without this script, by forms.
 */

const UNDO_KEY = 'ronda-undo';
const RENEW_MS = 60_000;

interface Undo {
  readonly item: number;
  readonly also: readonly number[];
  readonly until: string;
}

interface ActAnswer {
  readonly next?: string;
  readonly undoUntil?: string;
  readonly error?: { readonly kind: string; readonly message: string };
}

const article = document.getElementById('item');
const item = article === null ? undefined : Number(article.dataset.item);
const csrf = article?.dataset.csrf ?? '';

// ------------------------------------------------------------------------------------------ arrivals

const arrived = document.getElementById('arrived');
if (arrived !== null) {
  const source = new EventSource(`/queue/arrivals?after=${arrived.dataset.after}`);
  source.addEventListener('arrived', (event) => {
    const { n, more } = JSON.parse((event as MessageEvent<string>).data) as { n: number; more: boolean };
    arrived.hidden = n === 0;
    arrived.textContent = (arrived.textContent ?? '').replace(/^\S+/, `${n}${more ? '+' : ''}`);
  });
  addEventListener('pagehide', () => source.close());
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
    return;
  }
  if (answer.undoUntil !== undefined && item !== undefined) {
    const also = body.getAll('also').map(Number);
    const undo: Undo = { item, also, until: answer.undoUntil };
    sessionStorage.setItem(UNDO_KEY, JSON.stringify(undo));
  }
  sessionStorage.removeItem(draftKey());
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

const outcome = document.getElementById('outcome');
if (outcome instanceof HTMLFormElement) {
  outcome.dataset.key = crypto.randomUUID();
  outcome.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(outcome);
  });
  const note = outcome.querySelector('textarea');
  if (note !== null) {
    note.value ||= sessionStorage.getItem(draftKey()) ?? '';
    note.addEventListener('input', () => sessionStorage.setItem(draftKey(), note.value));
  }
  const showFields = (): void => {
    const chosen = outcome.querySelector<HTMLInputElement>('input[name=outcome]:checked')?.value;
    for (const part of outcome.querySelectorAll<HTMLElement>('[data-for]')) {
      part.hidden = part.dataset.for !== chosen;
    }
  };
  outcome.addEventListener('change', showFields);
  showFields();
}

function draftKey(): string {
  return `ronda-draft-${item}`;
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

const toast = document.getElementById('undo');
const undo = readUndo();
if (toast !== null && undo !== undefined) {
  const left = Date.parse(undo.until) - Date.now();
  toast.hidden = false;
  toast.querySelector('[data-item-number]')?.append(String(undo.item));
  toast.querySelector('button')?.addEventListener('click', () => void takeBack(undo));
  setTimeout(forgetUndo, left);
}

function readUndo(): Undo | undefined {
  const kept = sessionStorage.getItem(UNDO_KEY);
  if (kept === null) return undefined;
  const read = JSON.parse(kept) as Undo;
  if (Date.parse(read.until) > Date.now()) return read;
  sessionStorage.removeItem(UNDO_KEY);
  return undefined;
}

function forgetUndo(): void {
  sessionStorage.removeItem(UNDO_KEY);
  if (toast !== null) toast.hidden = true;
}

async function takeBack({ item: number, also }: Undo): Promise<void> {
  const body = new URLSearchParams(also.map((each): [string, string] => ['also', String(each)]));
  const response = await fetch(`/items/${number}/undo`, {
    method: 'POST',
    headers: { 'x-csrf': csrf || (toast?.dataset.csrf ?? '') },
    body,
  });
  forgetUndo();
  if (response.ok) location.assign(`/items/${number}?mine=1`);
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
