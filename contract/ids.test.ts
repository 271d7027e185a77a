import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  ASSET_PATTERN,
  assetName,
  assetNumber,
  batchWorkflowId,
  ID_PATTERN,
  newId,
  postWorkflowId,
} from './ids.js';

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

it('reads the number of an asset of a post, and of nothing else', () => {
  const id = 'UpkTZ26nc9Eb';
  for (const number of [1, 2, 40, 9_999])
    expect(assetNumber(assetName(id, 'hero', number), id, 'hero')).toBe(number);
  expect(assetNumber(assetName(id, 'video', 3), id, 'video')).toBe(3);
  const others = [
    '_video.mp4',
    '_hero_1.png',
    '_hero_02.png',
    '_hero_2.mp4',
    '_hero_2.png/..',
    '_hero_0.png',
  ];
  for (const name of others) expect([name, assetNumber(id + name, id, 'hero')]).toEqual([name, null]);
  expect(assetNumber('OtherPost001_hero.png', id, 'hero')).toBeNull();
});

it('knows an asset by its name and nothing else', () => {
  expect(ASSET_PATTERN.test('UpkTZ26nc9Eb_hero_2.png')).toBe(true);
  expect(
    ['../token', 'UpkTZ26nc9Eb_hero.mp4', 'UpkTZ26nc9Eb_hero.png/..', 'x_hero.png'].some((name) =>
      ASSET_PATTERN.test(name),
    ),
  ).toBe(false);
});
