const HOUR_MS = 3_600_000;
/** WIB, UTC+7: one day for the whole country, so that the numbers of units in other zones add up. */
const ZONE_HOURS = 7;
const DAY_HOURS = 24;

/** Hours since the epoch of a time in ms. */
export function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS);
}

/** The day of an hour, in days since the epoch that begin at midnight in Jakarta. */
export function dayOfHour(hour: number): number {
  return Math.floor((hour + ZONE_HOURS) / DAY_HOURS);
}

/** The first hour of a day. */
export function firstHourOf(day: number): number {
  return day * DAY_HOURS - ZONE_HOURS;
}

/** The week of a day, in weeks since the epoch's first Thursday. */
export function weekOfDay(day: number): number {
  return Math.floor(day / 7);
}

/** When a day begins, ms since the epoch. */
export function dayStart(day: number): number {
  return firstHourOf(day) * HOUR_MS;
}
