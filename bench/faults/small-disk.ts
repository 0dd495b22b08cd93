import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of the run's own that can be filled and freed. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all that is left of it. */
  fill(): void;
  /** Gives back what {@link fill} took. */
  free(): void;
  close(): void;
}

/**
 * Mounts a tmpfs of so many MB at `path`.
 * @returns undefined where that is not permitted
 */
export function mountSmallDisk(path: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const options = `size=${megabytes}m,mode=0700`;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]).status !== 0) return undefined;
  const ballast = join(path, 'ballast');
  return {
    path,
    fill() {
      const file = openSync(ballast, 'a');
      for (let size = 1 << 20; size >= 512; size >>= 1) {
        const block = Buffer.alloc(size);
        try {
          for (;;) writeSync(file, block);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
      closeSync(file);
    },
    free: () => unlinkSync(ballast),
    close: () => void spawnSync('umount', ['-l', path]),
  };
}
