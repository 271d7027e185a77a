import { expect, it } from 'vitest';
import { ENDPOINTS, openApiDocument } from './openapi.js';
import { refusalsOf } from './endpoint.js';

const document = openApiDocument(ENDPOINTS, { url: 'http://127.0.0.1:8300', version: '1.2.3' }) as any;
const operations: any[] = Object.values<object>(document.paths).flatMap((methods) => Object.values(methods));

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
  const text = JSON.stringify(document);
  const references = new Set([...text.matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1]!));
  expect(references.size).toBeGreaterThan(8);
  const schemas = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(schemas).toEqual(expect.arrayContaining([...references]));
  expect(text).not.toContain('"$schema"');
});

it('says what a body may be', () => {
  const { schemas } = document.components;
  const decisions = schemas.Decision.oneOf.map((one: any) => one.properties.decision.const);
  expect(decisions).toEqual(['approve', 'reject', 'revise', 'edit', 'resume', 'cancel', 'reschedule']);
  const video = { type: 'integer', minimum: 1 };
  const mix = { properties: { video }, additionalProperties: false };
  const required = ['account', 'planner', 'mix'];
  expect(schemas.BatchOrder).toMatchObject({ required, properties: { mix } });
  const { parameters } = document.paths['/api/posts'].get;
  const schema = { type: 'integer', minimum: 1, maximum: 200, default: 50 };
  const limit = parameters.find((one: any) => one.name === 'limit');
  expect(limit).toMatchObject({ in: 'query', required: false, schema });
  const { requestBody } = document.paths['/api/posts/{id}/share'].post;
  expect(requestBody.required).toBe(false);
  expect(document.paths['/api/batches/{id}/budget'].post.requestBody.required).toBe(true);
});

it('asks a token where there is no public part', () => {
  expect(document.paths['/api/posts'].get.security).toEqual([{ token: [] }]);
  expect(document.paths['/api/posts/{id}'].get.security).toEqual([{}, { token: [] }]);
});
