/** Times, scores and languages as people read them, outside the desk as on it. */

const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;

/** A moment to the minute, as `Intl.DateTimeFormat` takes it. */
export const TO_THE_MINUTE = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** Formats are dear to make, and there are few. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Indonesia's zones by their own names; of others, what the language calls them. */
const ZONE_NAMES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/**
 * A moment (ISO 8601) in a zone of the IANA database, e.g. `22 Nov 2026 14.05 WIB`; what is no moment is given as it is.
 */
export function timeText(iso: string, zone: string, language: 'id' | 'en'): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const name = ZONE_NAMES[zone];
  const key = `${zone} ${language}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALES[language], {
      timeZone: zone,
      ...TO_THE_MINUTE,
      ...(name === undefined ? { timeZoneName: 'short' as const } : {}),
    });
    formats.set(key, format);
  }
  const said = format.format(at).replace(',', '');
  return name === undefined ? said : `${said} ${name}`;
}

/** A score (0..1) with two decimals, e.g. `0,86`. */
export function scoreText(score: number, language: 'id' | 'en'): string {
  return score.toLocaleString(LOCALES[language], { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** The name of a language by its ISO 639-3 code, the code itself where it has none. */
export function languageName(code: string, language: 'id' | 'en'): string {
  if (code === '') return code;
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
