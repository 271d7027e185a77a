import { describe, expect, it } from 'vitest';
import { field, oneOf, type Field, type Fields } from './fields.js';
import { inputFor } from './input.js';
import type { MediaOrder } from './order.js';

/** As in the types of @fal-ai/client 1.10.1 and in fal's model pages of 2026; `*` marks what is required. */
const model = (known: Readonly<Record<string, Field>>): Fields => ({
  known: new Map(Object.entries(known).map(([name, one]) => [name.replace('*', ''), one])),
  required: Object.keys(known).flatMap((name) => (name.endsWith('*') ? [name.slice(0, -1)] : [])),
});
const text = field('string');
const whole = field('integer');
const flag = field('boolean');
const seconds = (from: number, to: number): Field =>
  oneOf(...Array.from({ length: to - from + 1 }, (_, index) => String(from + index)));
const size = field(['object', 'string'], {
  values: ['square_hd', 'portrait_16_9', 'landscape_16_9', 'auto_2K'],
  open: false,
  inside: ['width', 'height'],
});

const picture: MediaOrder = {
  ...{ kind: 'picture', endpoint: 'x/y', prompt: 'A clock', aspectRatio: '16:9', seed: 7, imageUrl: null },
};
const FRAME = 'https://example.com/frame.png';
const clip: MediaOrder = { ...picture, kind: 'clip', aspectRatio: '9:16', imageUrl: FRAME };

describe('the input of a picture', () => {
  const of = (fields: Fields, change: Partial<MediaOrder> = {}) =>
    inputFor({ ...picture, ...change }, fields).input;

  it.each<[string, Readonly<Record<string, Field>>, object]>([
    [
      'flux-pro/v1.1-ultra: a ratio, also any other text',
      {
        'prompt*': text,
        aspect_ratio: field('string', { values: ['21:9', '16:9', '1:1'] }),
        num_images: whole,
        output_format: oneOf('jpeg', 'png'),
        seed: whole,
        image_url: text,
        raw: flag,
      },
      { aspect_ratio: '16:9', num_images: 1, output_format: 'png', seed: 7 },
    ],
    [
      'seedream v4: a size by name, and fal gives what format it likes',
      { 'prompt*': text, image_size: size, max_images: whole, num_images: whole, seed: whole },
      { image_size: 'landscape_16_9', num_images: 1, seed: 7 },
    ],
    [
      'nano-banana-2: 1K, which its price is for',
      {
        'prompt*': text,
        aspect_ratio: oneOf('auto', '16:9', '9:16'),
        resolution: oneOf('0.5K', '1K', '2K', '4K'),
        output_format: oneOf('jpeg', 'png', 'webp'),
        thinking_level: oneOf('minimal', 'high'),
      },
      { aspect_ratio: '16:9', resolution: '1K', output_format: 'png' },
    ],
    [
      'gpt-image-1.5: the nearest of its sizes in pixels, no seed',
      {
        'prompt*': text,
        image_size: oneOf('1024x1024', '1536x1024', '1024x1536'),
        num_images: whole,
        quality: oneOf('low', 'medium', 'high'),
      },
      { image_size: '1536x1024', num_images: 1 },
    ],
    [
      'recraft v4: a size, and nothing else of ours',
      { 'prompt*': text, image_size: size, background_color: field('object') },
      { image_size: 'landscape_16_9' },
    ],
    [
      'a model that takes only pixels',
      { 'prompt*': text, image_size: field('object', { inside: ['width', 'height'] }) },
      { image_size: { width: 1024, height: 576 } },
    ],
    [
      'one with width and height of their own, within their bounds',
      {
        'prompt*': text,
        width: field('integer', { minimum: 768 }),
        height: field('integer', { minimum: 768 }),
      },
      { width: 1360, height: 768 },
    ],
    [
      'one whose largest picture is small',
      {
        'prompt*': text,
        width: field('integer', { maximum: 512 }),
        height: field('integer', { maximum: 512 }),
      },
      { width: 512, height: 288 },
    ],
    [
      'one that only makes JPEGs, in 16:10',
      { 'prompt*': text, aspect_ratio: oneOf('1:1', '16:10', '10:16'), output_format: oneOf('jpg', 'webp') },
      { aspect_ratio: '16:10', output_format: 'jpg' },
    ],
    [
      'one that only makes squares by words',
      { 'prompt*': text, aspect_ratio: oneOf('auto'), image_size: oneOf('square', 'square_hd') },
      {},
    ],
  ])('of %s', (_name, known, more) => {
    expect(of(model(known))).toEqual({ prompt: 'A clock', ...more });
  });

  it('in 9:16 has the upright shape', () => {
    expect(of(model({ prompt: text, image_size: size }), { aspectRatio: '9:16' }).image_size).toBe(
      'portrait_16_9',
    );
    const pixels = model({ width: whole, height: whole });
    expect(of(pixels, { aspectRatio: '9:16' })).toEqual({ width: 576, height: 1024 });
    const long = model({ image_size: oneOf('1024x1024', '1536x1024', '1024x1536') });
    expect(of(long, { aspectRatio: '9:16' }).image_size).toBe('1024x1536');
  });

  it.each([
    ['beyond the most', { minimum: 0, maximum: 99 }, 250, 50],
    ['below the least', { minimum: 10, maximum: 99 }, 3, 13],
    ['within', { minimum: 0, maximum: 2 ** 31 - 1 }, 250, 250],
    ['without bounds', {}, 2 ** 31, 2 ** 31],
  ])('brings a seed %s within the bounds', (_name, bounds, seed, sent) => {
    expect(of(model({ seed: field('integer', bounds) }), { seed }).seed).toBe(sent);
  });

  it('cuts a prompt to the longest that is taken, never within a character', () => {
    const short = model({ prompt: field('string', { maxLength: 3 }) });
    expect(of(short, { prompt: 'ab😀cd' }).prompt).toBe('ab😀');
  });
});

describe('the input of a clip', () => {
  const of = (known: Readonly<Record<string, Field>>, endpoint = clip.endpoint) =>
    inputFor({ ...clip, endpoint }, model(known));

  it.each<[string, Readonly<Record<string, Field>>, object, number | null]>([
    [
      'kling v3 pro: silent, from its own name for the frame',
      {
        prompt: text,
        'start_image_url*': text,
        end_image_url: text,
        duration: seconds(3, 15),
        generate_audio: flag,
      },
      { start_image_url: FRAME, duration: '5', generate_audio: false },
      5,
    ],
    [
      'kling v2.5 turbo',
      { 'prompt*': text, 'image_url*': text, tail_image_url: text, duration: oneOf('5', '10') },
      { image_url: FRAME, duration: '5' },
      5,
    ],
    [
      'veo 3.1: the shorter of two that are equally near, in its own form',
      {
        'prompt*': text,
        'image_url*': text,
        aspect_ratio: oneOf('auto', '16:9', '9:16'),
        duration: oneOf('4s', '6s', '8s'),
        resolution: oneOf('720p', '1080p'),
        generate_audio: flag,
        seed: whole,
      },
      {
        image_url: FRAME,
        aspect_ratio: '9:16',
        duration: '4s',
        resolution: '720p',
        generate_audio: false,
        seed: 7,
      },
      4,
    ],
    [
      'ltx 2.3: a number',
      { 'prompt*': text, 'image_url*': text, duration: oneOf(6, 8, 10), resolution: oneOf('1080p', '2160p') },
      { image_url: FRAME, duration: 6, resolution: '1080p' },
      6,
    ],
    [
      'hailuo 02: 768P',
      { 'prompt*': text, 'image_url*': text, duration: oneOf('6', '10'), resolution: oneOf('512P', '768P') },
      { image_url: FRAME, duration: '6', resolution: '768P' },
      6,
    ],
    [
      'hailuo 2.3 pro: as long as it likes',
      { 'prompt*': text, 'image_url*': text, prompt_optimizer: flag },
      { image_url: FRAME },
      null,
    ],
    [
      'seedance 1.5 pro: auto is no length',
      { 'prompt*': text, 'image_url*': text, duration: oneOf('auto', '4', '5', '12'), seed: whole },
      { image_url: FRAME, duration: '5', seed: 7 },
      5,
    ],
    [
      'grok imagine: a number within bounds',
      { 'prompt*': text, 'image_url*': text, duration: field('integer', { minimum: 6, maximum: 15 }) },
      { image_url: FRAME, duration: 6 },
      6,
    ],
    [
      'sora 2: no seed, a resolution without our own name',
      { 'prompt*': text, 'image_url*': text, duration: oneOf(4, 8, 12), resolution: oneOf('auto', '720p') },
      { image_url: FRAME, duration: 4, resolution: '720p' },
      4,
    ],
    [
      'kandinsky 5: text, in the form of its own default',
      { 'prompt*': text, 'image_url*': text, duration: field('string', { preset: '10s' }) },
      { image_url: FRAME, duration: '5s' },
      5,
    ],
    [
      'pixverse v6 and vidu q3: their own names for sound',
      { prompt: text, 'image_url*': text, generate_audio_switch: flag, audio: flag },
      { image_url: FRAME, generate_audio_switch: false, audio: false },
      null,
    ],
    [
      'one that takes references alone',
      { 'prompt*': text, 'image_urls*': field('array'), duration: oneOf('5') },
      { image_urls: [FRAME], duration: '5' },
      5,
    ],
    [
      'wan vace: the frame, not the reference',
      { 'prompt*': text, ref_image_urls: field('array'), first_frame_url: text, audio_url: text },
      { first_frame_url: FRAME },
      null,
    ],
    ['one without a frame', { 'prompt*': text, duration: oneOf('5') }, { duration: '5' }, 5],
  ])('of %s', (_name, known, more, asked) => {
    const { input, missing, seconds: ordered } = of(known);
    expect(input).toEqual({ prompt: 'A clock', ...more });
    expect([missing, ordered]).toEqual([[], asked]);
  });

  it('uses the frame that is required before one that need not be', () => {
    expect(of({ first_frame_url: text, 'image_url*': text }).input).toEqual({ image_url: FRAME });
  });

  it('asks a model of the price table for the seconds that its estimate counts', () => {
    expect(of({ duration: seconds(3, 15) }, 'fal-ai/ltx-2.3/image-to-video').seconds).toBe(6);
  });
});

describe('what is required', () => {
  const made = (known: Readonly<Record<string, Field>>, order: MediaOrder = picture) =>
    inputFor(order, model(known));

  it('and that we have nothing for is named, all of it', () => {
    expect(made({ 'prompt*': text, 'mask_url*': text, 'image_url*': text })).toMatchObject({
      input: { prompt: 'A clock' },
      missing: ['mask_url', 'image_url'],
    });
    expect(made({ 'last_frame_url*': text, 'first_frame_url*': text }, clip).missing).toEqual([
      'last_frame_url',
    ]);
  });

  it('is filled with what the model takes by itself, or with the only value there is', () => {
    const known = {
      'style*': field('string', { preset: 'real' }),
      'mode*': oneOf('fast'),
      'tier*': oneOf('a', 'b'),
    };
    expect(made(known)).toMatchObject({ input: { style: 'real', mode: 'fast' }, missing: ['tier'] });
  });

  it('is never found on what every object has', () => {
    const { input, missing } = made({
      'constructor*': text,
      '__proto__*': text,
      'toString*': field('string', { preset: 'x' }),
    });
    expect(missing).toEqual(['constructor', '__proto__']);
    expect(Object.entries(input)).toEqual([['toString', 'x']]);
  });
});
