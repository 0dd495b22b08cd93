import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system of the test's own. */
export interface SmallDisk {
  readonly path: string;
  /** Remounts it, e.g. `size=8m` or `ro`. */
  remount(options: string): void;
  dispose(): void;
}

/**
 * Mounts a tmpfs, or says on standard error that the tests that need one are skipped; with RONDA_TEST_REQUIRE=1
 * it fails instead.
 */
export function smallDisk(size: string): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'ronda-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', path]);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    if (process.env.RONDA_TEST_REQUIRE === '1') {
      throw new Error('a tmpfs cannot be mounted here, and RONDA_TEST_REQUIRE=1 allows no skip');
    }
    process.stderr.write(
      'SKIPPED: tests of a full or read-only disk, because a tmpfs cannot be mounted here\n',
    );
    return undefined;
  }
  return {
    path,
    remount(options) {
      const done = spawnSync('mount', ['-o', `remount,${options}`, path], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`cannot remount ${path}: ${done.stderr}`);
    },
    dispose() {
      // Lazily: a test that failed may have left a file open.
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
