import { describe, expect, it } from 'vitest';
import { MEDIA_PRICES } from '../../contract/prices/table.js';
import { CLIP_SECONDS, clipSeconds } from '../../contract/prices/ordered.js';
import { clipJob, pictureJob } from './endpoints.js';

const picture = { prompt: 'A clock', aspectRatio: '9:16', seed: 7 } as const;
const clip = { ...picture, imageUrl: 'https://example.com/frame.png' };

describe('the input of a picture', () => {
  it.each([['fal-ai/flux-pro/v1.1-ultra'], ['fal-ai/nano-banana-2'], ['some/endpoint']])(
    'of %s has an aspect ratio',
    (endpoint) => {
      expect(pictureJob({ ...picture, endpoint })).toEqual({
        endpoint,
        input: { prompt: 'A clock', aspect_ratio: '9:16', num_images: 1, seed: 7, output_format: 'png' },
      });
    },
  );

  it.each([
    ['9:16', 'portrait_16_9'],
    ['16:9', 'landscape_16_9'],
  ] as const)('of flux/dev and flux-pro/v1.1 in %s has the size %s', (aspectRatio, size) => {
    for (const endpoint of ['fal-ai/flux/dev', 'fal-ai/flux-pro/v1.1'])
      expect(pictureJob({ ...picture, aspectRatio, endpoint }).input).toEqual({
        prompt: 'A clock',
        image_size: size,
        num_images: 1,
        seed: 7,
        output_format: 'png',
      });
  });
});

describe('the input of a clip', () => {
  it('of kling v3 starts from the frame, has its seconds as text, no sound and no seed', () => {
    expect(clipJob({ ...clip, endpoint: 'fal-ai/kling-video/v3/pro/image-to-video' }).input).toEqual({
      prompt: 'A clock',
      start_image_url: clip.imageUrl,
      duration: '5',
      generate_audio: false,
    });
  });

  it('of kling v2.5 has its own name for the frame', () => {
    expect(clipJob({ ...clip, endpoint: 'fal-ai/kling-video/v2.5-turbo/pro/image-to-video' }).input).toEqual({
      prompt: 'A clock',
      image_url: clip.imageUrl,
      duration: '5',
    });
  });

  it('of ltx has its seconds as a number', () => {
    expect(clipJob({ ...clip, endpoint: 'fal-ai/ltx-2.3/image-to-video' }).input).toEqual({
      prompt: 'A clock',
      image_url: clip.imageUrl,
      duration: 6,
      resolution: '1080p',
      generate_audio: false,
    });
  });

  it('of an endpoint we do not know has the fields that most share', () => {
    expect(clipJob({ ...clip, endpoint: 'some/endpoint' })).toEqual({
      endpoint: 'some/endpoint',
      input: { prompt: 'A clock', image_url: clip.imageUrl, duration: 5, seed: 7 },
    });
  });

  it.each(Object.keys(CLIP_SECONDS))('of %s asks for the seconds that its estimate counts', (endpoint) => {
    expect(Number(clipJob({ ...clip, endpoint }).input.duration)).toBe(clipSeconds(endpoint));
    expect(MEDIA_PRICES[endpoint]?.unit).toBe('second');
  });
});
