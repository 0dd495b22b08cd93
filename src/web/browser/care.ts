/**
 * Care for those who read this for hours: after a stretch of work without a pause a reminder asks for one. Its words
 * stand in the page (`#break-reminder`, hidden); it never blocks what is being done.
 */

const STRETCH_MS = 50 * 60_000;
/** Idle for so long counts as a pause taken. */
const PAUSE_MS = 5 * 60_000;
const LOOK_MS = 30_000;

const BEGAN = 'ronda-work-began';
const LAST = 'ronda-work-last';

function stored(name: string): number {
  return Number(sessionStorage.getItem(name) ?? 0);
}

function note(): void {
  const now = Date.now();
  if (now - stored(LAST) > PAUSE_MS) sessionStorage.setItem(BEGAN, String(now));
  sessionStorage.setItem(LAST, String(now));
}

const reminder = document.getElementById('break-reminder');
if (reminder !== null) {
  note();
  for (const event of ['keydown', 'pointerdown', 'scroll']) addEventListener(event, note, { passive: true });
  setInterval(() => {
    const now = Date.now();
    if (now - stored(LAST) < PAUSE_MS && now - stored(BEGAN) > STRETCH_MS) reminder.hidden = false;
  }, LOOK_MS);
  reminder.querySelector('button')?.addEventListener('click', () => {
    reminder.hidden = true;
    sessionStorage.setItem(BEGAN, String(Date.now()));
  });
}
