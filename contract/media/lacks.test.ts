import { describe, expect, it } from 'vitest';
import { field, oneOf, type Field } from './fields.js';
import { fallbackFields } from './known-fields.js';
import { lacksOf } from './lacks.js';

const text = field('string');
const lacks = (
  kind: 'picture' | 'clip',
  known: Readonly<Record<string, Field>>,
  required: readonly string[] = [],
) => lacksOf({ endpoint: 'x/y', kind }, { known: new Map(Object.entries(known)), required });

describe('a model', () => {
  it('that takes everything lacks nothing', () => {
    const endpoint = 'fal-ai/flux-pro/v1.1-ultra';
    expect(lacksOf({ endpoint, kind: 'picture' }, fallbackFields({ endpoint, kind: 'picture' }))).toEqual({
      ...{ unusable: [], lacking: [] },
    });
  });

  it('for pictures lacks seed, shape or both shapes', () => {
    expect(lacks('picture', { prompt: text }).lacking).toEqual([
      'takes no seed: a lost job can only be found by its prompt',
      'takes no aspect ratio or size: pictures have a shape of its own',
    ]);
    const square = { prompt: text, seed: field('integer'), aspect_ratio: oneOf('16:9', '1:1') };
    expect(lacks('picture', square).lacking).toEqual([
      'does not offer 16:9 and 9:16: the nearest shape is ordered',
    ]);
  });

  it('for clips lacks frame, seed or duration', () => {
    expect(lacks('clip', { prompt: text }).lacking).toEqual([
      'takes no first frame: a clip does not start from its hero image',
      'takes no seed: a lost job can only be found by its prompt and frame',
      'takes no duration: a clip is as long as the model makes it',
    ]);
  });

  it('can not be used without a prompt, or when it needs what we do not have', () => {
    const masked = { prompt: text, seed: field('integer'), aspect_ratio: text, mask_url: text };
    expect(lacks('picture', masked, ['mask_url'])).toEqual({
      unusable: ['needs mask_url, which Copydesk does not fill'],
      lacking: [],
    });
    expect(lacks('picture', { image_url: text }, ['image_url']).unusable).toEqual([
      'takes no prompt',
      'needs image_url, which Copydesk does not fill',
    ]);
  });
});
