import { describe, expect, it } from 'vitest';
import { configOf } from './support/config.js';

const parse = (alerts: unknown) => configOf({ document: { alerts } }).alerts;

const webhook = {
  name: 'posko',
  kind: 'webhook',
  url: 'https://posko.example/ronda',
  secret_env: 'POSKO_SECRET',
};
const telegram = { name: 'piket', kind: 'telegram', token_env: 'PIKET_TOKEN', chat: '-1001234567890' };
const email = {
  name: 'surel',
  kind: 'email',
  host: 'surat.polda.example',
  from: 'ronda@polda.example',
  to: ['humas@polda.example'],
};

describe('alerts in ronda.yaml', () => {
  it('has no channel and sound limits unless told otherwise', () => {
    expect(parse(undefined)).toEqual({
      again_after: 86_400_000,
      least_posts: 10,
      max_attempts: 12,
      channels: [],
    });
  });

  it('takes channels of each kind, with quiet hours as minutes of the day', () => {
    const { channels } = parse({
      channels: [
        { ...webhook, quiet_hours: { from: '22:00', to: '05:30', zone: 'WITA' }, digest: '1h' },
        telegram,
        { ...email, user: 'ronda', password_env: 'SURAT_PASSWORD' },
      ],
    });
    expect(channels.map(({ kind }) => kind)).toEqual(['webhook', 'telegram', 'email']);
    expect(channels[0]).toMatchObject({
      events: ['burst', 'level', 'silent'],
      min_level: 'critical',
      max_per_hour: 12,
      digest: 3_600_000,
      quiet_hours: { from: 1_320, to: 330, zone: 'WITA' },
    });
    expect(channels[2]).toMatchObject({ port: 587, security: 'starttls' });
  });

  it.each<[string, readonly unknown[], RegExp]>([
    ['two channels of one name', [webhook, { ...telegram, name: 'posko' }], /"posko" twice/],
    ['http beyond this machine', [{ ...webhook, url: 'http://posko.example/' }], /allowed: https/],
    ['a password in an address', [{ ...webhook, url: 'https://u:p@posko.example/' }], /name or password/],
    ['another scheme', [{ ...webhook, url: 'file:///etc/passwd' }], /channels\.0\.url/],
    ['a secret in the file', [{ ...webhook, secret_env: 'rahasia-saya' }], /secret_env/],
    ['the installation’s own secret', [{ ...webhook, secret_env: 'RONDA_SECRET' }], /secret_env/],
    ['mail without TLS beyond this machine', [{ ...email, security: 'none' }], /security/],
    ['a user without a password', [{ ...email, user: 'ronda' }], /password_env/],
    ['a list of addresses as one', [{ ...email, to: ['a@x.example, b@x.example'] }], /to\.0/],
    ['a hidden further receiver', [{ ...email, to: ['a@x.example\r\nBcc: b@x.example'] }], /to\.0/],
    [
      'an hour that there is not',
      [{ ...webhook, quiet_hours: { from: '24:00', to: '05:00' } }],
      /quiet_hours/,
    ],
    ['an unknown event', [{ ...webhook, events: ['login'] }], /events/],
    ['an unknown kind', [{ ...webhook, kind: 'sms' }], /kind/],
    ['an unknown key', [{ ...webhook, method: 'GET' }], /method/],
  ])('refuses %s', (_, channels, why) => {
    expect(() => parse({ channels })).toThrow(why);
  });

  it('takes http and mail without TLS on this machine', () => {
    const { channels } = parse({
      channels: [
        { ...webhook, url: 'http://127.0.0.1:9/ronda', allow_private: true },
        { ...email, host: 'localhost', security: 'none', port: 25 },
      ],
    });
    expect(channels.length).toBe(2);
  });
});
