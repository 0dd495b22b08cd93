/**
 * `node dist/bench/store-fixture.js [FOLDER]`: makes the fixture of a released version by that version itself, before it
 * is released: a small store and queue with items, decisions, a case, an erased post and batches that still wait, and
 * beside them what they hold. `test/upgrade/` brings every one of them up. Texts are those of fixtures/demo, invented.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { compose, kindSchemas } from '../src/compose.js';
import { parseConfig } from '../src/config.js';
import { packageRoot, packageVersion } from '../src/files/package-root.js';
import { claimItems } from '../src/pipeline/claim-items.js';
import { addNote, decide, proposeEscalation } from '../src/pipeline/review.js';
import { isSchedule } from '../src/pipeline/schedule.js';
import { schemaVersion } from '../src/store/migrations.js';
import { readStoreFacts, StoreWatch } from './faults/store-facts.js';

/** Of the fixtures alone, so that the tests can read what is sealed. */
export const FIXTURE_SECRET = '0f'.repeat(32);

const target = process.argv[2] ?? join(packageRoot, 'fixtures', 'stores', packageVersion);
const ronda = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'ronda-fixture-'));
const demo = join(packageRoot, 'fixtures', 'demo');
process.env.RONDA_SECRET = FIXTURE_SECRET;

function run(...args: string[]): string {
  const done = spawnSync(process.execPath, [ronda, '--home', home, ...args], {
    cwd: home,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`ronda ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** Collects a file without anybody to score it, so that its posts wait on the queue. */
async function collectOnly(path: string, posts: number): Promise<void> {
  const config = join(home, 'ronda.yaml');
  const columns = '{ id: Nomor, text: Isi Laporan, created_at: Waktu, author: Pelapor }';
  writeFileSync(config, `sources:\n  - { name: antre, kind: file, path: ${path}, columns: ${columns} }\n`);
  const args = [ronda, '--home', home, '--config', config, 'worker', 'collect'];
  const collector = spawn(process.execPath, args, { cwd: home, stdio: 'ignore' });
  const watch = new StoreWatch(join(home, 'ronda.db'));
  const before = watch.sums().collected;
  while (watch.sums().collected < before + posts) await sleep(50);
  watch.close();
  collector.kill('SIGTERM');
  await new Promise((resolve) => collector.once('exit', resolve));
}

/** One file without a log beside it, compressed. */
function pack(name: string): void {
  const path = join(home, name);
  const db = new Database(path);
  db.pragma('journal_mode = DELETE');
  db.exec('VACUUM');
  db.close();
  writeFileSync(join(target, `${name}.gz`), gzipSync(readFileSync(path), { level: 9 }));
}

try {
  run('batch', join(demo, 'arsip-grup.jsonl'), '--source', 'arsip-grup');
  run('users', 'add', 'sari', '--role', 'officer');
  run('users', 'add', 'bima', '--role', 'supervisor');
  const config = parseConfig({
    document: undefined,
    file: 'fixture',
    environment: { RONDA_HOME: home },
    kinds: kindSchemas,
    isSchedule,
  });
  const app = await compose(config);
  const { ports } = app.desk();
  const [sari] = ports.store.users.list().filter(({ name }) => name === 'sari');
  if (sari === undefined) throw new Error('no officer');
  const officer = { user: sari.id, role: sari.role, unit: sari.unit };
  const numbers = app
    .storeForReading()
    .listItems({ limit: 6 })
    .map(({ number }) => number);
  const [first, second, third, fourth] = numbers as [number, number, number, number];
  claimItems(ports, officer, [first, second, third]);
  decide(ports, officer, { items: [first], outcome: { kind: 'not-a-violation', ground: 'criticism' } });
  addNote(ports, officer, { item: second, note: 'Ditanyakan dulu ke unit.' });
  const checklist = {
    targetKind: 'protected-group',
    target: 'religion:kristen',
    criticismOrOpinion: false,
    callToAct: true,
  } as const;
  proposeEscalation(ports, officer, { item: third, checklist });
  const erasedId = app.storeForReading().getItem(fourth)?.post.id ?? '';
  await app.close();
  run('erase', erasedId, '--reason', 'surat rekaan 1');
  await collectOnly(join(demo, 'laporan-warga.csv'), 25);
  const facts = readStoreFacts(join(home, 'ronda.db'));
  const auditHead = run('audit', 'head').trim();
  mkdirSync(target, { recursive: true });
  pack('ronda.db');
  pack('queue.db');
  const said = {
    version: packageVersion,
    schema: schemaVersion,
    auditHead,
    erased: erasedId,
    waiting: 25,
    sums: facts.sums,
    posts: facts.posts.length,
    items: facts.items,
    counts: facts.counts,
  };
  writeFileSync(join(target, 'holds.json'), `${JSON.stringify(said, null, 1)}\n`);
  process.stdout.write(`${target}: schema ${schemaVersion}, ${facts.items.length} items, 25 posts waiting\n`);
} finally {
  rmSync(home, { recursive: true, force: true });
}
