import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { PROBLEMS, type ProblemCode, problemSchema } from '../../protocol/problem.ts';
import type { Operation } from '../operation.ts';

/** A route of the API with what it says of itself. */
export interface DescribedRoute {
  readonly method: string;
  readonly url: string;
  readonly operation: Operation | undefined;
}

/** Any route may answer with these. */
const ALWAYS: readonly ProblemCode[] = ['encoding-refused', 'internal'];
const WITH_BODY: readonly ProblemCode[] = [
  'malformed-request',
  'request-timeout',
  'too-large',
  'media-type-refused',
  'unprocessable',
];

/**
 * The OpenAPI 3.1 description of all routes.
 *
 * @throws when one does not say what it does: a route nobody described is a bug
 */
export function describeApi(routes: readonly DescribedRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, url, operation } of routes) {
    if (operation === undefined) throw new Error(`${method} ${url} does not say what it does.`);
    const path = url.replaceAll(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Parvis', version: '1', license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' } },
    paths,
    components: {
      securitySchemes: {
        tablet: { type: 'http', scheme: 'bearer' },
        visitor: { type: 'http', scheme: 'bearer' },
        person: { type: 'apiKey', in: 'cookie', name: '__Host-parvis' },
      },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
  };
}

function describeOperation(operation: Operation): object {
  const { summary, caller, params, query, body, replies, problems } = operation;
  return {
    summary,
    security: caller === 'anybody' ? [] : [{ [caller]: [] }],
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(body, 'input') } },
          },
        }),
    responses: {
      ...Object.fromEntries(Object.entries(replies).map(([status, reply]) => [status, describeReply(reply)])),
      ...problemReplies([...ALWAYS, ...(body === undefined ? [] : WITH_BODY), ...problems]),
    },
  };
}

function describeReply(reply: v.GenericSchema | string | null): object {
  if (reply === null) return { description: 'Done; no body' };
  if (typeof reply === 'string') return { description: reply, content: { [reply]: {} } };
  return { description: 'Done', content: { 'application/json': { schema: jsonSchema(reply, 'output') } } };
}

function problemReplies(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function parametersOf(schema: v.GenericSchema | undefined, place: 'path' | 'query'): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, content]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: content,
  }));
}

/** Rules JSON Schema cannot tell (a date that exists) are left out of the description, not of the decoding. */
function jsonSchema(schema: v.GenericSchema, typeMode: 'input' | 'output'): object {
  const { $schema: _dialect, ...content } = toJsonSchema(schema, {
    errorMode: 'ignore',
    typeMode,
  });
  return content;
}
