import { isIP } from 'node:net';
import { type Context, Hono } from 'hono';
import type { PartState } from '../core/operations.js';

/** What a process answers to those who watch it. */
export interface Probes {
  metrics(): Promise<{ readonly type: string; readonly body: string }>;
  /** Every part of the process, asked now. */
  parts(): Promise<readonly PartState[]>;
  /** Whether this address may ask. */
  isAllowed(address: string): boolean;
  /** Trouble that no answer tells of. */
  report(error: unknown): void;
}

const PATHS = ['/healthz', '/readyz', '/metrics'] as const;
/** Scrapes under way at once, at most. */
const MOST_AT_ONCE = 4;

/**
 * `/healthz` (the process answers), `/readyz` (which part does not work) and `/metrics` (Prometheus), for this machine and the
 * addresses that ronda.yaml names; without a login, since they hold numbers alone. Everything else is left to `inner`.
 */
export function createProbes(probes: Probes, inner?: Hono): Hono {
  const app = new Hono();
  let underWay = 0;
  const answer: Readonly<Record<(typeof PATHS)[number], (c: Context) => Promise<Response> | Response>> = {
    '/healthz': (c) => c.json({ ok: true }),
    '/readyz': async (c) => {
      const parts = await probes.parts();
      const ready = parts.every((part) => part.ready);
      return c.json({ ready, parts }, ready ? 200 : 503);
    },
    '/metrics': async (c) => {
      const { type, body } = await probes.metrics();
      return c.body(body, 200, { 'content-type': type });
    },
  };
  for (const path of PATHS) {
    app.get(path, async (c) => {
      // As if there were nothing: who may not ask need not know.
      if (!mayAsk(c, probes))
        return inner === undefined ? c.text('not found', 404) : inner.fetch(c.req.raw, c.env);
      c.header('cache-control', 'no-store');
      c.header('x-content-type-options', 'nosniff');
      c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
      if (underWay >= MOST_AT_ONCE) return c.text('busy', 503, { 'retry-after': '1' });
      underWay += 1;
      try {
        return await answer[path](c);
      } catch (error) {
        probes.report(error);
        return c.text('failed', 500);
      } finally {
        underWay -= 1;
      }
    });
  }
  app.all('*', (c) => (inner === undefined ? c.text('not found', 404) : inner.fetch(c.req.raw, c.env)));
  return app;
}

/**
 * By the connection's address alone: what a request says of itself is not believed. On loopback the host must be one too,
 * or a page of elsewhere whose name resolves to here could read it in a browser.
 */
function mayAsk(c: Context, { isAllowed }: Probes): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const address = (incoming?.socket?.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (!isAllowed(address)) return false;
  const host = `http://${c.req.header('host') ?? ''}`;
  if (!URL.canParse(host)) return false;
  const { hostname } = new URL(host);
  const isLoopback = address === '::1' || address.startsWith('127.');
  return !isLoopback || hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
