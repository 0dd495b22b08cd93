import { z } from 'zod';
import { DeskRefusal } from '../../core/desk-refusal.js';
import type { Scope } from '../../core/user.js';
import type { Right } from '../../triage/rights.js';
import type { Reader } from '../route.js';

/** Whoever calls, by a token. */
export interface ApiCaller extends Reader {
  readonly scopes: readonly Scope[];
  /** False once the token was stopped, ran out, or its user was disabled: asked by what goes on for long. */
  isStillGood(): boolean;
}

/** A call of an endpoint, all of it read and checked. */
export interface ApiCall<Query, Body> {
  readonly caller: ApiCaller;
  /** `{number}` of the path; 0 where the path has none. */
  readonly number: number;
  /** `{id}` of the path; '' where the path has none. */
  readonly id: string;
  /** Idempotency-Key; '' where none was given. */
  readonly key: string;
  /** Last-Event-ID; '' where none was given. */
  readonly lastEventId: string;
  readonly query: Query;
  readonly body: Body;
}

/** Data to be sent on as they come. */
export interface ApiStream {
  /** What is new since the last look, each with the number that a reader goes on from. */
  look(): readonly { readonly id: number; readonly data: unknown }[];
}

/** One thing that the API does. The route, its checks and its part of the OpenAPI document all come of this. */
export interface ApiEndpoint {
  readonly method: 'GET' | 'POST';
  /** As in OpenAPI, below `/api/v1`, e.g. `/items/{number}`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  /** What the token must say; absent where any live token will do. */
  readonly scope?: Scope;
  /** What the user's role must say; no token can do more. */
  readonly right?: Right;
  readonly query: z.ZodObject;
  readonly body?: z.ZodObject;
  /** True where the call must carry an Idempotency-Key. */
  readonly keyed: boolean;
  /** Of the answer; with `stream`, of the data of each event. */
  readonly answer: z.ZodType;
  /** The name of each event where the answer is a stream of them. */
  readonly stream?: string;
  /** @throws DeskRefusal `bad-field` and what its use case throws */
  readonly handle: (call: ApiCall<unknown, unknown>) => unknown;
}

interface Given<Query extends z.ZodObject, Body extends z.ZodObject>
  extends Omit<ApiEndpoint, 'query' | 'body' | 'keyed' | 'handle'> {
  readonly query?: Query;
  readonly body?: Body;
  readonly keyed?: true;
  readonly handle: (call: ApiCall<z.output<Query>, z.output<Body>>) => unknown;
}

const NOTHING = z.strictObject({});

/** An endpoint whose handler is given what its schemas made of the call. */
export function endpoint<
  Query extends z.ZodObject = typeof NOTHING,
  Body extends z.ZodObject = typeof NOTHING,
>({ query, body, keyed, handle, ...rest }: Given<Query, Body>): ApiEndpoint {
  return {
    ...rest,
    query: query ?? NOTHING,
    ...(body === undefined ? {} : { body }),
    keyed: keyed === true,
    handle: (call) =>
      handle({
        ...call,
        query: parsed(query ?? NOTHING, call.query, 'query') as z.output<Query>,
        body: parsed(body ?? NOTHING, call.body, 'body') as z.output<Body>,
      }),
  };
}

/** Most faults that one refusal names. */
const NAMED_FAULTS = 5;

function parsed(schema: z.ZodType, value: unknown, where: string): unknown {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const faults = read.error.issues
    .slice(0, NAMED_FAULTS)
    .map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`);
  throw new DeskRefusal('bad-field', faults.join('; ').slice(0, 1_000));
}
