import { expect, it } from 'vitest';
import { sayProblem } from './read-say.js';

const say = { question: 'Why rye?', visitor: 'a', models: { chat: 'gpt-6-luna', embedding: null } };

it.each([
  say,
  { ...say, question: 'x'.repeat(2_000) },
  { ...say, models: { chat: 'gpt-6-luna', embedding: 'text-embedding-3-small' } },
])('takes a question: %j', (one) => {
  expect(sayProblem(one)).toBeNull();
});

it.each<[unknown, RegExp]>([
  [undefined, /^question must be a text/],
  [null, /^question must be a text/],
  ['Why rye?', /^question must be a text/],
  [[], /^question must be a text/],
  [{ ...say, question: 7 }, /^question must be a text/],
  [{ ...say, question: ' \n\t' }, /^question must not be empty/],
  [{ ...say, question: 'x'.repeat(2_001) }, /^question must have at most 2000 characters, and has 2001/],
  [{ ...say, visitor: '' }, /^visitor must/],
  [{ ...say, visitor: 'x'.repeat(201) }, /^visitor must/],
  [{ ...say, visitor: undefined }, /^visitor must/],
  [{ ...say, models: undefined }, /^models.chat must/],
  [{ ...say, models: null }, /^models.chat must/],
  [{ ...say, models: { chat: '', embedding: null } }, /^models.chat must/],
  [{ ...say, models: { chat: 'm' } }, /^models.embedding must/],
  [{ ...say, models: { chat: 'm', embedding: {} } }, /^models.embedding must/],
])('says why %j is none', (one, why) => {
  expect(sayProblem(one)).toMatch(why);
});
