import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Display } from './views/frame.js';

const COOKIE = 'ronda-display';
const YEAR_S = 31_536_000;

/** How this browser's reader wants the desk to look; blurred slurs unless told otherwise. */
export function readDisplay(c: Context, language: Display['language']): Display {
  const said = new Set((getCookie(c, COOKIE) ?? '').slice(0, 100).split('.'));
  return {
    language: said.has('id') ? 'id' : said.has('en') ? 'en' : language,
    theme: said.has('light') ? 'light' : said.has('dark') ? 'dark' : 'auto',
    veil: !said.has('unveiled'),
    grey: said.has('grey'),
  };
}

export function writeDisplay(c: Context, { language, theme, veil, grey }: Display, secure: boolean): void {
  const said = [language, theme, ...(veil ? [] : ['unveiled']), ...(grey ? ['grey'] : [])];
  setCookie(c, COOKIE, said.join('.'), {
    path: '/',
    maxAge: YEAR_S,
    httpOnly: true,
    sameSite: 'Strict',
    secure,
  });
}
