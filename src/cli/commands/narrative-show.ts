import type { Command } from 'commander';
import type { NarrativeDetail } from '../../core/narrative.js';
import { visible } from '../../report/text-table.js';
import { storyWords } from '../../words/desk-stories.js';
import { timeText } from '../../words/figures.js';
import type { CommandEnvironment } from './environment.js';
import type { NarrativesDeps } from './narratives.js';

/** Of each list that it prints. */
const MOST_LINES = 10;
const MOST_TEXT = 300;

/** `ronda narratives show ID` */
export function narrativeShowCommand(narratives: Command, deps: NarrativesDeps): void {
  narratives
    .command('show')
    .description('print what is known of a narrative: its life, bursts, words, places, fact-checks, wordings')
    .argument('<id>', 'id of the narrative')
    .option('--json', 'one JSON object, with its posts by the hour')
    .addHelpText('after', '\nExample:\n  ronda narratives show 3f0c9a5be1d24477')
    .action(async (id: string, { json }: { json?: boolean }) => {
      await deps.readNarratives((reader, environment) => {
        const { io, words, exitWith } = environment;
        const found = reader.narrativeDetail(id);
        if (found === undefined) {
          io.err(`${words.noNarrative(id)}\n`);
          exitWith(1);
        } else if (json === true) io.out(`${JSON.stringify(found)}\n`);
        else io.out(detailText(found, environment));
      });
    });
}

function detailText(detail: NarrativeDetail, { language, zone }: CommandEnvironment): string {
  const said = storyWords(language);
  const { story } = said;
  const { narrative, hashtags, domains, terms, claims, places, sources, variants, exemplar } = detail;
  const at = (iso: string): string => timeText(iso, zone, language);
  const counted = (found: readonly { readonly text: string; readonly posts: number }[]): readonly string[] =>
    found.map(({ text, posts }) => `${text} (${posts})`);
  const lines: string[] = [
    `${narrative.id}  ${visible(narrative.title) || said.noTitle}`,
    `${said.lives[narrative.life]}; ${said.postsOf(String(narrative.posts))}, ${said.flaggedOf(String(narrative.flagged))}`,
    `${story.authors}: ${narrative.authors}; ${story.variants}: ${narrative.variants}`,
    `${story.firstSeen}: ${at(narrative.firstSeen)}; ${story.lastSeen}: ${at(narrative.lastSeen)}`,
  ];
  const part = (title: string, of: readonly string[], none?: string): void => {
    if (of.length === 0 && none === undefined) return;
    lines.push(
      '',
      title,
      ...(of.length === 0 ? [`  ${none}`] : of.slice(0, MOST_LINES).map((one) => `  ${one}`)),
    );
    if (of.length > MOST_LINES) lines.push(`  … +${of.length - MOST_LINES}`);
  };
  part(
    story.bursts,
    narrative.bursts.map(({ at: from, size, p }) =>
      story.burstRow(String(size), at(from), said.chance(p.toExponential(1))),
    ),
    story.burstsNone,
  );
  part(
    story.claims,
    claims.map(({ id, posts }) => `${visible(id)} (${posts})`),
    story.claimsNone,
  );
  if (terms.length + hashtags.length + domains.length === 0) part(story.terms, [], story.termsNone);
  part(story.words, counted(terms));
  part(
    story.hashtags,
    counted(hashtags).map((tag) => `#${tag}`),
  );
  part(story.domains, counted(domains));
  part(
    story.places,
    places.map(
      ({ region, firstSeen, posts }) =>
        `${region === 'unknown' ? said.unknown : region} (${posts}), ${at(firstSeen)}`,
    ),
  );
  part(
    story.sources,
    sources.map(({ source, firstSeen }) => `${visible(source)}, ${at(firstSeen)}`),
  );
  part(story.exemplar, exemplar === undefined ? [] : [visible(exemplar.text).slice(0, MOST_TEXT)]);
  part(
    story.wordings,
    variants.map(
      ({ posts, text, wording }) =>
        `${posts}  ${text === undefined ? wording : visible(text).slice(0, MOST_TEXT)}`,
    ),
  );
  part(
    story.answers,
    detail.clarifications.map((one) => `${at(one.at)}  ${visible(one.channel)}  ${one.url}`),
  );
  return `${lines.join('\n')}\n`;
}
