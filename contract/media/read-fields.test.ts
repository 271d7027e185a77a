import { expect, it } from 'vitest';
import { readFields } from './read-fields.js';

const body = (schema: object): object => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const document = (input: unknown, schemas: object = {}): object => ({
  openapi: '3.0.4',
  info: { title: 'Queue OpenAPI for x/y' },
  components: { schemas: { YInput: input, ...schemas } },
  paths: {
    '/x/y/requests/{request_id}': { post: { requestBody: body({ properties: { wrong: {} } }) } },
    '/x/y': { post: { requestBody: body(ref('YInput')) } },
  },
});
const read = (input: unknown, schemas: object = {}) => readFields(document(input, schemas));
const fieldOf = (property: unknown, schemas: object = {}) =>
  read({ type: 'object', properties: { it: property } }, schemas)?.known.get('it');

const integer = { type: 'integer' };
const string = { type: 'string' };

it.each([
  ['nothing', null],
  ['a text', 'not found'],
  ['a list', []],
  ['an error', { detail: 'Not Found' }],
  ['no path', { openapi: '3.0.4', paths: {} }],
  ['paths that are none', { paths: { '/x/y': null, '/x/z': { post: { requestBody: 7 } } } }],
  ['an input without fields', document({ type: 'object' })],
  ['an input that is elsewhere', document({ $ref: 'https://example.com/schema.json' })],
  ['an input that is nowhere', document(ref('Nothing/properties'))],
  ['an input that is itself', document(ref('YInput'))],
])('a document that is %s has none', (_name, given) => {
  expect(readFields(given)).toBeNull();
});

const schemas = {
  Ratio: { enum: ['16:9', '1:1'], type: 'string' },
  Size: { type: 'object', properties: { width: integer, height: integer } },
  'a/b~c': integer,
};
const ratio = { values: ['16:9', '1:1'], open: false };
const wide = { enum: ['16:9'], type: 'string' };

const size = { types: ['object', 'string'], values: ['16:9'], open: false, inside: ['width', 'height'] };
it.each([
  ['of a type', ref('a~1b~0c'), { types: ['integer'] }],
  [
    'with a preset',
    { ...integer, minimum: 1, maximum: 6, default: 1 },
    { minimum: 1, maximum: 6, preset: 1 },
  ],
  [
    'or null',
    { anyOf: [integer, { type: 'null' }], title: 'Seed' },
    { types: ['integer', 'null'], open: true },
  ],
  ['of two types', { type: ['integer', 'null'], minimum: 2 }, { types: ['integer', 'null'], minimum: 2 }],
  ['with two bounds', { anyOf: [{ maximum: 9 }, { maximum: 5 }] }, { maximum: 9 }],
  ['of values and more', { anyOf: [wide, string] }, { types: ['string'], values: ['16:9'], open: true }],
  ['of values or null', { anyOf: [wide, { type: 'null' }] }, { values: ['16:9'], open: false }],
  ['of constants', { oneOf: [{ const: 5 }, { const: 10 }] }, { types: ['integer'], values: [5, 10] }],
  ['of odd values', { enum: ['a', 1, null, {}] }, { values: ['a', 1] }],
  ['of an object or values', { anyOf: [ref('Size'), wide], default: { width: 2048 } }, size],
  ['elsewhere, with its preset', { allOf: [ref('Ratio')], default: '1:1' }, { ...ratio, preset: '1:1' }],
])('a field %s is read', (_what, property, field) => {
  expect(fieldOf(property, schemas)).toMatchObject(field);
});

it('the fields of an allOf count, and so does what is required there', () => {
  const base = { type: 'object', required: ['prompt', 'of nowhere'], properties: { prompt: string } };
  const allOf = [ref('Base'), { properties: { seed: integer } }];
  const fields = read({ allOf, required: ['seed'] }, { Base: base });
  expect([...fields!.known.keys()]).toEqual(['prompt', 'seed']);
  expect(fields?.required).toEqual(['prompt', 'seed']);
});

const CIRCLES = {
  A: { anyOf: [ref('B'), ref('B')] },
  B: { anyOf: [ref('A'), ref('A')] },
  C: ref('C'),
  D: { allOf: Array.from({ length: 50 }, () => ref('D')), type: 'object' },
};
it.each(Object.keys(CIRCLES))('nothing is known of a field that leads in circles from %s', (name) => {
  expect(fieldOf(ref(name), CIRCLES)).toMatchObject({ values: null });
});

const ODD_FIELDS = [null, 7, 'text', [], { $ref: 7 }, { anyOf: 7 }, { enum: 'a' }, { type: {} }];
it.each(ODD_FIELDS)('nothing is known of the field %j', (odd) => {
  expect(fieldOf(odd)).toMatchObject({ values: null, minimum: null });
});

it('a field has no more values than anybody reads, of a document that is all values', () => {
  const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`);
  expect(fieldOf({ enum: values, type: 'string' })?.values).toHaveLength(500);
});
