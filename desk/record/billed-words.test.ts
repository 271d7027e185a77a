import { expect, it } from 'vitest';
import { samplePost } from '../testing/samples.js';
import { billedWords } from './billed-words.js';

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
