import { expect, it } from 'vitest';
import { samplePost } from '../testing/samples.js';
import { makersOf } from './makers.js';

const post = samplePost('PublicPost01');
const offlineAt = (...steps: string[]) =>
  post.pipeline.map((row) => (steps.includes(row.step) ? { ...row, offline: true as const } : row));

it('names the models that made a post, each once', () => {
  expect(makersOf(post)).toEqual(['gpt-6-luna', 'fal-ai/flux-pro/v1.1-ultra']);
  expect(makersOf({ ...post, pipeline: [...post.pipeline, ...post.pipeline] })).toHaveLength(2);
});

it('names none for what a stand-in made', () => {
  expect(makersOf({ offline: true, pipeline: offlineAt('hero_image') })).toEqual(['gpt-6-luna']);
  expect(makersOf({ offline: true, pipeline: offlineAt('draft', 'hero_image') })).toEqual([]);
  expect(makersOf({ offline: true, pipeline: post.pipeline })).toEqual([]);
});
