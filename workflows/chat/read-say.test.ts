import { expect, it } from 'vitest';
import { sayProblem } from './read-say.js';

const say = { question: 'Why rye?', visitor: 'a', models: { chat: 'gpt-6-luna', embedding: null } };

it.each([
  {},
  { question: 'x'.repeat(2_000) },
  { models: { chat: 'm', embedding: 'text-embedding-3-small' } },
])('takes a question: %j', (change) => expect(sayProblem({ ...say, ...change })).toBeNull());

it.each([undefined, null, 'Why rye?', []])('takes no question from %j', (raw) =>
  expect(sayProblem(raw)).toMatch(/^question must be a text/),
);

it.each<[object, RegExp]>([
  [{ question: 7 }, /^question must be a text/],
  [{ question: ' \n\t' }, /^question must not be empty/],
  [{ question: 'x'.repeat(2_001) }, /^question must have at most 2000 characters, and has 2001/],
  [{ visitor: '' }, /^visitor must/],
  [{ visitor: 'x'.repeat(201) }, /^visitor must/],
  [{ visitor: undefined }, /^visitor must/],
  [{ models: undefined }, /^models.chat must/],
  [{ models: null }, /^models.chat must/],
  [{ models: { chat: '', embedding: null } }, /^models.chat must/],
  [{ models: { chat: 'm' } }, /^models.embedding must/],
  [{ models: { chat: 'm', embedding: {} } }, /^models.embedding must/],
])('says why %j is none', (change, why) => expect(sayProblem({ ...say, ...change })).toMatch(why));
