import type { NarrativeReader } from '../../core/narrative-ports.js';
import type { Clock } from '../../core/ports.js';
import { alertText } from '../../pipeline/alert-text.js';
import { zoneOf } from '../../pipeline/brief-span.js';
import type { CommandEnvironment } from './environment.js';

/** What bursts are read from. */
interface BurstApp {
  readonly narratives: Pick<NarrativeReader, 'listNarratives'>;
  readonly ports: { readonly clock: Clock };
  report(error: unknown): void;
}

const LOOK_MS = 5_000;
/** What is older is no news. */
const NEWS_MS = 24 * 3_600_000;
/** Narratives looked at, latest seen first, and told of at a time. */
const MOST = 200;
const MOST_TOLD = 5;

/** Writes, each time it is called, a sentence for every story that burst in the last day and was not told of before. */
export function createBurstTeller(
  { narratives, ports }: BurstApp,
  { io, words, language, zone }: CommandEnvironment,
): () => void {
  const told = new Set<string>();
  return () => {
    const since = new Date(ports.clock.now() - NEWS_MS).toISOString();
    const sentences = narratives.listNarratives({ limit: MOST }).flatMap((narrative) => {
      const { id, title, flagged, authors } = narrative;
      const burst = narrative.bursts.findLast(({ at }) => at >= since);
      if (burst === undefined || told.has(id)) return [];
      told.add(id);
      const { at, size: posts } = burst;
      const about = { kind: 'burst', narrative: id, title, at, posts, flagged, authors } as const;
      return [`  ${id}  ${alertText(about, { language, zone: zoneOf(zone) })}`];
    });
    if (sentences.length === 0) return;
    const left = sentences.length - MOST_TOLD;
    const lines = [...sentences.slice(0, MOST_TOLD), ...(left > 0 ? [`  ${words.burstsMore(left)}`] : [])];
    io.out(`\n${words.burstsHeader}\n${lines.join('\n')}\n`);
  };
}

/** Looks for stories that burst, and tells of them, until the signal is aborted. */
export async function tellBursts(
  app: BurstApp,
  environment: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const tell = createBurstTeller(app, environment);
  while (!signal.aborted) {
    try {
      tell();
    } catch (error) {
      app.report(error);
    }
    await app.ports.clock.sleep(LOOK_MS, signal).catch(() => undefined);
  }
}
