import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { batchPost, batchStatus } from '../testing/status.js';
import { bars, fractionDone, progressLine } from './live.js';

const plain = pc.createColors(false);

describe('fractionDone', () => {
  it.each([
    ['video', 'drafting', null, 1 / 6],
    ['video', 'illustrating', 'hero_image', 2 / 6],
    ['video', 'filming', 'video', 3 / 6],
    ['video', 'awaiting_approval', 'review', 4 / 6],
    ['hero_text', 'awaiting_approval', 'review', 3 / 5],
    ['hero_text', 'publishing', null, 4 / 5],
    ['hero_text', 'published', null, 1],
    ['hero_text', 'rejected', 'review', 1],
    ['hero_text', 'blocked', 'hero_image', 2 / 5],
    ['podcast', 'drafting', 'draft', 1 / 4],
  ] as const)('a %s that is %s at %s', (contentFormat, status, step, fraction) => {
    expect(fractionDone({ contentFormat, status, step })).toBeCloseTo(fraction);
  });
});

describe('bars', () => {
  it('gives each post of a small batch its bar and step', () => {
    const posts = [
      batchPost({ contentFormat: 'video', status: 'filming', step: 'video' }),
      batchPost({ status: 'published', step: null }),
    ];
    expect(bars(batchStatus(posts), 100, plain).split('\n')).toEqual([
      'running  1 filming, 1 published  $0.13 of $5.00',
      'UpkTZ26nc9Eb  video      ██████░░░░░░  Video                $0.06  Where caching stops helping',
      'UpkTZ26nc9Eb  hero_text  ████████████  published            $0.06  Where caching stops helping',
    ]);
  });

  it('keeps each line within the terminal', () => {
    const posts = [batchPost({ title: 'long '.repeat(40) })];
    for (const line of bars(batchStatus(posts), 80, plain).split('\n'))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  it('gives a large batch one bar of what has settled', () => {
    const posts = Array.from({ length: 40 }, (_, n) =>
      batchPost({ status: n < 10 ? 'published' : 'drafting' }),
    );
    expect(bars(batchStatus(posts), 80, plain)).toMatch(
      /^█{8}░{22} 10\/40 {2}running {2}30 drafting, 10 published/,
    );
  });
});

it('progressLine says the same in one line', () => {
  expect(progressLine(batchStatus([batchPost()]))).toBe(
    'batch Zr4hK8vYp1Nc running: 1 awaiting approval; $0.13 of $5.00',
  );
  expect(progressLine(batchStatus([], { status: 'planning' }))).toContain('planning: no post yet');
});
