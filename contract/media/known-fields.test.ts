import { describe, expect, it } from 'vitest';
import { INPUTS } from '../../offline/fal/inputs.js';
import { CLIP_SECONDS, clipSeconds, orderedUnits, unitsIn } from '../money/prices/ordered.js';
import { MEDIA_PRICES } from '../money/prices/table.js';
import { inputFor } from './input.js';
import { fallbackFields } from './known-fields.js';
import type { MediaOrder } from './order.js';
import { readFields } from './read-fields.js';

const order = (endpoint: string, kind: MediaOrder['kind']): MediaOrder => ({
  ...{ kind, endpoint, prompt: 'A clock', aspectRatio: '9:16', seed: 7 },
  imageUrl: kind === 'clip' ? 'https://example.com/frame.png' : null,
});
const kindOf = (endpoint: string): MediaOrder['kind'] => (/-to-video$/.test(endpoint) ? 'clip' : 'picture');
const fallback = (endpoint: string, kind: MediaOrder['kind'] = kindOf(endpoint)) =>
  inputFor(order(endpoint, kind), fallbackFields({ endpoint, kind }));

describe('without a schema', () => {
  it.each(Object.keys(MEDIA_PRICES).filter((endpoint) => endpoint in INPUTS))(
    'the input of %s is the one that its schema makes',
    (endpoint) => {
      const schema = INPUTS[endpoint as keyof typeof INPUTS];
      const components = { schemas: { ImageSize: { properties: { width: {}, height: {} } } } };
      const content = { 'application/json': { schema } };
      const fields = readFields({
        components,
        paths: { [`/${endpoint}`]: { post: { requestBody: { content } } } },
      });
      expect(fallback(endpoint)).toEqual(inputFor(order(endpoint, kindOf(endpoint)), fields!));
    },
  );

  it('a model that we do not know gets the fields that most share', () => {
    expect(fallback('some/endpoint').input).toEqual({
      ...{ prompt: 'A clock', aspect_ratio: '9:16', num_images: 1, seed: 7, output_format: 'png' },
    });
    expect(fallback('some/endpoint', 'clip').input).toEqual({
      ...{ prompt: 'A clock', image_url: 'https://example.com/frame.png', duration: 5, seed: 7 },
    });
  });

  it.each(Object.keys(CLIP_SECONDS))('%s is asked for the seconds that its estimate counts', (endpoint) => {
    expect(fallback(endpoint).seconds).toBe(clipSeconds(endpoint));
    expect(MEDIA_PRICES[endpoint]?.unit).toBe('second');
  });
});

describe('units', () => {
  it.each(Object.entries(MEDIA_PRICES))(
    'of %s are the same by fal and by the table',
    (endpoint, { unit }) => {
      const step = kindOf(endpoint) === 'clip' ? 'video' : 'hero_image';
      expect(unitsIn(unit, step, clipSeconds(endpoint))).toBe(orderedUnits(step, endpoint));
    },
  );

  it('that only the run can tell are not guessed', () => {
    expect(unitsIn('Seconds', 'video', 4)).toBe(4);
    expect(unitsIn('video', 'video', 4)).toBe(1);
    for (const unit of ['compute second', 'unit', '1m tokens', '']) {
      expect([unitsIn(unit, 'video', 4), unitsIn(unit, 'hero_image', 4)]).toEqual([null, null]);
    }
    expect(unitsIn('second', 'hero_image', 4)).toBeNull();
  });
});
