/** The folder of the installation and the store in it: a part of compose.ts. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './config.js';
import { CannotRunError, messageOf } from './core/errors.js';
import type { Clock } from './core/ports.js';
import { loadSecret } from './store/secret.js';
import { openStore, type Store } from './store/store.js';

const DAY_MS = 86_400_000;

/** Opens when first asked, and is closed with the app. */
export type Once = <T>(open: () => T, close?: (opened: T) => Promise<void> | void) => () => T;

/** Nothing is opened, and no folder made, before it is asked for. */
export function storesOf(config: Config, clock: Clock, once: Once) {
  const home = once(() => {
    try {
      mkdirSync(config.home, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new CannotRunError(
        'home',
        `The folder ${config.home} cannot be made: ${messageOf(error)}. Name another with --home.`,
      );
    }
    return resolve(config.home);
  });

  const storePath = (): string => join(resolve(config.home), config.store.file);

  const openStoreAs = (readonly: boolean): Store =>
    openStore({
      path: storePath(),
      secret: loadSecret({ home: resolve(config.home), env: process.env }),
      clock,
      seenWindowDays: config.retention.seen / DAY_MS,
      mostCopies: config.land.copies,
      readonly,
    });

  const store = once(
    () => {
      home();
      return openStoreAs(false);
    },
    (opened) => opened.close(),
  );

  const noStore = (): CannotRunError =>
    new CannotRunError(
      'no-store',
      `There is no store at ${storePath()} yet; "ronda run" or "ronda batch" makes it.`,
    );

  const storeForReading = once(
    () => {
      if (!existsSync(storePath())) {
        throw noStore();
      }
      return openStoreAs(true);
    },
    (opened) => opened.close(),
  );

  return { home, storePath, store, storeForReading, noStore };
}
