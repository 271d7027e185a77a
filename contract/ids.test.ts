import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { ASSET_PATTERN, assetName, batchWorkflowId, ID_PATTERN, newId, postWorkflowId } from './ids.js';

it('draws ids of 12 letters and digits, from the whole alphabet', () => {
  const ids = Array.from({ length: 500 }, () => newId(randomInt));
  expect(ids.every((id) => ID_PATTERN.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(500);
  expect(new Set(ids.join('')).size).toBe(62);
});

it('makes the names of the design', () => {
  expect(batchWorkflowId('UpkTZ26nc9Eb')).toBe('batch/UpkTZ26nc9Eb');
  expect(postWorkflowId('UpkTZ26nc9Eb')).toBe('post/UpkTZ26nc9Eb');
  expect(assetName('UpkTZ26nc9Eb', 'hero', 1)).toBe('UpkTZ26nc9Eb_hero.png');
  expect(assetName('UpkTZ26nc9Eb', 'hero', 2)).toBe('UpkTZ26nc9Eb_hero_2.png');
  expect(assetName('UpkTZ26nc9Eb', 'video', 1)).toBe('UpkTZ26nc9Eb_video.mp4');
});

it('knows an asset by its name and nothing else', () => {
  expect(ASSET_PATTERN.test('UpkTZ26nc9Eb_hero_2.png')).toBe(true);
  expect(
    ['../token', 'UpkTZ26nc9Eb_hero.mp4', 'UpkTZ26nc9Eb_hero.png/..', 'x_hero.png'].some((name) =>
      ASSET_PATTERN.test(name),
    ),
  ).toBe(false);
});
