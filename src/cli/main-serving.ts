/** What is served while a command works: pushes, probes, the desk. A part of main.ts. */
import type { App } from '../compose.js';
import { CannotRunError } from '../core/errors.js';
import { faultText } from '../words/faults.js';
import type { CommandEnvironment } from './commands/environment.js';

/** Serves the pushes of partners, where a source takes them, for as long as `work` lasts. */
export async function withIngest<T>(
  app: App,
  { io: terminal, words: said }: CommandEnvironment,
  work: (isServed: boolean) => Promise<T>,
): Promise<T> {
  const ingest = app.ingest();
  if (ingest === undefined) return await work(false);
  const [{ createIngestApp }, { listen }] = await Promise.all([
    import('../web/ingest.js'),
    import('../web/listen.js'),
  ]);
  const server = await listen(createIngestApp(ingest), ingest, 'ingest');
  terminal.err(`${said.ingestReady(server.url, ingest.partners.size)}\n`);
  try {
    return await work(true);
  } finally {
    await server.close();
  }
}

/**
 * Answers /metrics, /healthz and /readyz at a port of their own for as long as `work` lasts; nothing without a port.
 * @param usesStore false where this process works on no store (a scorer on another machine)
 */
export async function withProbes<T>(
  app: App,
  { host, port }: { readonly host: string; readonly port?: number | undefined },
  { io: terminal, words: said }: CommandEnvironment,
  usesStore: boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (port === undefined) return work();
  const [{ createProbes }, { listen }] = await Promise.all([
    import('../web/probes.js'),
    import('../web/listen.js'),
  ]);
  const probes = createProbes(await app.probes({ usesStore }));
  const server = await listen(probes, { host, port }, 'metrics');
  terminal.err(`${said.metricsReady(server.url)}\n`);
  try {
    return await work();
  } finally {
    await server.close();
  }
}

/** Serves the triage desk for as long as `work` lasts, with its probes unless they have a port of their own. */
export async function withDesk<T>(
  app: App,
  environment: CommandEnvironment,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const { language } = environment;
  const [{ createDesk }, { deskRoutes }, { listen }, { readDeskAssets }, { createProbes }] =
    await Promise.all([
      import('../web/desk.js'),
      import('../web/routes.js'),
      import('../web/listen.js'),
      import('../files/desk-assets.js'),
      import('../web/probes.js'),
    ]);
  const served = app.deskServer();
  const desk = { ...served, machinery: app.machinery(), language, assets: readDeskAssets() };
  const pages = createDesk(desk, deskRoutes(desk));
  const { metrics } = app;
  const { isProxy } = served.surroundings;
  const here = metrics.port === undefined;
  const root = here
    ? createProbes(
        await app.probes({ usesStore: true, ...(isProxy === undefined ? {} : { isProxy }) }),
        pages,
      )
    : pages;
  const server = await listen(root, served, 'desk');
  const preserving = served.startPreserving();
  try {
    return await withProbes(app, metrics, environment, true, () => work(served.origin ?? server.url));
  } finally {
    await server.close();
    await preserving.close();
  }
}

/** The desk beside a pipeline, which goes on without it where something else listens there already. */
export async function besideDesk<T>(
  app: App,
  environment: CommandEnvironment,
  work: () => Promise<T>,
): Promise<T> {
  const { io: terminal, words: said } = environment;
  let isServed = false;
  try {
    return await withDesk(app, environment, (url) => {
      isServed = true;
      const hasUsers = app.desk().ports.store.users.list().length > 0;
      terminal.err(`${said.deskBeside(url)}${hasUsers ? '' : ` ${said.deskEmpty}`}\n`);
      return work();
    });
  } catch (error) {
    if (isServed || !(error instanceof CannotRunError && error.kind === 'cannot-listen')) throw error;
    terminal.err(`${faultText(error.kind, error.message, environment.language)}\n`);
    return work();
  }
}
