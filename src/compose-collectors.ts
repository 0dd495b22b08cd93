/** The collector of a source, by its kind. A part of compose.ts. */
import { realpathSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { collectorKind } from './collectors/registry.js';
import type { SourceConfig } from './config.js';
import type { Collector } from './core/collector-ports.js';
import { CannotRunError, messageOf } from './core/errors.js';
import { secretOf } from './files/secret-files.js';

/**
 * @param notice told which known export a file was taken for
 * @throws CannotRunError kind `config` where there is no such kind, or its keys are not as it wants them
 */
export function collectorOf(
  source: SourceConfig & { readonly attended?: boolean },
  notice: (text: string) => void,
): Collector {
  const kind = collectorKind(source.kind);
  if (kind === undefined) throw new CannotRunError('config', `There is no kind of source "${source.kind}".`);
  const options = kind.options.safeParse(source.options);
  if (!options.success) {
    const faults = options.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CannotRunError('config', `Source ${source.name} cannot be read so: ${faults.join('; ')}.`);
  }
  return kind.create({ ...source, notice, secret: (variable) => secretOf(process.env, variable) });
}

/** Files given to `ronda batch`: a file source each, under a key that changes when a file does. */
export function batchFiles(
  files: readonly string[],
  options: {
    readonly source?: string;
    readonly columns?: Readonly<Record<string, string>>;
    readonly as?: string;
    readonly utcOffset?: string;
    /** Told which known export a file was taken for. */
    readonly notice?: (text: string) => void;
  },
): { collectors: Collector[]; key: string } {
  const named = files.map((file) => {
    if (file === '-') return { file, identity: '-', name: options.source ?? 'stdin' };
    let identity: string;
    try {
      const { size, mtimeMs } = statSync(file);
      identity = `${realpathSync(file)} ${size} ${mtimeMs}`;
    } catch (error) {
      throw new CannotRunError(
        'no-file',
        `${file} cannot be read: ${messageOf(error)}. Nothing was started.`,
      );
    }
    return { file, identity, name: options.source ?? nameOf(file) };
  });
  return {
    key: named.map(({ identity, name }) => `${name} ${identity}`).join('\n'),
    collectors: named.map(({ file, name }) => ({
      ...collectorOf(
        {
          name,
          kind: 'file',
          allowPrivate: false,
          attended: true,
          options: {
            path: file,
            ...(options.columns === undefined ? {} : { columns: options.columns }),
            ...(options.as === undefined ? {} : { map: options.as }),
            ...(options.utcOffset === undefined ? {} : { utc_offset: options.utcOffset }),
          },
        },
        (text) => options.notice?.(`${file}: ${text}`),
      ),
      place: file,
    })),
  };
}

/** The name of a file without its ending, as a source's name. */
function nameOf(file: string): string {
  const name = basename(file, extname(file))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-');
  return name.replace(/^[^a-z0-9]+/, '').slice(0, 64) || 'file';
}
