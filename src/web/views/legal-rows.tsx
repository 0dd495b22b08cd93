import type { Child } from 'hono/jsx';
import type { LegalEntry, LegalRow, LegalSignature, ShownLegal } from '../../core/legal.js';
import type { Unit } from '../../core/user.js';
import { type PacketWords, packetWords } from '../../words/packet.js';
import { timeIn } from './times.js';

interface RowProps {
  readonly entry: LegalEntry & {
    readonly signature?: LegalSignature;
    readonly standing?: ShownLegal['standing'];
  };
  readonly language: 'id' | 'en';
  readonly unit: Unit;
  /** What can be done with it, within the fold: it is read first. */
  readonly children?: Child;
}

/** A row of the legal reference, folded; what is doubtful about it is said before it is opened. Rows are in Indonesian. */
export function LegalRowView({ entry, language, unit, children }: RowProps) {
  const { row, signature, standing } = entry;
  const said = packetWords(language).legal;
  return (
    <details class="legal">
      <summary>
        <span lang="id">
          {row.law}, {row.article}
        </span>{' '}
        <span class="tag line">{said.kinds[row.kind]}</span>{' '}
        {signature === undefined ? (
          <span class="tag">{said.notReviewed}</span>
        ) : (
          <span class="tag line">
            {said.reviewedBy(signature.reviewer, timeIn(signature.at, unit.zone, language))}
          </span>
        )}{' '}
        {standing === 'unsure' && <span class="tag">{said.unsure}</span>}
      </summary>
      <p lang="id">{row.text}</p>
      <dl class="facts small">
        {row.condition !== undefined && (
          <>
            <dt>{said.condition}</dt>
            <dd lang="id">
              <strong>{row.condition}</strong>
            </dd>
          </>
        )}
        <dt>{said.element}</dt>
        <dd lang="id">{row.element}</dd>
        <dt>{said.inForce}</dt>
        <dd>{inForceText(row, said)}</dd>
        {row.unsure?.map(({ why }) => (
          <>
            <dt>{said.doubt}</dt>
            <dd lang="id">{why}</dd>
          </>
        ))}
        <dt>{said.source}</dt>
        <dd>
          <span lang="id">{row.source.gazette}</span> ·{' '}
          <a href={row.source.url} rel="noopener noreferrer external" target="_blank">
            {row.source.url} ↗
          </a>
        </dd>
      </dl>
      {children}
    </details>
  );
}

function inForceText({ inForce: { from, to } }: LegalRow, said: PacketWords['legal']): string {
  return to === undefined ? said.from(from) : said.until(from, to);
}

interface SheetProps {
  readonly rows: readonly ShownLegal[];
  /** The post's own time is not known. */
  readonly byCollecting: boolean;
  readonly language: 'id' | 'en';
  readonly unit: Unit;
}

/** What is not punishable, and how the courts read it: shown before any offence. */
function isLimit({ row }: ShownLegal): boolean {
  return row.kind === 'limit' || row.kind === 'ruling';
}

/** The legal reference for a post, as a section of its page; closed until somebody asks for it. */
export function LegalSheet({ rows, byCollecting, language, unit }: SheetProps) {
  const said = packetWords(language).legal;
  const rest = rows.filter((entry) => !isLimit(entry));
  return (
    <section class="sheet" aria-labelledby="legal-title">
      <h2 id="legal-title">{said.forPost}</h2>
      <p class="small soft">
        {said.intro} {byCollecting && said.byCollecting} {said.favour}
      </p>
      {rows.filter(isLimit).map((entry) => (
        <LegalRowView entry={entry} language={language} unit={unit} />
      ))}
      {rest.length > 0 && (
        <details class="legal">
          <summary>{said.others(rest.length)}</summary>
          {rest.map((entry) => (
            <LegalRowView entry={entry} language={language} unit={unit} />
          ))}
        </details>
      )}
    </section>
  );
}
