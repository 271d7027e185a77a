import { describe, expect, it } from 'vitest';
import { judge } from '../services/text/judge.js';
import { wireSchema } from '../services/text/json-schema.js';
import { OFFERED, SLOPPY_ANSWERS, UNREADABLE } from '../test/sloppy/answers.js';
import { answerSchema, type WrittenAnswer } from './answer-schema.js';
import { answerProblem, readAnswer } from './read-answer.js';

/** What the model wrote, as `services/text` hands it over. */
function written(text: string): WrittenAnswer {
  const judgement = judge(answerSchema, text);
  if (judgement.outcome !== 'ok') throw new Error(judgement.detail);
  return judgement.value;
}

describe('an answer of a writer that was not held to the schema:', () => {
  it.each(SLOPPY_ANSWERS)('$what', ({ text, answered, answer, citations, again }) => {
    const read = readAnswer(written(text), OFFERED);
    expect(read.answered).toBe(answered);
    if (typeof answer === 'string') expect(read.answer).toBe(answer);
    else expect(read.answer).toMatch(answer);
    expect(read.citations.map(({ postId }) => postId)).toEqual(citations);
    if (again) expect(answerProblem(read)).toMatch(again);
    else expect(answerProblem(read)).toBeNull();
  });

  it.each(UNREADABLE)('%j is malformed', (text, why) => {
    const judgement = judge(answerSchema, text);
    expect(judgement).toMatchObject({ outcome: 'malformed', detail: expect.stringMatching(why) as string });
  });

  it('takes time in proportion to what is written', () => {
    for (const mark of ['[1] ', '(post ', '**', '<post ', '](', '【', ' \n', '#', '_', '`a', ' [', '* '])
      expect(() =>
        readAnswer(
          { answered: true, answer: mark.repeat(100_000), citations: [mark.repeat(100_000)] },
          OFFERED,
        ),
      ).not.toThrow();
  });
});

describe('plain text', () => {
  it.each([
    'In 2024 (2) and [a note] stay, as do 3 * 4 * 5 and snake_case_names.',
    'First.\n\n- One\n- Two',
    '“Kubernetes” (Kubernetes12 is no id of a post) costs < $5 and > $2.',
    '5 > 3\nand so on',
  ])('stays as it is: %j', (answer) => {
    expect(readAnswer({ answered: false, answer, citations: [] }, OFFERED).answer).toBe(answer);
  });
});

it('goes over the wire as three plain fields', () => {
  expect(wireSchema(answerSchema, 'counts')).toEqual({
    type: 'object',
    properties: {
      answered: { type: 'boolean', description: 'false where the posts do not say it' },
      answer: { type: 'string', description: 'The answer, at most 600 characters of plain text' },
      citations: {
        ...{ type: 'array', items: { type: 'string' }, maxItems: 6 },
        description: 'The ids of the posts that the answer rests on',
      },
    },
    required: ['answered', 'answer', 'citations'],
    additionalProperties: false,
  });
});
