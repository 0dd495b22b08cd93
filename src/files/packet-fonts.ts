import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Fonts of the papers in an evidence packet, out of the packages that carry them with their licences: DejaVu Sans for
 * Latin, Arabic, Cyrillic and Greek, Noto Emoji (SIL Open Font License) for what it lacks.
 */
export function readPacketFonts(): {
  readonly regular: Buffer;
  readonly bold: Buffer;
  readonly symbols: Buffer;
} {
  const read = (path: string): Buffer => readFileSync(require.resolve(path));
  return {
    regular: read('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    bold: read('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
    symbols: read('@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff'),
  };
}
