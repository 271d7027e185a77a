import { describe, expect, it } from 'vitest';
import { INPUTS } from '../../offline/fal/inputs.js';
import { CLIP_SECONDS, clipSeconds, orderedUnits, unitsIn } from '../money/prices/ordered.js';
import { MEDIA_PRICES } from '../money/prices/table.js';
import { inputFor } from './input.js';
import { fallbackFields } from './known-fields.js';
import type { MediaOrder } from './order.js';
import { readFields } from './read-fields.js';

const FRAME = 'https://example.com/frame.png';
const order = (endpoint: string, kind: MediaOrder['kind']): MediaOrder => ({
  ...{ kind, endpoint, prompt: 'A clock', aspectRatio: '9:16', seed: 7 },
  imageUrl: kind === 'clip' ? FRAME : null,
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
      const post = { requestBody: { content: { 'application/json': { schema } } } };
      const fields = readFields({ components, paths: { [`/${endpoint}`]: { post } } });
      expect(fallback(endpoint)).toEqual(inputFor(order(endpoint, kindOf(endpoint)), fields!));
    },
  );

  it('a model that we do not know gets the fields that most share', () => {
    const [prompt, seed] = ['A clock', 7];
    const picture = { prompt, aspect_ratio: '9:16', num_images: 1, seed, output_format: 'png' };
    expect(fallback('some/endpoint').input).toEqual(picture);
    expect(fallback('some/endpoint', 'clip').input).toEqual({ prompt, image_url: FRAME, duration: 5, seed });
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

  it.each([
    ['Seconds', 4, null],
    ['video', 1, null],
    ['compute second', null, null],
    ['unit', null, null],
    ['1m tokens', null, null],
    ['', null, null],
  ])('of %j in a clip of four seconds are %s, in a picture %s', (unit, clip, picture) => {
    expect([unitsIn(unit, 'video', 4), unitsIn(unit, 'hero_image', 4)]).toEqual([clip, picture]);
  });
});
