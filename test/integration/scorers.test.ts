import { afterEach, beforeEach, expect, it } from 'vitest';
import { startScorers } from '../../src/compose-scorers.js';
import { configOf } from '../support/config.js';

/** Scorers that take for ever to load, as they may seem to on a machine that is too busy. */

const FOR_EVER = '--import=data:text/javascript,await new Promise(()=>setInterval(()=>{},1e6))';
const config = configOf();
const tell = { onError: () => undefined, onRestart: () => undefined, onScored: () => undefined };

beforeEach(() => {
  process.execArgv.push(FOR_EVER);
});
afterEach(() => {
  process.execArgv.splice(process.execArgv.indexOf(FOR_EVER), 1);
});

it('are not waited for where the run that started them ends', async () => {
  const ending = new AbortController();
  const starting = startScorers(config, 2, tell, ending.signal);
  ending.abort();
  await expect((await starting).close()).resolves.toBeUndefined();
});

it('are not started at all where it has ended already', async () => {
  const started = await startScorers(config, 2, tell, AbortSignal.abort());
  await expect(started.close()).resolves.toBeUndefined();
});
