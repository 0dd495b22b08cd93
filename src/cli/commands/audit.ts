import { type Command, InvalidArgumentError } from 'commander';
import type { AuditHead } from '../../core/audit.js';
import type { AuditStore } from '../../core/desk-ports.js';
import { textTable } from '../../report/text-table.js';
import {
  auditNeutrality,
  MOST_DEPENDENT,
  type NameRow,
  type NeutralityReport,
  namesToSwap,
} from '../../score/neutrality.js';
import { TEMPLATE_KINDS } from '../../score/neutrality-templates.js';
import { accountWords } from '../../words/accounts.js';
import { type EvaluationWords, evaluationWords } from '../../words/evaluation.js';
import type { CommandEnvironment } from './environment.js';
import { type LexiconDeps, readLexicon } from './lexicon.js';

export interface AuditDeps extends Pick<LexiconDeps, 'environment' | 'lines' | 'assessorOf'> {
  /** Opens the store for reading, gives its audit chain to `work`, and closes it. */
  readAudit<T>(
    work: (audit: Pick<AuditStore, 'verify' | 'head'>, environment: CommandEnvironment) => T,
  ): Promise<T>;
}

/** Departing names shown of a sentence; `--json` has all. */
const MOST_NAMES = 12;

/** `ronda audit neutrality|head|verify` */
export function auditCommand(program: Command, deps: AuditDeps): void {
  const audit = program
    .command('audit')
    .description('test the detection for what it must not do, and the record');
  audit
    .command('neutrality')
    .description(
      'put every group, camp and institution into the same sentences and list where the outcome differs',
    )
    .option('--every-name', 'every name of the lexicon, not one for each group')
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda audit neutrality')
    .action(async (options: { everyName?: boolean; json?: boolean }) => {
      const environment = deps.environment();
      const { io, language, exitWith } = environment;
      const lexicon = await readLexicon(deps, environment, undefined);
      if (lexicon === undefined) return;
      const assessor = await deps.assessorOf(lexicon);
      const names = namesToSwap(lexicon.entries, options.everyName === true);
      const report = auditNeutrality(names, (text) => assessor.assess(text));
      io.out(
        options.json === true
          ? `${JSON.stringify(report)}\n`
          : neutralitySheet(report, evaluationWords(language), io.columns),
      );
      if (!report.neutral) exitWith(1);
    });
  audit
    .command('head')
    .description(
      'print the last event of the audit chain, to be kept elsewhere for "ronda audit verify --head"',
    )
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda audit head >> /mnt/elsewhere/ronda-heads')
    .action(async ({ json }: { json?: boolean }) => {
      await deps.readAudit((chain, { io, exitWith }) => {
        const { seq, hash } = chain.head() ?? { seq: 0, hash: '0'.repeat(64) };
        io.out(json === true ? `${JSON.stringify({ seq, hash })}\n` : `${seq}:${hash}\n`);
        if (seq === 0) exitWith(1);
      });
    });
  audit
    .command('verify')
    .description('check that no event of the audit chain was changed, removed or cut off')
    .option(
      '--head <seq:hash>',
      'the chain must still contain this event, as an earlier check printed it',
      headOf,
    )
    .option('--json', 'as one JSON object')
    .addHelpText('after', '\nExample:\n  ronda audit verify')
    .action(async ({ head, json }: { head?: AuditHead; json?: boolean }) => {
      await deps.readAudit((chain, { io, language, exitWith }) => {
        const check = chain.verify(head);
        const said = accountWords(language);
        if (json === true) io.out(`${JSON.stringify(check)}\n`);
        else if (check.ok) {
          io.out(`${said.auditOk(check.events)}\n`);
          if (check.events > 0) io.out(`${check.head.seq}:${check.head.hash}\n`);
        } else io.err(`${said.auditBad(check.seq)} ${said.auditFaults[check.fault]}\n`);
        if (!check.ok) exitWith(1);
      });
    });
}

function headOf(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new InvalidArgumentError('give it as "ronda audit verify" printed it, number:hash.');
  }
  return { seq: Number(seq), hash };
}

/** A table a set with a row a name, then what depends on the name, then the verdict. */
function neutralitySheet(report: NeutralityReport, said: EvaluationWords, width: number): string {
  const parts = [`${said.neutrality.title}\n`];
  for (const { set, names, templates, dependent, share } of report.sets) {
    const rows = report.rows.filter((row) => row.set === set);
    const kinds = TEMPLATE_KINDS.filter((kind) => rows.some(({ flagged }) => flagged[kind] !== undefined));
    const columns = [
      { title: said.columns.group },
      { title: said.columns.ground, width: 12 },
      ...kinds.map((kind) => ({ title: said.kinds[kind], width: 10, align: 'right' as const })),
      { title: said.columns.flagged, width: 8, align: 'right' as const },
      { title: said.columns.departs, width: 7, align: 'right' as const },
    ];
    const cells = [...rows]
      .sort(byGroundAndName)
      .map((row) => [
        row.name,
        row.ground,
        ...kinds.map((kind) => `${row.flagged[kind] ?? 0}/${report.templates[kind]}`),
        percent(row.share),
        String(row.departs),
      ]);
    parts.push(
      `${said.neutrality.summary(said.sets[set], names, templates, dependent, percent(share))}\n`,
      textTable(columns, cells, Math.min(width, 100)),
    );
  }
  parts.push(dependentList(report, said), said.neutrality.verdict(report.neutral, percent(MOST_DEPENDENT)));
  return `${parts.join('\n')}\n`;
}

function dependentList({ dependent }: NeutralityReport, said: EvaluationWords): string {
  if (dependent.length === 0) return `${said.neutrality.none}\n`;
  const lines = dependent.map(({ set, kind, template, usuallyFlagged, departing }) => {
    const shown = departing.slice(0, MOST_NAMES);
    if (departing.length > MOST_NAMES) shown.push(said.neutrality.more(departing.length - MOST_NAMES));
    return `  ${template}  (${said.sets[set]}, ${said.kinds[kind]})\n    ${said.neutrality.usually(usuallyFlagged)}: ${shown.join(', ')}`;
  });
  return `${[said.neutrality.list, ...lines].join('\n')}\n`;
}

function byGroundAndName(a: NameRow, b: NameRow): number {
  return a.ground.localeCompare(b.ground, 'en') || a.name.localeCompare(b.name, 'en');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
