import { blueskyKind } from './bluesky.js';
import type { CollectorKind } from './collector-kind.js';
import { factcheckKind } from './factcheck.js';
import { feedKind } from './feed.js';
import { fileKind } from './file.js';
import { gdeltKind } from './gdelt.js';
import { mastodonKind } from './mastodon.js';
import { telegramKind } from './telegram.js';
import { webKind } from './web.js';
import { webhookKind } from './webhook.js';
import { youtubeKind } from './youtube.js';

/** Every kind of source, in the order in which they are named to people. */
export const collectorKinds: readonly CollectorKind[] = [
  fileKind,
  feedKind,
  webKind,
  mastodonKind,
  blueskyKind,
  telegramKind,
  youtubeKind,
  gdeltKind,
  factcheckKind,
  webhookKind,
];

/** The kind of this name, if there is one. */
export function collectorKind(kind: string): CollectorKind | undefined {
  return collectorKinds.find((each) => each.kind === kind);
}
