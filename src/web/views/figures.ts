const LOCALES = { id: 'id-ID', en: 'en-GB' } as const;

/** A share (0..1) in per cent without decimals, e.g. `12 %`. */
export function percent(share: number, language: 'id' | 'en'): string {
  return `${(share * 100).toLocaleString(LOCALES[language], { maximumFractionDigits: 0 })} %`;
}

const UNITS = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
] as const;

/** A delay in its largest unit, two digits of it, e.g. `4,5 jam`. */
export function delayText(seconds: number, language: 'id' | 'en'): string {
  const [unit, length] = UNITS.findLast(([, each]) => seconds >= each) ?? UNITS[0];
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumSignificantDigits: 2,
  });
  return format.format(seconds / length);
}

/** Bytes as people read them, e.g. `12 MB`. */
export function bytesText(bytes: number, language: 'id' | 'en'): string {
  const [unit, size] =
    bytes >= 1e9
      ? (['gigabyte', 1e9] as const)
      : bytes >= 1e6
        ? (['megabyte', 1e6] as const)
        : (['kilobyte', 1e3] as const);
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit,
    maximumSignificantDigits: 3,
  });
  return format.format(bytes / size);
}
