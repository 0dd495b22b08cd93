import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes figures as `<date>-<name>.json` into a folder; the path. */
export function saveFigures(folder: string, name: string, figures: object): string {
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString();
  const path = join(folder, `${date.slice(0, 10)}-${name}.json`);
  writeFileSync(path, `${JSON.stringify({ date, ...figures }, null, 2)}\n`);
  return path;
}
