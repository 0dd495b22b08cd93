import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import type { OneTimeCodes, PasswordHasher } from '../core/desk-ports.js';
import { ThrottledError } from '../core/errors.js';

/** RFC 7914; 128 N r = 128 MiB a hash. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
/** Node's default of 32 MiB is too small. */
const MAX_MEM = 256 * 1024 * 1024;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** Hashes worked on at once, each with its 128 MiB, and how many may wait. */
export interface HasherLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

const LIMITS: HasherLimits = { atOnce: 2, waiting: 50 };

/**
 * scrypt with N=2^17, r=8, p=1. More than {@link HasherLimits.atOnce} wait their turn; beyond that is refused.
 *
 * @throws ThrottledError `login-busy`
 */
export function createPasswordHasher({ atOnce, waiting }: HasherLimits = LIMITS): PasswordHasher {
  let running = 0;
  const queue: (() => void)[] = [];

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (queue.length >= waiting) {
        throw new ThrottledError(
          'login-busy',
          'too many people log in at once; try again in a moment',
          2_000,
        );
      }
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      // The place is handed on, not given back, so that nobody slips in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
  const derive = (password: string, salt: Buffer, { N, r, p } = COST as Cost): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      // The same letters typed on another keyboard are the same password.
      scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: MAX_MEM }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  const nobody = { salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES), cost: COST };

  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(SALT_BYTES);
        const key = await derive(password, salt);
        const { N, r, p } = COST;
        return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
      }),
    verify: (password, hash) =>
      inTurn(async () => {
        const kept = hash === undefined ? undefined : parse(hash);
        const { salt, key, cost } = kept ?? nobody;
        const isSame = timingSafeEqual(await derive(password, salt, cost), key);
        return isSame && kept !== undefined;
      }),
  };
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function parse(hash: string): { salt: Buffer; key: Buffer; cost: Cost } | undefined {
  const [name, N, r, p, salt = '', key = ''] = hash.split('$');
  const bytes = Buffer.from(key, 'base64');
  if (name !== 'scrypt' || bytes.length !== KEY_BYTES) return undefined;
  return {
    salt: Buffer.from(salt, 'base64'),
    key: bytes,
    cost: { N: Number(N), r: Number(r), p: Number(p) },
  };
}

const PERIOD_S = 30;

/** RFC 6238 by otplib: SHA-1, six digits, 30 s, as authenticator apps have it. */
export function createOneTimeCodes(issuer: string): OneTimeCodes {
  return {
    newSecret: () => generateSecret(),
    uri: (secret, account) => generateURI({ issuer, label: account, secret }),
    verify(secret, code, now) {
      if (!/^\d{6}$/.test(code)) return undefined;
      const epoch = Math.floor(now / 1_000);
      const found = verifySync({ secret, token: code, epoch, period: PERIOD_S, epochTolerance: PERIOD_S });
      return found.valid ? Math.floor(epoch / PERIOD_S) + found.delta : undefined;
    },
  };
}
