import { expect, it } from 'vitest';
import { suggestedQuestions } from './suggestions.js';

it.each([
  ['Does the sea keep time?', 'Does the sea keep time?'],
  ['Why a harbor clock runs on two times', 'Why a harbor clock runs on two times?'],
  ['How to read a tide table.', 'How to read a tide table?'],
  ['The third day of a starter', 'What is “The third day of a starter” about?'],
  ['Whole grain', 'What is “Whole grain” about?'],
  ['  Two\n lines…  ', 'What is “Two lines” about?'],
])('%j is asked as %j', (title, question) =>
  expect(suggestedQuestions([title], 'en-GB')).toEqual([question]),
);

it('puts no English words around a title of another language', () =>
  expect(suggestedQuestions(['Warum zwei Zeiten?', 'Die Hafenuhr', '潮汐表'], 'de')).toEqual([
    'Warum zwei Zeiten?',
    'Die Hafenuhr',
    '潮汐表',
  ]));

it('makes three at the most, each once, of the newest', () => {
  expect(suggestedQuestions(['A', 'A', '', ' ', 'B', 'C', 'D'], 'en')).toEqual(
    ['A', 'B', 'C'].map((title) => `What is “${title}” about?`),
  );
  expect(suggestedQuestions([], 'en')).toEqual([]);
});
