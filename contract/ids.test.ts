import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import * as ids from './ids.js';

const ID = 'UpkTZ26nc9Eb';

it('draws ids of 12 letters and digits, from the whole alphabet', () => {
  const drawn = Array.from({ length: 500 }, () => ids.newId(randomInt));
  expect(drawn.every((id) => ids.ID_PATTERN.test(id))).toBe(true);
  expect(new Set(drawn).size).toBe(500);
  expect(new Set(drawn.join('')).size).toBe(62);
});

it('makes the names of the design', () => {
  expect([ids.batchWorkflowId(ID), ids.postWorkflowId(ID)]).toEqual([`batch/${ID}`, `post/${ID}`]);
});

it.each([
  ['hero', 1, '_hero.png'],
  ['hero', 2, '_hero_2.png'],
  ['hero', 9_999, '_hero_9999.png'],
  ['video', 1, '_video.mp4'],
  ['video', 3, '_video_3.mp4'],
] as const)('the asset %s %d of a post is %s', (kind, number, name) => {
  expect(ids.assetName(ID, kind, number)).toBe(`${ID}${name}`);
  expect(ids.assetNumber(`${ID}${name}`, ID, kind)).toBe(number);
  expect(ids.ASSET_PATTERN.test(`${ID}${name}`)).toBe(true);
});

const NO_HEROES = [
  '_video.mp4',
  '_hero_1.png',
  '_hero_02.png',
  '_hero_2.mp4',
  '_hero_2.png/..',
  '_hero_0.png',
];
it.each(NO_HEROES)('%s is the hero of no post', (name) => {
  expect(ids.assetNumber(`${ID}${name}`, ID, 'hero')).toBeNull();
  expect(ids.assetNumber('OtherPost001_hero.png', ID, 'hero')).toBeNull();
});

it.each(['../token', `${ID}_hero.mp4`, `${ID}_hero.png/..`, 'x_hero.png'])('%s is no asset', (name) => {
  expect(ids.ASSET_PATTERN.test(name)).toBe(false);
});
