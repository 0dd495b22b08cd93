import { raw } from 'hono/html';
import type { Drawing } from '../../report/chart-drawing.js';
import { toSvg } from '../../report/chart-svg.js';

interface DrawingProps {
  /** Once on a page: letters, digits and hyphens. */
  readonly id: string;
  readonly wide: Drawing;
  /** For a phone, where the wide one would be too small to read; the wide one where it is absent. */
  readonly narrow?: Drawing;
}

/** A chart as SVG, its words at their own size at any width: one of two drawings is shown. */
export function DrawingView({ id, wide, narrow }: DrawingProps) {
  // Everything in it was escaped where it was written (report/chart-svg.ts).
  if (narrow === undefined) return <div class="drawing">{raw(toSvg(wide, id))}</div>;
  return (
    <div class="drawing">
      <div class="at-wide">{raw(toSvg(wide, id))}</div>
      <div class="at-narrow">{raw(toSvg(narrow, `${id}-narrow`))}</div>
    </div>
  );
}
