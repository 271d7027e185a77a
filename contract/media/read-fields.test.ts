import { describe, expect, it } from 'vitest';
import { inputFor } from './input.js';
import { readFields } from './read-fields.js';

const body = (schema: object): object => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** A document as fal writes it, around the schema of an input. */
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

describe('a document', () => {
  it('of seedream v4 is read', () => {
    const values = ['square_hd', 'portrait_16_9', 'landscape_16_9', 'auto'];
    const properties = {
      prompt: { type: 'string', title: 'Prompt', examples: ['A restaurant'] },
      num_images: { type: 'integer', minimum: 1, maximum: 6, default: 1 },
      image_size: {
        anyOf: [ref('ImageSize'), { enum: values, type: 'string' }],
        default: { height: 2048, width: 2048 },
      },
      seed: { anyOf: [integer, { type: 'null' }], title: 'Seed' },
    };
    const required = ['prompt', 'of nowhere'];
    const fields = read(
      { type: 'object', title: 'SeedDream4T2IInput', required, properties },
      { ImageSize: { type: 'object', properties: { width: integer, height: integer } } },
    );
    const { known } = fields!;
    expect(fields?.required).toEqual(['prompt']);
    const size = { types: ['object', 'string'], values, open: false, inside: ['width', 'height'] };
    expect(known.get('image_size')).toMatchObject(size);
    expect(known.get('num_images')).toMatchObject({ types: ['integer'], minimum: 1, maximum: 6, preset: 1 });
    const order = { kind: 'picture', endpoint: 'x/y', aspectRatio: '9:16', imageUrl: null } as const;
    const { input } = inputFor({ ...order, prompt: 'A clock', seed: 7 }, fields!);
    expect(input).toEqual({ prompt: 'A clock', image_size: 'portrait_16_9', num_images: 1, seed: 7 });
  });

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
  ])('that is %s has none', (_name, given) => {
    expect(readFields(given)).toBeNull();
  });
});

describe('a field', () => {
  const schemas = { Ratio: { enum: ['16:9', '1:1'], type: 'string' }, 'a/b~c': integer };
  const wide = { enum: ['16:9'], type: 'string' };

  it.each([
    [{ anyOf: [wide, string] }, { types: ['string'], values: ['16:9'], open: true }],
    [{ anyOf: [wide, { type: 'null' }] }, { values: ['16:9'], open: false }],
    [{ oneOf: [{ const: 5 }, { const: 10 }] }, { types: ['integer'], values: [5, 10] }],
    [
      { type: ['integer', 'null'], minimum: 2 },
      { types: ['integer', 'null'], minimum: 2 },
    ],
    [{ anyOf: [{ maximum: 9 }, { maximum: 5 }] }, { maximum: 9 }],
    [{ enum: ['a', 1, null, {}] }, { values: ['a', 1] }],
    // What stands elsewhere is looked up, with the preset beside it.
    [
      { allOf: [ref('Ratio')], default: '1:1' },
      { values: ['16:9', '1:1'], open: false, preset: '1:1' },
    ],
    [ref('a~1b~0c'), { types: ['integer'] }],
  ])('of %j is %j', (property, field) => {
    expect(fieldOf(property, schemas)).toMatchObject(field);
  });

  it('of an allOf counts, and so does what is required there', () => {
    const base = { type: 'object', required: ['prompt'], properties: { prompt: string } };
    const allOf = [ref('Base'), { properties: { seed: integer } }];
    const fields = read({ allOf, required: ['seed'] }, { Base: base });
    expect([...fields!.known.keys()]).toEqual(['prompt', 'seed']);
    expect(fields?.required).toEqual(['prompt', 'seed']);
  });

  it.each(['A', 'B', 'C', 'D'])('that leads in circles from %s is one of which nothing is known', (name) => {
    const circles = {
      A: { anyOf: [ref('B'), ref('B')] },
      B: { anyOf: [ref('A'), ref('A')] },
      C: ref('C'),
      D: { allOf: Array.from({ length: 50 }, () => ref('D')), type: 'object' },
    };
    expect(fieldOf(ref(name), circles)).toMatchObject({ values: null });
  });

  it.each([null, 7, 'text', [], { $ref: 7 }, { anyOf: 7 }, { enum: 'a' }, { type: {} }])(
    'that is %j is one of which nothing is known',
    (odd) => expect(fieldOf(odd)).toMatchObject({ values: null, minimum: null }),
  );

  it('has no more values than anybody reads, of a document that is all values', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`);
    expect(fieldOf({ enum: values, type: 'string' })?.values).toHaveLength(500);
  });
});
