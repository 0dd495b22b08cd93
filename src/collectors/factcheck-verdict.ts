/**
 * What fact-checkers set before or behind a title to say what they found, as they write it: `[SALAH]`, `(HOAKS)`,
 * `Keliru:`. Names of a series (`Cek Fakta`, `[Fakta atau Hoaks]`) say nothing of what was found.
 */
const VERDICTS =
  'salah|hoaks|hoax|hoaks lama|disinformasi|misinformasi|malinformasi|penipuan|fitnah|keliru|sesat|menyesatkan|palsu|tidak benar|tidak terbukti|belum terbukti|tanpa bukti|kurang bukti|sebagian benar|sebagian salah|sebagian keliru|sebagian sesat|sebagian hoaks|tidak akurat|tanpa konteks|salah konteks|konteks salah|konten palsu|konten manipulasi|konten yang menyesatkan|satire|satir|parodi|manipulasi|rekayasa|suntingan|editan|benar|fakta|klarifikasi|edukasi|berita|false|misleading|true|mostly false|mostly true|half true|mixture|unproven|fake|altered|missing context|scam';

const SERIES =
  /^\s*(?:(?:cek|periksa) fakta|fact[- ]?check|turn ?back ?hoax|(?:\[|\()\s*(?:(?:cek|periksa) fakta|fakta atau hoa(?:ks|x))\s*(?:\]|\)))\s*(?:[:\-\u2013\u2014|]\s*)?/i;
const BRACKETED = new RegExp(
  `^\\s*[\\[(\\u3010]\\s*(${VERDICTS})\\s*[\\])\\u3011]\\s*[:\\-\\u2013\\u2014]?\\s*`,
  'i',
);
const BEHIND = new RegExp(`\\s*[\\[(\\u3010]\\s*(${VERDICTS})\\s*[\\])\\u3011]\\s*[.!]?\\s*$`, 'i');
const COLON = new RegExp(
  `^\\s*(${VERDICTS})\\s*(?::|!|\\s[\\u2013\\u2014-]\\s|,\\s+(?=(?:klaim|video|foto|unggahan|narasi|konten|informasi|pesan|kabar|gambar)\\b))\\s*`,
  'i',
);

/** Words that are verdicts only within brackets: before a colon they begin many titles. */
const WEAK = /^(fakta|berita|edukasi|benar|true|klarifikasi)$/i;

export interface Titled {
  /** As the publisher writes it, in lower case. */
  readonly verdict: string | undefined;
  /** The title without the verdict and the series that it is of: the claim, or what was found of it. */
  readonly claim: string;
}

/** What a fact-check's title says was found, and of what. */
export function readTitle(title: string): Titled {
  let rest = title.trim();
  let verdict: string | undefined;
  for (let round = 0; round < 4; round++) {
    const series = rest.replace(SERIES, '');
    const found = BRACKETED.exec(series) ?? strongColon(series);
    if (found !== null && found[0].length < series.length) {
      verdict ??= found[1];
      rest = series.slice(found[0].length);
    } else if (series !== rest && series !== '') rest = series;
    else break;
  }
  const behind = BEHIND.exec(rest);
  if (behind !== null && behind.index > 0) {
    verdict ??= behind[1];
    rest = rest.slice(0, behind.index);
  }
  return { verdict: verdict?.toLowerCase().replace(/\s+/g, ' '), claim: rest.trim() };
}

function strongColon(title: string): RegExpExecArray | null {
  const found = COLON.exec(title);
  return found !== null && WEAK.test(found[1] ?? '') ? null : found;
}
