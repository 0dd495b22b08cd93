/** A report before it is a file: blocks in order, which each format (brief-*.ts) writes in its own way. */
import type { Drawing } from './chart-drawing.js';

/** A link leads to what was published in public: a fact-check or a clarification. */
export interface LinkCell {
  readonly href: string;
  readonly text: string;
}

/** A number with how a reader writes it, or a text. */
export type Cell = string | LinkCell | { readonly value: number; readonly text: string };

export interface Column {
  readonly label: string;
  /** Numbers stand right. */
  readonly isNumber?: true;
  /** Share of the width on paper; 1 unless told otherwise. */
  readonly weight?: number;
}

export interface Table {
  readonly is: 'table';
  /** Short and unlike any other's: the name of its sheet. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Said where there are no rows. */
  readonly none: string;
}

export type Block =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'text'; readonly text: string; readonly tone?: 'soft' | 'strong' }
  | { readonly is: 'list'; readonly items: readonly string[] }
  /** What somebody wrote, masked. */
  | { readonly is: 'quote'; readonly about: string; readonly text: string }
  | { readonly is: 'drawing'; readonly drawing: Drawing }
  | Table;

export interface ReportDocument {
  readonly language: 'id' | 'en';
  readonly title: string;
  readonly subtitle: string;
  /** ISO 8601 UTC */
  readonly madeAt: string;
  /** Beneath the title: boundaries, when it was made. */
  readonly facts: readonly string[];
  readonly blocks: readonly Block[];
}

/** What a cell says. */
export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
