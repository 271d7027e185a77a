import { describe, expect, it } from 'vitest';
import { inputFor } from './input.js';
import { readFields } from './read-fields.js';

/** A document as fal writes it, around the schema of an input. */
const document = (input: unknown, schemas: object = {}): object => ({
  openapi: '3.0.4',
  info: { title: 'Queue OpenAPI for x/y' },
  components: { schemas: { YInput: input, ...schemas } },
  paths: {
    '/x/y/requests/{request_id}': {
      post: { requestBody: body({ type: 'object', properties: { wrong: {} } }) },
    },
    '/x/y': { post: { requestBody: body({ $ref: '#/components/schemas/YInput' }) } },
  },
});
const body = (schema: object): object => ({ content: { 'application/json': { schema } } });
const read = (input: unknown, schemas: object = {}) => readFields(document(input, schemas));
const fieldOf = (property: unknown, schemas: object = {}) =>
  read({ type: 'object', properties: { it: property } }, schemas)?.known.get('it');

describe('a document', () => {
  it('of seedream v4 is read', () => {
    const sizes = ['square_hd', 'portrait_16_9', 'landscape_16_9', 'auto'];
    const fields = read(
      {
        type: 'object',
        title: 'SeedDream4T2IInput',
        required: ['prompt', 'of nowhere'],
        properties: {
          prompt: { type: 'string', title: 'Prompt', examples: ['A restaurant'] },
          num_images: { type: 'integer', minimum: 1, maximum: 6, default: 1 },
          image_size: {
            anyOf: [{ $ref: '#/components/schemas/ImageSize' }, { enum: sizes, type: 'string' }],
            default: { height: 2048, width: 2048 },
          },
          seed: { anyOf: [{ type: 'integer' }, { type: 'null' }], title: 'Seed' },
        },
      },
      {
        ImageSize: {
          type: 'object',
          properties: { width: { type: 'integer' }, height: { type: 'integer' } },
        },
      },
    );
    expect(fields?.required).toEqual(['prompt']);
    expect(fields?.known.get('image_size')).toMatchObject({
      ...{ types: ['object', 'string'], values: sizes, open: false, inside: ['width', 'height'] },
    });
    expect(fields?.known.get('num_images')).toMatchObject({
      types: ['integer'],
      minimum: 1,
      maximum: 6,
      preset: 1,
    });
    const order = {
      kind: 'picture',
      endpoint: 'x/y',
      prompt: 'A clock',
      aspectRatio: '9:16',
      seed: 7,
    } as const;
    expect(inputFor({ ...order, imageUrl: null }, fields!).input).toEqual({
      ...{ prompt: 'A clock', image_size: 'portrait_16_9', num_images: 1, seed: 7 },
    });
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
    ['an input that is nowhere', document({ $ref: '#/components/schemas/Nothing/properties' })],
    ['an input that is itself', document({ $ref: '#/components/schemas/YInput' })],
  ])('that is %s has none', (_name, given) => {
    expect(readFields(given)).toBeNull();
  });
});

describe('a field', () => {
  it('may take several forms: their values and bounds are put together', () => {
    expect(fieldOf({ anyOf: [{ enum: ['16:9'], type: 'string' }, { type: 'string' }] })).toMatchObject({
      ...{ types: ['string'], values: ['16:9'], open: true },
    });
    expect(fieldOf({ anyOf: [{ enum: ['16:9'], type: 'string' }, { type: 'null' }] })?.open).toBe(false);
    expect(fieldOf({ oneOf: [{ const: 5 }, { const: 10 }] })).toMatchObject({
      types: ['integer'],
      values: [5, 10],
    });
    expect(fieldOf({ type: ['integer', 'null'], minimum: 2, maximum: 9 })).toMatchObject({
      ...{ types: ['integer', 'null'], minimum: 2, maximum: 9 },
    });
    expect(fieldOf({ enum: ['a', 1, null, {}] })?.values).toEqual(['a', 1]);
  });

  it('that stands elsewhere is looked up, with the preset beside it', () => {
    const schemas = { Ratio: { enum: ['16:9', '1:1'], type: 'string' }, 'a/b~c': { type: 'integer' } };
    const ratio = { allOf: [{ $ref: '#/components/schemas/Ratio' }], default: '1:1' };
    expect(fieldOf(ratio, schemas)).toMatchObject({ values: ['16:9', '1:1'], open: false, preset: '1:1' });
    expect(fieldOf({ $ref: '#/components/schemas/a~1b~0c' }, schemas)?.types).toEqual(['integer']);
  });

  it('of an allOf counts, and so does what is required there', () => {
    const base = { type: 'object', required: ['prompt'], properties: { prompt: { type: 'string' } } };
    const fields = read(
      {
        allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { seed: { type: 'integer' } } }],
        required: ['seed'],
      },
      { Base: base },
    );
    expect([...fields!.known.keys()]).toEqual(['prompt', 'seed']);
    expect(fields?.required).toEqual(['prompt', 'seed']);
  });

  it('that leads in circles, or is no schema, is a field of which nothing is known', () => {
    const circles = {
      A: { anyOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/B' }] },
      B: { anyOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/A' }] },
      C: { $ref: '#/components/schemas/C' },
      D: { allOf: Array.from({ length: 50 }, () => ({ $ref: '#/components/schemas/D' })), type: 'object' },
    };
    for (const name of Object.keys(circles)) {
      expect(fieldOf({ $ref: `#/components/schemas/${name}` }, circles)).toMatchObject({ values: null });
    }
    for (const odd of [null, 7, 'text', [], { $ref: 7 }, { anyOf: 7 }, { enum: 'a' }, { type: {} }]) {
      expect(fieldOf(odd)).toMatchObject({ values: null, minimum: null });
    }
  });

  it('has no more values than anybody reads, of a document that is all values', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`);
    expect(fieldOf({ enum: values, type: 'string' })?.values).toHaveLength(500);
  });
});
