/** When the demo's recordings end; what they tell of came before. */
const RECORDED_UNTIL = Date.parse('2026-11-22T05:00:00Z');
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** RFC 3339 as payloads write it: with seconds, perhaps parts of them, and an offset. */
const RFC_3339 = /\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{3})?(Z|[+-]\d\d:\d\d)/g;
/** RFC 822 as RSS writes it. */
const RFC_822 = /\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d ([+-]\d\d)(\d\d)/g;

/**
 * By how many milliseconds the recordings are moved so that they end with the last full hour before `now` (ms since the
 * epoch): what they tell of is of today whenever the demo is shown, and their hours stay hours.
 */
export function demoShift(now: number): number {
  return Math.floor((now - RECORDED_UNTIL) / HOUR_MS) * HOUR_MS;
}

/** A payload with every moment in it moved by so many milliseconds; offsets and forms stay as they are. */
export function moveTimes(payload: string, shiftMs: number): string {
  if (shiftMs === 0) return payload;
  return payload
    .replaceAll(RFC_3339, (whole, _local: string, parts: string | undefined, offset: string) => {
      const local = new Date(Date.parse(whole) + shiftMs + minutesOf(offset) * MINUTE_MS).toISOString();
      return `${local.slice(0, 19)}${parts ?? ''}${offset}`;
    })
    .replaceAll(RFC_822, (whole, hours: string, minutes: string) => {
      const offset = minutesOf(`${hours}:${minutes}`);
      const local = new Date(Date.parse(whole) + shiftMs + offset * MINUTE_MS).toUTCString();
      return `${local.slice(0, 25)} ${hours}${minutes}`;
    });
}

/** `+07:00` as minutes, 420; `Z` is none. */
function minutesOf(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}
