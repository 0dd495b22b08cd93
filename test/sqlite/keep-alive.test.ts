import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../support/ronda.js';

/** Opens and lets go of many statements while the engine collects in tasks between turns, then ends by itself. */
const SCRIPT = `
  import { setImmediate as turn } from 'node:timers/promises';
  import Database from 'better-sqlite3';
  import { keepStatementsAlive } from './dist/src/sqlite/keep-alive.js';
  keepStatementsAlive(process.argv[1]);
  keepStatementsAlive(process.argv[1]);
  let rows = 0;
  for (let n = 0; n < 20; n += 1) {
    const db = new Database(':memory:');
    db.pragma('user_version = 7');
    db.exec('CREATE TABLE t (n INTEGER)');
    db.transaction(() => db.prepare('INSERT INTO t VALUES (?)').run(n))();
    for (const row of db.prepare('SELECT n FROM t').iterate()) rows += row.n === n ? 1 : 0;
    if (db.pragma('user_version', { simple: true }) !== 7) throw new Error('pragma');
    db.close();
    globalThis.gc({ type: 'major', execution: 'async' });
    await turn();
  }
  process.stdout.write(String(rows));
`;

it.each([process.versions.node, '24.21.0'])(
  'lets databases be used as ever and ends well, told Node %s',
  (version) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--expose-gc', '--input-type=module', '-e', SCRIPT, version],
      { cwd: join(projectRoot), encoding: 'utf8' },
    );
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: '20' });
  },
);
