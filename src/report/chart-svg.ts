import type { Drawing, Shape, Tone } from './chart-drawing.js';

/**
 * Colours by the custom properties of the page around it (`--chart-all` and so on, as in web/static/desk.css), else these,
 * which read on white paper: an SVG by itself is whole. No style and no class, which a strict policy would not let in.
 */
export const PAPER_TONES: Readonly<Record<Tone, string>> = {
  all: '#50575c',
  'all-soft': '#e6ecef',
  flagged: '#8f1d1d',
  ink: '#1b1f22',
  soft: '#50575c',
  grid: '#d9d9d2',
  burst: '#8a3b06',
  'burst-soft': '#fbe8d6',
  answer: '#0b5560',
  paper: '#ffffff',
  'map-0': '#ffffff',
  'map-1': '#e3edf5',
  'map-2': '#b9d2e6',
  'map-3': '#86b1d3',
  'map-4': '#3a74a5',
  'map-5': '#1a4f7c',
  'map-strong': '#ffffff',
};

/**
 * A drawing as SVG; its title and description are read by screen readers.
 *
 * @param id begins the ids within it, once on a page: letters, digits and hyphens
 */
export function toSvg({ width, height, title, desc, shapes }: Drawing, id: string): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-t ${id}-d">`;
  const names = `<title id="${id}-t">${escapeXml(title)}</title><desc id="${id}-d">${escapeXml(desc)}</desc>`;
  return `${head}${names}${shapes.map(shapeSvg).join('')}</svg>`;
}

function shapeSvg(shape: Shape): string {
  switch (shape.is) {
    case 'path': {
      const { d, stroke, fill, width = 1, dash } = shape;
      const line =
        stroke === undefined
          ? ''
          : ` stroke="${colour(stroke)}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"${dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`}`;
      return `<path d="${d}" fill="${fill === undefined ? 'none' : colour(fill)}"${line}/>`;
    }
    case 'rect': {
      const { x, y, width, height, fill, stroke, round, title } = shape;
      const rect = `<rect x="${x}" y="${y}" width="${width}" height="${height}"${round === undefined ? '' : ` rx="${round}"`} fill="${colour(fill)}"${outline(stroke)}`;
      return title === undefined ? `${rect}/>` : `${rect}><title>${escapeXml(title)}</title></rect>`;
    }
    case 'circle': {
      const { x, y, r, fill, stroke } = shape;
      return `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour(fill)}"${outline(stroke)}/>`;
    }
    case 'text': {
      const { x, y, text, size, anchor, tone, bold } = shape;
      return `<text x="${x}" y="${y}" font-size="${size}" font-family="system-ui, sans-serif" text-anchor="${anchor}"${bold === true ? ' font-weight="600"' : ''} fill="${colour(tone)}">${escapeXml(text)}</text>`;
    }
  }
}

function outline(stroke: Tone | undefined): string {
  return stroke === undefined ? '' : ` stroke="${colour(stroke)}"`;
}

function colour(tone: Tone): string {
  return `var(--chart-${tone}, ${PAPER_TONES[tone]})`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A text within SVG. What XML does not allow (control characters, halves of surrogates) and what turns the direction of a
 * line is left out: no element isolates it here.
 */
function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '')
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '')
  );
}
