import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition to come true, however slow the machine; fails by name after 15 s. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await sleep(5);
  }
}
