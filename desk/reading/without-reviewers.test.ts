import { expect, it } from 'vitest';
import { samplePost } from '../testing/samples.js';
import { withoutReviewers } from './without-reviewers.js';

const post = samplePost('UpkTZ26nc9Eb');
const noted = {
  ...post,
  pipeline: post.pipeline.map((row) =>
    row.step === 'review' ? { ...row, note: 'gate publish approved by maria' } : row,
  ),
};

it('says what was decided, and neither by whom nor why', () => {
  const shown = withoutReviewers(noted);
  expect(shown.review).toEqual([{ ...post.review[0], by: 'an editor', note: null }]);
  expect(shown.pipeline).toEqual(post.pipeline);
  expect(JSON.stringify(shown)).not.toMatch(/maria|Good\./);
});

it('leaves the rest as it is', () => {
  const { review, pipeline } = noted;
  expect({ ...withoutReviewers(noted), review, pipeline }).toEqual(noted);
});
