import { z } from 'zod';
import { attentionEndpoints } from './attention.js';
import { batchEndpoints, batchOrder } from './batches.js';
import { chatEndpoints, chatQuestion, otherEndpoints, questionEndpoints } from './others.js';
import { REFUSALS, refusalsOf, type Endpoint, type RefusalStatus } from './endpoint.js';
import { postEndpoints } from './posts.js';
import { scheduleChange, scheduleDocument, scheduleEndpoints, scheduleList } from './schedules.js';
import { decision } from './decisions.js';
import * as documents from './documents.js';
import { attentionList, batchPage, costList, postPage, slotList } from '../lists.js';
import { id } from './values.js';

/** The HTTP API, in the order in which its document has it. `/api/archive` is the command's own, and is no part of it. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...Object.values(postEndpoints),
  ...Object.values(batchEndpoints),
  ...Object.values(attentionEndpoints),
  ...Object.values(scheduleEndpoints),
  ...Object.values(chatEndpoints),
  ...Object.values(questionEndpoints),
  ...Object.values(otherEndpoints),
];

type Json = Readonly<Record<string, unknown>>;

/** What the document calls its schemas; those that are not here stand where they are used. */
const NAMES: readonly (readonly [string, z.ZodType])[] = [
  ['Error', documents.errorDocument],
  ['Post', documents.postDocument],
  ['PublicPost', documents.publicPost],
  ['PostPage', postPage],
  ['Batch', documents.batchDocument],
  ['BatchPage', batchPage],
  ['Attention', attentionList],
  ['Schedule', scheduleDocument],
  ['ScheduleList', scheduleList],
  ['ScheduleChange', scheduleChange],
  ['Slots', slotList],
  ['Costs', costList],
  ['Accounts', documents.accountsDocument],
  ['Decision', decision],
  ['BatchOrder', batchOrder],
  ['Estimate', documents.estimate],
  ['Question', chatQuestion],
  ['Reply', documents.chatReply],
];

export interface OpenApiOptions {
  /** Where the desk is reached, without a slash at the end. */
  readonly url: string;
  readonly version: string;
}

/** The OpenAPI 3.1 document of these endpoints. https://spec.openapis.org/oas/v3.1.1 */
export function openApiDocument(endpoints: readonly Endpoint[], { url, version }: OpenApiOptions): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints)
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operation(endpoint);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Copydesk',
      version,
      description:
        'The desk over HTTP. Times are ISO 8601, money is in US dollars. Fields that the desk does not know are ignored; an error is `{ error: { message, field? } }`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: "The desk's token, or a person's own" },
      },
    },
  };
}

function operation(endpoint: Endpoint): Json {
  const { id: operationId, summary, notes, who, path, query, body, answer } = endpoint;
  const parameters = [
    ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: schemaOf(id) }] : []),
    ...Object.entries(query?.shape ?? {}).map(([name, value]) => parameter(name, value as z.ZodType)),
  ];
  return {
    operationId,
    summary,
    ...(notes && { description: notes }),
    tags: [path.split('/')[2]],
    security: who === 'everybody' ? [{}, { token: [] }] : [{ token: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: !body.safeParse({}).success, content: json(schemaOf(body)) },
    }),
    responses: {
      [answer.status]: {
        description: answer.status === 201 ? 'Started' : 'Done',
        content: { [answer.type ?? 'application/json']: { schema: schemaOf(answer.schema) } },
      },
      ...Object.fromEntries(refusalsOf(endpoint).map((status) => [status, refusal(status)])),
    },
  };
}

function parameter(name: string, value: z.ZodType): Json {
  const { description, ...schema } = schemaOf(value) as { description?: string };
  const required = !value.safeParse(undefined).success;
  return { name, in: 'query', required, ...(description && { description }), schema };
}

const refusal = (status: RefusalStatus): Json => ({
  description: REFUSALS[status],
  ...(status === 429 && {
    headers: { 'Retry-After': { description: 'In seconds', schema: { type: 'integer', minimum: 1 } } },
  }),
  content: json(schemaOf(documents.errorDocument)),
});

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const pathOf = (name: string): string => `#/components/schemas/${name}`;

/** A schema by its name, or as it is; a union of named ones is a choice of names. */
function schemaOf(schema: z.ZodType): Json {
  const name = NAMES.find(([, named]) => named === schema)?.[0];
  if (name !== undefined) return { $ref: pathOf(name) };
  if (schema === documents.eitherPost) return { anyOf: documents.eitherPost.options.map(schemaOf) };
  return plain(z.toJSONSchema(schema, { io: 'input' }));
}

const namedSchemas = (): Json =>
  Object.fromEntries(NAMES.map(([name, schema]) => [name, plain(z.toJSONSchema(schema, { io: 'input' }))]));

/** OpenAPI 3.1 says the dialect once for all. */
function plain({ $schema: _, '~standard': __, ...schema }: Json): Json {
  return schema;
}
