import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wireSchema } from './json-schema.js';

const schema = z.object({
  default: z.string().min(1).max(9).default('x').describe('Words'),
  maxItems: z.string().nullable().meta({ maxLength: 160 }),
  items: z.array(z.object({ button: z.string().optional() })).meta({ minItems: 2, maxItems: 2 }),
});

describe('a schema on the wire', () => {
  it('requires every property and takes no others, at every depth, whatever they are called', () => {
    expect(wireSchema(schema, 'all')).toEqual({
      type: 'object',
      properties: {
        default: { type: 'string', minLength: 1, maxLength: 9, description: 'Words' },
        maxItems: { type: ['string', 'null'], maxLength: 160 },
        items: {
          ...{ type: 'array', minItems: 2, maxItems: 2 },
          items: {
            ...{ type: 'object', properties: { button: { type: 'string' } } },
            ...{ required: ['button'], additionalProperties: false },
          },
        },
      },
      required: ['default', 'maxItems', 'items'],
      additionalProperties: false,
    });
  });

  it('leaves out the bounds that a server does not take', () => {
    const words = (bounds: 'all' | 'counts' | 'none') => JSON.stringify(wireSchema(schema, bounds));
    expect(words('counts')).not.toMatch(/(?:min|max)Length"/);
    expect(words('counts')).toContain('"minItems":2');
    expect(words('none')).not.toMatch(/(?:min|max)(?:Length|Items)":\d/);
    expect(words('none')).toContain('"required":["default","maxItems","items"]');
  });
});
