import { expect, it } from 'vitest';
import type { PipelineRow, ReviewEntry, StatusError } from '../../contract/status.js';
import { samplePost } from '../testing/samples.js';
import { stepWords } from './pipeline.js';
import { newsLink } from './plan.js';
import { billedWords } from './record.js';

const post = (billedUsd?: number) => samplePost('PublicPost01', billedUsd === undefined ? {} : { billedUsd });

it.each([
  [undefined, null],
  [0.06, null],
  [0.054, 'billed $0.05, $0.0060 less than counted'],
  [0.12, 'billed $0.12, $0.06 more than counted'],
  [0, 'billed $0.00, $0.06 less than counted'],
  [-0.01, 'billed -$0.01, $0.07 less than counted'],
])('%j beside a picture of $0.06 is %j', (billed, words) => {
  expect(billedWords(post(billed))).toBe(words);
});

it('leads to a web address, shown without its scheme, and in part where it is long', () => {
  const href = 'https://news.example/chips?id=1';
  expect(newsLink(href)).toEqual({ href, text: 'news.example/chips?id=1' });
  const long = newsLink(`https://news.example/${'x'.repeat(300)}`);
  expect(long?.text).toMatch(/^news\.example\/x{86}…$/);
});

const dangerous = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'];
it.each([null, undefined, '', ...dangerous, '/news', 'news'])('is none for %j', (url) =>
  expect(newsLink(url)).toBeNull(),
);

it('holds nothing that ends an attribute', () => {
  expect(newsLink('https://news.example/"><script>alert(1)</script>')?.href).not.toMatch(/["<>]/);
});

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
