import { z } from 'zod';
import type { ApiEndpoint } from './endpoint.js';
import { errorShape } from './shapes.js';

type Json = Readonly<Record<string, unknown>>;

/** Statuses that any endpoint may answer with; all of them have the error's shape. */
const ERROR_STATUSES: Readonly<Record<number, string>> = {
  400: 'the body is no JSON',
  401: 'no token, or one that is not good',
  403: 'the token lacks the scope, or the account’s role the right',
  404: 'no such item in the account’s units, no such narrative, or no such address',
  405: 'the address does not take this method',
  409: 'somebody else holds the item (`claim-lost`), it is decided (`not-open`), or the key was used for something else (`key-reused`)',
  413: 'the body is too large',
  414: 'the address is too long',
  415: 'the body is not declared as JSON',
  421: 'the desk does not answer under that name',
  422: 'a field is missing or not understood, or the desk’s rules refuse what was asked',
  429: 'too many requests; Retry-After says when',
  500: 'something failed here; nothing was changed',
  503: 'not now; Retry-After says when',
};

/** The OpenAPI 3.1 document of the endpoints. */
export function openApiOf(endpoints: readonly ApiEndpoint[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operationOf(endpoint),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ronda',
      version: '1',
      description:
        'The triage desk for programs. A person decides; Ronda acts on no account. Texts are as they were posted.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of an account: `ronda users token`' },
      },
      schemas: { Error: schemaOf(errorShape) },
    },
  };
}

function operationOf(endpoint: ApiEndpoint): Json {
  const { id, summary, scope, right, body, answer, stream } = endpoint;
  const needs = [scope && `scope ${scope}`, right && `right ${right}`].filter((each) => each !== undefined);
  const content = stream === undefined ? 'application/json' : 'text/event-stream';
  const failures = Object.entries(ERROR_STATUSES).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
  ]);
  return {
    operationId: id,
    summary,
    description: needs.length === 0 ? 'Any live token.' : `Needs ${needs.join(' and ')}.`,
    ...(scope === undefined ? {} : { 'x-scope': scope }),
    parameters: parametersOf(endpoint),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: {
      200: { description: summary, content: { [content]: { schema: schemaOf(answer) } } },
      ...Object.fromEntries(failures),
    },
  };
}

function parametersOf({ path, query, keyed, stream }: ApiEndpoint): readonly Json[] {
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  const header = (name: string, description: string, isRequired: boolean): Json => ({
    ...{ name, in: 'header', required: isRequired, description },
    schema: { type: 'string' },
  });
  return [
    ...(path.includes('{number}')
      ? [{ name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }]
      : []),
    ...(path.includes('{id}')
      ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[\\w~.-]{1,64}$' } }]
      : []),
    ...Object.entries(properties).map(([name, { description, ...schema }]) => ({
      ...{ name, in: 'query', required: required.includes(name), schema },
      ...(description === undefined ? {} : { description }),
    })),
    ...(keyed
      ? [
          header(
            'Idempotency-Key',
            '8 to 100 letters, digits or . : _ -; sent again, the act is done once',
            true,
          ),
        ]
      : []),
    ...(stream === undefined ? [] : [header('Last-Event-ID', 'go on after this event', false)]),
  ];
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
