import { expect, it } from 'vitest';
import type { PipelineRow, ReviewEntry, StatusError } from '../../contract/status.js';
import { samplePost } from '../testing/samples.js';
import { stepWords } from './step-words.js';

const rowOf = (changes: Partial<PipelineRow>): PipelineRow => ({
  ...(samplePost('PublicPost01').pipeline[4] as PipelineRow),
  ...changes,
});
const entry = (decision: ReviewEntry['decision'], counted = true): ReviewEntry => ({
  ...(samplePost('PublicPost01').review[0] as ReviewEntry),
  ...{ decision, counted },
});
const error = (type: string): StatusError => ({ type, message: 'Why.', requestId: null });

const skippedReview = rowOf({ step: 'review', state: 'skipped' });
const failedVideo = rowOf({ step: 'video', state: 'failed', attempts: 0, provider: null });

it.each([
  ['rejected', [entry('approve'), entry('reject')]],
  ['cancelled', [entry('cancel')]],
  ['expired', [entry('expire')]],
  ['rejected', [entry('reject'), entry('approve', false)]],
  ['skipped', []],
] as const)('the review of a post that ended so is %s', (word, review) => {
  expect(stepWords(skippedReview, { review, error: null }).word).toBe(word);
});

it('a step that a budget held back was not started; one that a provider refused failed', () => {
  expect(stepWords(failedVideo, { review: [], error: error('Budget.Exceeded') }).word).toBe('not started');
  expect(stepWords(failedVideo, { review: [], error: null }).word).toBe('not started');
  expect(stepWords(failedVideo, { review: [], error: error('Provider.Refused') }).word).toBe('failed');
  const tried = { ...failedVideo, attempts: 1, provider: 'fal' };
  expect(stepWords(tried, { review: [], error: error('Budget.Exceeded') }).word).toBe('failed');
});
