import { Hono } from 'hono';
import type { Env } from '../faults.js';
import { faulted } from './answers.js';
import { PLAYED_ENDPOINTS, type InputSchema } from './endpoints.js';
import type { FalParts } from './parts.js';

/** fal.ai itself: the OpenAPI document of an endpoint, for anybody. */
export function schemaRoutes({ faults }: FalParts): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/openapi/queue/openapi.json', (c) => {
    const id = c.req.query('endpoint_id') ?? '';
    const fault = faults.take('schema', id);
    if (fault) return faulted(c, fault);
    const endpoint = Object.hasOwn(PLAYED_ENDPOINTS, id) ? PLAYED_ENDPOINTS[id] : undefined;
    if (!endpoint) return c.json({ detail: `Endpoint '${id.slice(0, 100)}' not found` }, 404);
    return c.json(openApiOf(id, endpoint.input));
  });
  return app;
}

/** As fal writes it: the queue's paths, of which the one POST takes the input. */
function openApiOf(id: string, { required, properties }: InputSchema): object {
  const name = id.replace(/(?:^|(?<![^A-Za-z0-9])[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, first: string) =>
    first.toUpperCase(),
  );
  const status = json({ $ref: '#/components/schemas/QueueStatus' });
  const requestId = [{ name: 'request_id', in: 'path', required: true, schema: { type: 'string' } }];
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${id}`,
      version: '1.0.0',
      description: `The OpenAPI schema for the ${id} queue.`,
      'x-fal-metadata': { endpointId: id, playgroundUrl: `https://fal.ai/models/${id}` },
    },
    components: {
      securitySchemes: { apiKeyAuth: { type: 'apiKey', in: 'header', name: 'Authorization' } },
      schemas: {
        QueueStatus: QUEUE_STATUS,
        [`${name}Input`]: {
          'x-fal-order-properties': Object.keys(properties),
          title: `${name}Input`,
          type: 'object',
          properties,
          required,
        },
        ImageSize: IMAGE_SIZE,
      },
    },
    paths: {
      [`/${id}/requests/{request_id}/status`]: {
        get: { parameters: requestId, responses: { '200': status } },
      },
      [`/${id}/requests/{request_id}/cancel`]: { put: { parameters: requestId, responses: {} } },
      [`/${id}`]: {
        post: {
          requestBody: { required: true, ...json({ $ref: `#/components/schemas/${name}Input` }) },
          responses: { '200': status },
        },
      },
      [`/${id}/requests/{request_id}`]: { get: { parameters: requestId, responses: {} } },
    },
    servers: [{ url: 'https://queue.fal.run' }],
    security: [{ apiKeyAuth: [] }],
  };
}

const json = (schema: object): object => ({ content: { 'application/json': { schema } } });

const QUEUE_STATUS = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] },
    request_id: { type: 'string' },
    queue_position: { type: 'integer' },
  },
  required: ['status', 'request_id'],
};

const IMAGE_SIZE = {
  type: 'object',
  properties: {
    width: { type: 'integer', exclusiveMinimum: 0, maximum: 14_142, default: 512 },
    height: { type: 'integer', exclusiveMinimum: 0, maximum: 14_142, default: 512 },
  },
};
