import { expect, it } from 'vitest';
import { INPUTS } from '../../offline/fal/endpoints.js';
import { CLIP_SECONDS, clipSeconds } from '../money/prices/media-price.js';
import { MEDIA_PRICES } from '../money/prices/table.js';
import { inputFor, isInputOf, lacksOf } from './input.js';
import {
  fallbackFields,
  field,
  type Field,
  type Fields,
  type MediaOrder,
  oneOf,
  readFields,
} from './read-fields.js';

type Known = Readonly<Record<string, Field>>;

/** As in the types of @fal-ai/client 1.10.1 and in fal's model pages of 2026; `*` marks what is required. */
const model = (known: Known): Fields => ({
  known: new Map(Object.entries(known).map(([name, one]) => [name.replace('*', ''), one])),
  required: Object.keys(known).flatMap((name) => (name.endsWith('*') ? [name.slice(0, -1)] : [])),
});
const text = field('string');
const whole = field('integer');
const flag = field('boolean');
const list = field('array');
const ratios = oneOf('auto', '16:9', '9:16');
const pixelSizes = oneOf('1024x1024', '1536x1024', '1024x1536');
const inside = ['width', 'height'];
const values = ['square_hd', 'portrait_16_9', 'landscape_16_9', 'auto_2K'];
const size = field(['object', 'string'], { values, open: false, inside });
const bounds = (limits: Partial<Field>): Known => ({
  width: field('integer', limits),
  height: field('integer', limits),
});

const FRAME = 'https://example.com/frame.png';
const picture: MediaOrder = {
  ...{ kind: 'picture', endpoint: 'x/y', prompt: 'A clock', aspectRatio: '16:9', seed: 7, imageUrl: null },
};
const clip: MediaOrder = { ...picture, kind: 'clip', aspectRatio: '9:16', imageUrl: FRAME };

const inputOf = (known: Known, change: Partial<MediaOrder> = {}) =>
  inputFor({ ...picture, ...change }, model(known)).input;

it.each<[string, Known, object]>([
  ['a ratio', { aspect_ratio: ratios }, { aspect_ratio: '16:9' }],
  ['any text as ratio', { aspect_ratio: field('string', { values: ['1:1'] }) }, { aspect_ratio: '16:9' }],
  ['the nearest ratio', { aspect_ratio: oneOf('1:1', '16:10', '10:16') }, { aspect_ratio: '16:10' }],
  [
    'the nearest ratio, as many times too wide as too high',
    { aspect_ratio: oneOf('1:1', '3:1') },
    { aspect_ratio: '3:1' },
  ],
  ['a size by name', { image_size: size }, { image_size: 'landscape_16_9' }],
  ['the nearest size in pixels', { image_size: pixelSizes }, { image_size: '1536x1024' }],
  ['pixels', { image_size: field('object', { inside }) }, { image_size: { width: 1024, height: 576 } }],
  ['width and height, not below its least', bounds({ minimum: 768 }), { width: 1360, height: 768 }],
  ['width and height, not over its most', bounds({ maximum: 512 }), { width: 512, height: 288 }],
  ['no shape', { aspect_ratio: oneOf('auto'), image_size: oneOf('square', 'square_hd') }, {}],
  ['one picture', { num_images: whole, max_images: whole }, { num_images: 1 }],
  ['the seed', { seed: whole }, { seed: 7 }],
  ['1K, which the price is for', { resolution: oneOf('0.5K', '1K', '2K') }, { resolution: '1K' }],
  ['PNG', { output_format: oneOf('jpeg', 'png', 'webp') }, { output_format: 'png' }],
  ['JPEG where there is no PNG', { output_format: oneOf('webp', 'jpg') }, { output_format: 'jpg' }],
  ['nothing else of ours', { image_url: text, raw: flag, quality: oneOf('low', 'high') }, {}],
])('a picture of a model that takes %s', (_what, known, more) => {
  expect(inputOf({ 'prompt*': text, ...known })).toEqual({ prompt: 'A clock', ...more });
});

it.each<[Known, object]>([
  [{ image_size: size }, { image_size: 'portrait_16_9' }],
  [{ image_size: pixelSizes }, { image_size: '1024x1536' }],
  [bounds({}), { width: 576, height: 1024 }],
])('a picture in 9:16 is upright %#', (known, upright) => {
  expect(inputOf(known, { aspectRatio: '9:16' })).toEqual(upright);
});

it.each([
  ['beyond the most', { minimum: 0, maximum: 99 }, 250, 50],
  ['below the least', { minimum: 10, maximum: 99 }, 3, 13],
  ['within', { minimum: 0, maximum: 2 ** 31 - 1 }, 250, 250],
  ['without bounds', {}, 2 ** 31, 2 ** 31],
])('brings a seed %s within the bounds', (_name, limits, seed, sent) => {
  expect(inputOf({ seed: field('integer', limits) }, { seed }).seed).toBe(sent);
});

it('cuts a prompt to the longest that is taken, never within a character', () => {
  expect(inputOf({ prompt: field('string', { maxLength: 3 }) }, { prompt: 'ab😀cd' }).prompt).toBe('ab😀');
});

it.each<[string, Known, object, seconds: number | null]>([
  ['a text of seconds', { duration: oneOf('3', '4', '5', '6') }, { duration: '5' }, 5],
  ['the shorter of two that are equally near', { duration: oneOf('4s', '6s') }, { duration: '4s' }, 4],
  ['numbers', { duration: oneOf(6, 8, 10) }, { duration: 6 }, 6],
  ['a number within bounds', { duration: field('integer', { minimum: 6 }) }, { duration: 6 }, 6],
  ['lengths of which auto is none', { duration: oneOf('auto', '4', '5', '12') }, { duration: '5' }, 5],
  ['a text as its preset', { duration: field('string', { preset: '10s' }) }, { duration: '5s' }, 5],
  ['no length', { prompt_optimizer: flag }, {}, null],
  ['720p', { resolution: oneOf('auto', '720p', '1080p') }, { resolution: '720p' }, null],
  ['768P', { resolution: oneOf('512P', '768P') }, { resolution: '768P' }, null],
  ['no less than 1080p', { resolution: oneOf('1080p', '2160p') }, { resolution: '1080p' }, null],
  ['sound', { generate_audio: flag }, { generate_audio: false }, null],
  ['sound by other names', { audio: flag, audio_url: text }, { audio: false }, null],
  ['a switch for sound', { generate_audio_switch: flag }, { generate_audio_switch: false }, null],
  ['a ratio and a seed', { aspect_ratio: ratios, seed: whole }, { aspect_ratio: '9:16', seed: 7 }, null],
])('a clip of a model that takes %s', (_what, known, more, seconds) => {
  const made = inputFor(clip, model({ 'prompt*': text, 'image_url*': text, ...known }));
  expect(made).toMatchObject({ missing: [], seconds });
  expect(made.input).toEqual({ prompt: 'A clock', image_url: FRAME, ...more });
});

it.each<[Known, object]>([
  [{ 'start_image_url*': text, end_image_url: text }, { start_image_url: FRAME }],
  [{ 'image_url*': text, tail_image_url: text }, { image_url: FRAME }],
  // One that is required stands before one that need not be.
  [{ first_frame_url: text, 'image_url*': text }, { image_url: FRAME }],
  [{ ref_image_urls: list, first_frame_url: text }, { first_frame_url: FRAME }],
  [{ 'image_urls*': list }, { image_urls: [FRAME] }],
  [{}, {}],
])('a clip has its frame under the name of the model %#', (known, frame) => {
  const { input, missing } = inputFor(clip, model(known));
  expect([input, missing]).toEqual([frame, []]);
});

it('asks a model of the price table for the seconds that its estimate counts', () => {
  const order = { ...clip, endpoint: 'fal-ai/ltx-2.3/image-to-video' };
  expect(inputFor(order, model({ duration: oneOf('5', '6', '7') })).seconds).toBe(6);
});

it('names all that is required and that we have nothing for', () => {
  const lacking = model({ 'prompt*': text, 'mask_url*': text, 'image_url*': text });
  const missing = ['mask_url', 'image_url'];
  expect(inputFor(picture, lacking)).toMatchObject({ input: { prompt: 'A clock' }, missing });
  const frames = model({ 'last_frame_url*': text, 'first_frame_url*': text });
  expect(inputFor(clip, frames).missing).toEqual(['last_frame_url']);
});

it('fills what is required with what the model takes by itself, or with the only value there is', () => {
  const style = field('string', { preset: 'real' });
  const fields = model({ 'style*': style, 'mode*': oneOf('fast'), 'tier*': oneOf('a', 'b') });
  const made = inputFor(picture, fields);
  expect(made).toMatchObject({ input: { style: 'real', mode: 'fast' }, missing: ['tier'] });
});

it('never finds what is required on what every object has', () => {
  const preset = field('string', { preset: 'x' });
  const fields = model({ 'constructor*': text, '__proto__*': text, 'toString*': preset });
  const { input, missing } = inputFor(picture, fields);
  expect(missing).toEqual(['constructor', '__proto__']);
  expect(Object.entries(input)).toEqual([['toString', 'x']]);
});

const orderOf = (endpoint: string): MediaOrder =>
  endpoint.endsWith('-to-video') ? { ...clip, endpoint } : { ...picture, endpoint };
const fallback = (order: MediaOrder) => inputFor(order, fallbackFields(order));

const offered = Object.keys(MEDIA_PRICES).filter((endpoint) => endpoint in INPUTS);
it.each(offered)('without a schema the input of %s is the one that its schema makes', (endpoint) => {
  const schema = INPUTS[endpoint as keyof typeof INPUTS];
  const components = { schemas: { ImageSize: { properties: { width: {}, height: {} } } } };
  const post = { requestBody: { content: { 'application/json': { schema } } } };
  const fields = readFields({ components, paths: { [`/${endpoint}`]: { post } } });
  expect(fallback(orderOf(endpoint))).toEqual(inputFor(orderOf(endpoint), fields!));
});

it('a model that we do not know gets the fields that most share', () => {
  const [prompt, seed] = ['A clock', 7];
  const usual = { prompt, aspect_ratio: '16:9', num_images: 1, seed, output_format: 'png' };
  expect(fallback(picture).input).toEqual(usual);
  expect(fallback(clip).input).toEqual({ prompt, image_url: FRAME, duration: 5, seed });
});

it.each(Object.keys(CLIP_SECONDS))('%s is asked for the seconds that its estimate counts', (endpoint) => {
  expect(fallback(orderOf(endpoint)).seconds).toBe(clipSeconds(endpoint));
  expect(MEDIA_PRICES[endpoint]?.unit).toBe('second');
});

const lacks = (kind: 'picture' | 'clip', known: Known) => lacksOf({ endpoint: 'x/y', kind }, model(known));
const square = oneOf('16:9', '1:1');

it('a model that takes everything lacks nothing', () => {
  const order = { endpoint: 'fal-ai/flux-pro/v1.1-ultra', kind: 'picture' } as const;
  expect(lacksOf(order, fallbackFields(order))).toEqual({ unusable: [], lacking: [] });
});

it('what a model lacks for pictures is seed, shape or both shapes', () => {
  expect(lacks('picture', { prompt: text }).lacking).toEqual([
    'takes no seed: a lost job can only be found by its prompt',
    'takes no aspect ratio or size: pictures have a shape of its own',
  ]);
  const { lacking } = lacks('picture', { prompt: text, seed: whole, aspect_ratio: square });
  expect(lacking).toEqual(['does not offer 16:9 and 9:16: the nearest shape is ordered']);
});

it('what a model lacks for clips is frame, seed or duration', () => {
  expect(lacks('clip', { prompt: text }).lacking).toEqual([
    'takes no first frame: a clip does not start from its hero image',
    'takes no seed: a lost job can only be found by its prompt and frame',
    'takes no duration: a clip is as long as the model makes it',
  ]);
});

it('a model is unusable without a prompt, or when it needs what we do not have', () => {
  const masked = { prompt: text, seed: whole, aspect_ratio: text, 'mask_url*': text };
  const needsMask = 'needs mask_url, which Copydesk does not fill';
  expect(lacks('picture', masked)).toEqual({ unusable: [needsMask], lacking: [] });
  const { unusable } = lacks('picture', { 'image_url*': text });
  expect(unusable).toEqual(['takes no prompt', 'needs image_url, which Copydesk does not fill']);
});

/** What the order's input is today; the model takes the frame unless `image` says it takes none. */
const made = (input: object, image: string | null = 'image_url') => ({
  ...{ input: { ...input }, missing: [], seconds: null, aspect: 'exact' as const, image },
});
const prompt = 'A clock';
const OTHER = 'https://example.com/other.png';

it.each([
  ['as it is made today', { prompt, seed: 7, aspect_ratio: '16:9' }, true],
  ['with other fields', { prompt, seed: 7, image_size: 'landscape_16_9', num_images: 1 }, true],
  ['with its prompt under another name', { text: prompt, seed: 7 }, true],
  ['without a seed', { prompt }, true],
  ['with the seed and the prompt that the model was given', { prompt: 'A cl', seed: 1 }, true],
  ['of another seed', { prompt, seed: 8 }, false],
  ['of another prompt', { prompt: 'A clock.', seed: 7 }, false],
  ['without a prompt', { seed: 7 }, false],
  ['that is none', null, false],
  ['that is a text', prompt, false],
  ['that is a list', [prompt], false],
])('the input of a picture %s', (_name, sent, same) => {
  expect(isInputOf(picture, made({ prompt: 'A cl', seed: 1 }), sent)).toBe(same);
});

it.each([
  ['with its frame under any name', { prompt, start_image_url: FRAME }, true],
  ['with its frame in a list', { prompt, image_urls: [FRAME], seed: 7 }, true],
  ['of another frame', { prompt, image_url: OTHER }, false],
  ['of another frame, though seed and prompt are the same', { prompt, seed: 7, image_url: 'x' }, false],
  ['without a frame', { prompt, seed: 7 }, false],
])('the input of a clip %s', (_name, sent, same) => {
  expect(isInputOf(clip, made({ prompt, image_url: FRAME }), sent)).toBe(same);
});

it('the input of a clip has no frame where the model takes none', () => {
  const today = made({ prompt }, null);
  expect(isInputOf(clip, today, { prompt })).toBe(true);
  expect(isInputOf(clip, today, { prompt, image_url: OTHER })).toBe(false);
});
