import { describe, expect, it } from 'vitest';
import type { MediaOrder } from './order.js';
import { isInputOf } from './same-order.js';

const FRAME = 'https://example.com/frame.png';
const picture: MediaOrder = {
  ...{ kind: 'picture', endpoint: 'x/y', prompt: 'A clock', aspectRatio: '16:9', seed: 7, imageUrl: null },
};
const clip: MediaOrder = { ...picture, kind: 'clip', imageUrl: FRAME };
/** What the order's input is today; the model takes the frame unless `image` says it takes none. */
const made = (input: object, image: string | null = 'image_url') => ({
  ...{ input: { ...input }, missing: [], seconds: null, aspect: 'exact' as const, image },
});

describe('the input of a picture', () => {
  it.each([
    ['as it is made today', { prompt: 'A clock', seed: 7, aspect_ratio: '16:9' }, true],
    ['with other fields', { prompt: 'A clock', seed: 7, image_size: 'landscape_16_9', num_images: 1 }, true],
    ['with its prompt under another name', { text: 'A clock', seed: 7 }, true],
    ['without a seed', { prompt: 'A clock' }, true],
    ['with the seed and the prompt that the model was given', { prompt: 'A cl', seed: 1 }, true],
    ['of another seed', { prompt: 'A clock', seed: 8 }, false],
    ['of another prompt', { prompt: 'A clock.', seed: 7 }, false],
    ['without a prompt', { seed: 7 }, false],
    ['that is none', null, false],
    ['that is a text', 'A clock', false],
    ['that is a list', ['A clock'], false],
  ])('%s', (_name, sent, same) => {
    expect(isInputOf(picture, made({ prompt: 'A cl', seed: 1 }), sent)).toBe(same);
  });
});

describe('the input of a clip', () => {
  it.each([
    ['with its frame under any name', { prompt: 'A clock', start_image_url: FRAME }, true],
    ['with its frame in a list', { prompt: 'A clock', image_urls: [FRAME], seed: 7 }, true],
    ['of another frame', { prompt: 'A clock', image_url: 'https://example.com/other.png' }, false],
    [
      'of another frame, though seed and prompt are the same',
      { prompt: 'A clock', seed: 7, image_url: 'x' },
      false,
    ],
    ['without a frame', { prompt: 'A clock', seed: 7 }, false],
  ])('%s', (_name, sent, same) => {
    expect(isInputOf(clip, made({ prompt: 'A clock', image_url: FRAME }), sent)).toBe(same);
  });

  it('of a model that takes no frame has none', () => {
    const today = made({ prompt: 'A clock' }, null);
    expect(isInputOf(clip, today, { prompt: 'A clock' })).toBe(true);
    expect(isInputOf(clip, today, { prompt: 'A clock', image_url: 'https://example.com/other.png' })).toBe(
      false,
    );
  });
});
