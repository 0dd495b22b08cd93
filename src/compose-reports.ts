/** Reports: what they are gathered from and written with. A part of compose.ts. */
import { resolve } from 'node:path';
import { narrativesOf, trendsOf } from './compose-narratives.js';
import type { Config } from './config.js';
import type { Brief, BriefFile, BriefFormat, BriefRequest } from './core/brief.js';
import type { Clock } from './core/ports.js';
import type { SourceFacts } from './core/source.js';
import { claimsStorePath, readClaimsStore } from './files/claims-store.js';
import { readPacketFonts } from './files/packet-fonts.js';
import { gatherBrief } from './pipeline/gather-brief.js';
import type { Store } from './store/store.js';

/** Reports over a store that is open. */
export interface Reports {
  /** @throws CannotRunError `bad-date`, `no-narrative` */
  gather(request: BriefRequest): Brief;
  write(brief: Brief, format: BriefFormat, language: 'id' | 'en'): Promise<BriefFile>;
}

/** @param parts what codes are called, and what is known of the sources */
export function reportsOf(
  config: Config,
  store: Store,
  clock: Clock,
  parts: {
    sources(): readonly { readonly source: string; readonly facts: SourceFacts }[];
    regionName(code: string): string | undefined;
    topicName(id: string): string | undefined;
  },
): Reports {
  let fonts: ReturnType<typeof readPacketFonts> | undefined;
  return {
    gather: (request) =>
      gatherBrief(
        {
          narratives: narrativesOf(store),
          trends: trendsOf(store),
          claims: () => readClaimsStore(claimsStorePath(resolve(config.home))),
          counts: (from, to) => store.hourlyCounts(from, to),
          ...parts,
          clock,
        },
        request,
      ),
    async write(brief, format, language) {
      const { briefFile } = await import('./report/brief-file.js');
      return briefFile(brief, format, language, () => {
        fonts ??= readPacketFonts();
        return fonts;
      });
    },
  };
}
