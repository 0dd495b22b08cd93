import { z } from 'zod';
import { sourceRefusal, termsRefusal } from './terms.js';

/** The address of a source in the configuration: http or https, no credentials, not of a place that forbids it. */
export const sourceUrl = z
  .string()
  .max(2_000)
  .superRefine((text, context) => {
    const fault = faultOf(text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

function faultOf(text: string): string | undefined {
  const example = 'an http or https address, e.g. https://berita.example/rss';
  if (!URL.canParse(text)) return example;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return example;
  if (url.username !== '' || url.password !== '') return `${example}, without a name or password in it`;
  return sourceRefusal(url.href);
}

/** Keys that sources on the web have in common. */
export const webSourceKeys = {
  url: sourceUrl,
  /** Name of the place in ids of posts; the host by default. */
  site: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,100}$/, 'a host name, e.g. forum.example')
    .refine((site) => termsRefusal(site, undefined) === undefined, {
      error: (issue) => termsRefusal(String(issue.input), undefined) ?? '',
    })
    .optional(),
  /** Meant where a time names no zone. */
  utc_offset: z
    .string()
    .regex(/^([+-]\d\d:\d\d|Z)$/, 'an offset from UTC, e.g. +07:00')
    .default('Z'),
  requests_per_second: z.number().positive().max(50).optional(),
};

/** Host name of a URL for the ids of posts, without `www.`; nothing where it is no http URL. */
export function siteOf(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const host = url.hostname.replace(/^www\./, '').replace(/\.$/, '');
  return host === '' ? undefined : url.port === '' ? host : `${host}:${url.port}`;
}
