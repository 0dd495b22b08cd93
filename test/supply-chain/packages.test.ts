import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What is bought in, held to rules: exact versions, hashes, licences, and who may run a script when it is installed. */

const root = resolve(import.meta.dirname, '..', '..');

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const manifest = readJson('package.json') as Manifest;
const lock = readJson('package-lock.json') as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Package>>;
};
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);
const bought = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, each]) => ({ path, name: nameOf(path), ...each }));

/** Licences that ask for no more than their text to be kept. */
const ALLOWED = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['MIT OR Apache-2.0', '(MIT OR WTFPL)', '(BSD-2-Clause OR MIT OR Apache-2.0)'],
]);
/** For what builds and tests alone, and is not passed on: copyleft by the file. */
const ALLOWED_IN_DEVELOPMENT = new Set([...ALLOWED, 'MPL-2.0']);
/** Looked at one by one: what the package's own files say. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  '@fontsource/noto-emoji': 'OFL-1.1: a font, passed on unchanged',
  'dejavu-fonts-ttf': 'Bitstream Vera and public domain (its LICENSE): fonts, passed on unchanged',
  'png-js': 'MIT (its LICENSE); its package.json does not say so',
  sylvester: 'MIT (its LICENSE.txt); its package.json does not say so',
};
/** Packages with a script that runs when they are installed, and whether it may (package.json, allowScripts). */
const INSTALL_SCRIPTS: Readonly<Record<string, boolean>> = {
  // Builds SQLite, or unpacks what its makers built.
  'better-sqlite3': true,
  // An optional quickening of a format that BullMQ uses; without it the same in JavaScript.
  'msgpackr-extract': false,
};

describe('the packages that Ronda is made of', () => {
  it.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides }))(
    'pins %s to one version',
    (_, version) => {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );

  it('installs what package.json asks for', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const wrong = asked.filter(
      ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
    );
    expect(wrong).toEqual([]);
    expect(bought.length).toBeGreaterThan(asked.length);
  });

  it('knows the SHA-512 of every one', () => {
    expect(lock.lockfileVersion).toBe(3);
    const without = bought.filter(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  it('takes none from a repository, an archive or a folder beside it', () => {
    const elsewhere = bought.filter(
      ({ resolved, link }) =>
        link === true || (resolved !== undefined && !/^https:\/\/[^/]+\/.+\.tgz$/.test(resolved)),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it('has licences that allow it to be passed on', () => {
    const wrong = bought.filter(({ name, license, dev }) => {
      if (LOOKED_AT[name] !== undefined) return false;
      return !(dev === true ? ALLOWED_IN_DEVELOPMENT : ALLOWED).has(license ?? '');
    });
    expect(wrong.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
  });

  it('keeps no exception for a package that is gone', () => {
    const names = new Set(bought.map(({ name }) => name));
    expect(Object.keys(LOOKED_AT).filter((name) => !names.has(name))).toEqual([]);
  });

  it('lets no other package run a script when it is installed', () => {
    const scripts = bought
      .filter(({ hasInstallScript }) => hasInstallScript === true)
      .map(({ name }) => name);
    // A build for other systems than Linux carries none that runs here.
    const here = [...new Set(scripts)].filter((name) => name !== 'fsevents').sort();
    expect(here).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
    expect(manifest.allowScripts).toEqual(INSTALL_SCRIPTS);
  });

  it('has one copy of what holds data or touches the network', () => {
    for (const name of ['better-sqlite3', 'ioredis', 'undici', 'bullmq']) {
      expect(bought.filter((each) => each.name === name).map(({ path }) => path)).toHaveLength(1);
    }
  });
});
