import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose, kindSchemas, termsRequired } from '../../src/compose.js';
import { parseConfig } from '../../src/config.js';
import { isSchedule } from '../../src/pipeline/schedule.js';

/** The tests of `ronda doctor` over an installation of its own, one by its name. */

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-doctor-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
  delete process.env.REKAAN_SECRET;
});

async function examined(document: Record<string, unknown>, ...names: string[]) {
  const config = parseConfig({
    document,
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    termsRequired,
    isSchedule,
    home,
  });
  const app = await compose(config);
  try {
    const checks = app.checks().filter(({ name }) => names.length === 0 || names.includes(name));
    return await Promise.all(checks.map(async ({ name, run }) => ({ name, ...(await run()) })));
  } finally {
    await app.close();
  }
}

const partner = {
  name: 'mitra',
  kind: 'webhook',
  secret_env: 'REKAAN_SECRET',
  terms: { basis: 'perjanjian rekaan', acknowledged_by: 'petugas rekaan', date: '2026-01-01' },
};

describe('doctor', () => {
  it('says what it finds in the language of the desk', async () => {
    const document = (language: string) => ({ desk: { language }, sources: [partner] });
    const [indonesian, english] = [await examined(document('id')), await examined(document('en'))];
    expect(indonesian.map(({ name }) => name)).toEqual(english.map(({ name }) => name));
    // What is the same in both is names and versions alone.
    const same = indonesian.filter(({ found }, at) => found === english[at]?.found).map(({ name }) => name);
    expect(same).toEqual(['node', 'assess']);
    expect(indonesian.map(({ found, advice }) => `${found} ${advice ?? ''}`).join('\n')).not.toMatch(
      /\b(the|and|waiting|named|free|opens|hours?|where|nobody)\b/,
    );
  });

  it('names the secrets that are not set, and is content once they are', async () => {
    const document = {
      desk: { language: 'en' },
      sources: [partner],
      alerts: {
        channels: [
          { name: 'posko', kind: 'webhook', url: 'https://posko.example/r', secret_env: 'REKAAN_LAIN' },
        ],
      },
    };
    expect(await examined(document, 'secrets')).toMatchObject([
      { ok: false, found: 'not set: REKAAN_SECRET, REKAAN_LAIN', advice: expect.stringContaining('_FILE') },
    ]);
    process.env.REKAAN_SECRET = 'rahasia-rekaan-0123456789-abcdefghij';
    expect(await examined({ sources: [partner], desk: { language: 'en' } }, 'secrets')).toMatchObject([
      { ok: true, found: 'all 1 that are named are set' },
    ]);
  });

  it('tells of a certificate before it runs out', async () => {
    if (spawnSync('openssl', ['version']).status !== 0) {
      if (process.env.RONDA_TEST_REQUIRE === '1') throw new Error('openssl is not installed');
      process.stderr.write('SKIPPED: the certificate that doctor reads, because openssl is not installed\n');
      return;
    }
    const lasting = (days: number) => {
      const [cert, key] = [join(home, `${days}.pem`), join(home, `${days}.key`)];
      const subject = ['-subj', '/CN=meja.example', '-addext', 'subjectAltName=DNS:meja.example'];
      const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      execFileSync('openssl', [...made, ...subject, '-days', `${days}`, '-keyout', key, '-out', cert], {
        stdio: 'ignore',
      });
      return { desk: { language: 'en', tls: { cert, key } } };
    };
    expect(await examined(lasting(90), 'desk')).toMatchObject([{ ok: true }]);
    expect(await examined(lasting(5), 'desk')).toMatchObject([
      { ok: false, found: expect.stringContaining('no account yet'), advice: expect.stringContaining('new') },
    ]);
  });
});
