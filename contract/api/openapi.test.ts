import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from './endpoints.js';
import { refusalsOf } from './endpoint.js';
import { openApiDocument } from './openapi.js';

const document = openApiDocument(ENDPOINTS, { url: 'http://127.0.0.1:8300', version: '1.2.3' }) as any;
const operations = Object.values(document.paths).flatMap((methods) =>
  Object.values(methods as object),
) as any[];

/** Every value of a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(key, inner),
  ]);
}

describe('the OpenAPI document', () => {
  it('has every endpoint once, with the statuses that it answers', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Copydesk', version: '1.2.3' } });
    expect(operations).toHaveLength(ENDPOINTS.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ENDPOINTS.length);
    for (const endpoint of ENDPOINTS) {
      const { responses } = document.paths[endpoint.path][endpoint.method.toLowerCase()];
      const statuses = [endpoint.answer.status, ...refusalsOf(endpoint)].map(String);
      expect(Object.keys(responses).toSorted(), endpoint.id).toEqual(statuses.toSorted());
    }
  });

  it('has what every reference names', () => {
    const references = new Set(valuesOf('$ref', document) as string[]);
    expect(references.size).toBeGreaterThan(8);
    for (const reference of references) {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1] ?? reference;
      expect(document.components.schemas, reference).toHaveProperty(name);
    }
    expect(valuesOf('$schema', document)).toEqual([]);
  });

  it('says what a body may be', () => {
    const { schemas } = document.components;
    expect(schemas.Decision.oneOf.map((one: any) => one.properties.decision.const)).toEqual([
      ...['approve', 'reject', 'revise', 'edit', 'resume', 'cancel', 'reschedule'],
    ]);
    expect(schemas.BatchOrder).toMatchObject({
      required: ['account', 'planner', 'mix'],
      properties: {
        mix: { properties: { video: { type: 'integer', minimum: 1 } }, additionalProperties: false },
      },
    });
    const { parameters } = document.paths['/api/posts'].get;
    expect(parameters.find((one: any) => one.name === 'limit')).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
    const { requestBody } = document.paths['/api/posts/{id}/share'].post;
    expect(requestBody.required).toBe(false);
    expect(document.paths['/api/batches/{id}/budget'].post.requestBody.required).toBe(true);
  });

  it('asks a token where there is no public part', () => {
    expect(document.paths['/api/posts'].get.security).toEqual([{ token: [] }]);
    expect(document.paths['/api/posts/{id}'].get.security).toEqual([{}, { token: [] }]);
  });
});
