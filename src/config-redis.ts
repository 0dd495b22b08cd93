import { z } from 'zod';

/** `host:port`; an IPv6 address in brackets. */
const address = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}$/,
    'a host with its port, e.g. redis-1.polda.example:6379',
  )
  .transform((text) => {
    const at = text.lastIndexOf(':');
    return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
  })
  .refine(({ port }) => port >= 1 && port <= 65_535, 'a port from 1 to 65535');

const path = z.string().min(1).max(4_096);
const user = z.string().regex(/^\S{1,200}$/, 'the name of a user of Redis');

/**
 * How Redis is reached, passwords apart: those come from the environment or from files it names. Without `sentinel` and
 * `cluster` it is the one server of `RONDA_REDIS`.
 */
export const redisSchema = z
  .strictObject({
    user: user.optional(),
    /** Present, even empty: TLS, checked against the system's authorities or `ca`. Paths of PEM files. */
    tls: z
      .strictObject({
        ca: path.optional(),
        cert: path.optional(),
        key: path.optional(),
        /** The name in the server's certificate, where it is not the host's. */
        server_name: z.string().min(1).max(253).optional(),
      })
      .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'cert and key together')
      .optional(),
    sentinel: z
      .strictObject({
        /** Of the primary, as the sentinels call it. */
        name: z.string().regex(/^[\w.-]{1,100}$/, 'what the sentinels call the primary, e.g. ronda'),
        addresses: z.array(address).min(1).max(20),
        user: user.optional(),
        /** True where the sentinels themselves want TLS, with the settings of `tls`. */
        tls: z.boolean().default(false),
      })
      .optional(),
    /** Some nodes of the cluster; the others are found through them. */
    cluster: z.array(address).min(1).max(100).optional(),
  })
  .prefault({});

export type RedisSettings = Readonly<z.infer<typeof redisSchema>>;

/** What cannot be together, or is missing; `url` is `RONDA_REDIS`. */
export function redisFaults(
  url: string | undefined,
  kind: 'embedded' | 'redis',
  { sentinel, cluster }: RedisSettings,
): readonly string[] {
  const faults: string[] = [];
  if (url !== undefined && !/^rediss?:\/\//.test(url)) {
    faults.push(
      'RONDA_REDIS: found no Redis URL; allowed: redis://host:port/db or rediss://…, e.g. redis://127.0.0.1:6379',
    );
  }
  const places = [url !== undefined, sentinel !== undefined, cluster !== undefined].filter(Boolean).length;
  if (places > 1) {
    faults.push(
      'queue.redis: found more than one place of Redis; allowed: one of RONDA_REDIS, queue.redis.sentinel and queue.redis.cluster',
    );
  }
  if (places === 0 && kind === 'redis') {
    faults.push(
      'queue.kind: found redis, but RONDA_REDIS is not set; allowed: embedded, or redis with RONDA_REDIS=redis://127.0.0.1:6379, queue.redis.sentinel or queue.redis.cluster',
    );
  }
  return faults;
}
