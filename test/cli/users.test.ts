import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandEnvironment } from '../../src/cli/commands/environment.js';
import { initCommand } from '../../src/cli/commands/init.js';
import { usersCommand } from '../../src/cli/commands/users.js';
import { addFirstAdmin } from '../../src/pipeline/accounts.js';
import { words } from '../../src/words/catalogue.js';
import { type DeskRig, deskRig } from '../support/desk.js';

let rig: DeskRig;
beforeEach(() => {
  rig = deskRig();
});
afterEach(() => rig.close());

interface Said {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Runs a command over the rig's store. */
async function run(...args: string[]): Promise<Said> {
  let out = '';
  let err = '';
  let status = 0;
  const environment: CommandEnvironment = {
    io: {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      interactive: false,
      columns: 100,
      input: Readable.from([]),
    },
    words: words('en'),
    language: 'en',
    zone: 'Asia/Jakarta',
    signal: new AbortController().signal,
    exitWith: (said) => {
      status = Math.max(status, said);
    },
  };
  const address = (token: string): string => `http://127.0.0.1:8478/welcome/${token}`;
  const program = new Command('ronda').exitOverride();
  usersCommand(program, {
    withAccounts: async (work) => work({ ports: rig.ports, linkAddress: address }, environment),
  });
  initCommand(program, {
    environment: () => environment,
    writeStarter: () => undefined,
    async firstAdmin() {
      const first = addFirstAdmin(rig.ports, 'admin', 'mabes');
      return first && { name: first.user.name, address: address(first.link) };
    },
  });
  await program.parseAsync(args, { from: 'user' });
  return { out, err, status };
}

/** The token of the link that a command printed on a line of its own. */
function linkIn({ out }: Said): string {
  const [, token] = /^http:\/\/127\.0\.0\.1:8478\/welcome\/([\w-]{43})$/m.exec(out) ?? [];
  if (token === undefined) throw new Error(`no link in: ${out}`);
  return token;
}

describe('ronda init', () => {
  it('prints the first administrator’s link once, which opens that account', async () => {
    const link = linkIn(await run('init'));
    expect(rig.store.desk.users.readLink(link, rig.clock.now(), false)).toMatchObject({
      name: 'admin',
      role: 'admin',
    });
    expect((await run('init')).out).not.toContain('/welcome/');
  });
});

describe('ronda users', () => {
  it('adds accounts, the link alone on standard output, and lists them', async () => {
    expect((await run('users', 'list')).out).toContain('There is no account yet');
    const added = await run(
      'users',
      'add',
      'sari',
      '--role',
      'supervisor',
      '--unit',
      'polda-a',
      '--display',
      'Sari R.',
    );
    expect(added.out.trim().split('\n')).toHaveLength(1);
    expect(rig.store.desk.users.readLink(linkIn(added), rig.clock.now(), false)).toMatchObject({
      name: 'sari',
    });
    const [user] = JSON.parse((await run('users', 'list', '--json')).out) as unknown[];
    expect(user).toMatchObject({
      name: 'sari',
      role: 'supervisor',
      unit: 'polda-a',
      display: 'Sari R.',
      hasPassword: false,
    });
    expect((await run('users', 'list')).out).toMatch(/sari +Sari R\. +supervisor +polda-a +no password yet/);
  });

  it.each([
    [['add', 'Bukan Nama'], 'A user name has'],
    [['add', 'sari'], 'already'],
    [['add', 'budi', '--unit', 'tiada'], 'mabes, polda-a'],
    [['disable', 'tiada'], 'no such account'],
    [['reset', 'tiada'], 'no such account'],
    [['token', 'tiada'], 'no such account'],
  ])('refuses %j with status 2, and says why', async (args, why) => {
    await run('users', 'add', 'sari');
    const { out, err, status } = await run('users', ...args);
    expect(status).toBe(2);
    expect(err).toContain(why);
    expect(out).toBe('');
  });

  it('shuts out, starts anew, makes tokens and stops them', async () => {
    await run('users', 'add', 'mitra');
    const { out: token } = await run(
      'users',
      'token',
      'mitra',
      '--scope',
      'items:read',
      'events:read',
      '--days',
      '2',
    );
    const read = () => rig.store.desk.tokens.read(token.trim(), rig.clock.now());
    expect(read()).toMatchObject({ user: { name: 'mitra' }, scopes: ['items:read', 'events:read'] });
    expect((await run('users', 'token', 'mitra', '--revoke', '1')).status).toBe(0);
    expect(read()).toBeUndefined();
    expect((await run('users', 'token', 'mitra', '--revoke', '1')).status).toBe(1);
    await run('users', 'disable', 'mitra');
    expect((await run('users', 'list')).out).toContain('disabled');
    linkIn(await run('users', 'reset', 'mitra'));
    expect((await run('users', 'list')).out).toContain('no password yet');
    expect(rig.store.desk.audit.list({ limit: 9 }).map(({ kind, actor }) => `${actor} ${kind}`)).toEqual([
      'system user-reset',
      'system user-disabled',
      'system token-revoked',
      'system token-made',
      'system user-added',
    ]);
  });
});
