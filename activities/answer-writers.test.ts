import { afterEach, describe, expect, it } from 'vitest';
import { OpenAiText } from '../services/text/openai.js';
import { startSloppy, type Sloppy } from '../test/sloppy/server.js';
import { OFFERED } from '../test/sloppy/answers.js';
import { answerSchema } from './answer-schema.js';
import { answerProblem, readAnswer } from './read-answer.js';

let sloppy: Sloppy | null = null;
afterEach(() => sloppy?.close());

const POSTS = OFFERED.map(({ postId, title }) => `<post id="${postId}">\n${title}\n\nBread.\n</post>`);

describe.each([
  ['responses', 'usual'],
  ['chat', 'usual'],
  ['chat', 'vendor'],
] as const)('over %s a writer that is %s', (api, variant) => {
  it('is read as it means it, question by question', async () => {
    const server = (sloppy = await startSloppy({ seed: 16, variant }));
    const text = new OpenAiText({ apiKey: 'none', baseUrl: server.url, api, offline: false });
    const seen = new Set<boolean>();
    for (let number = 1; number <= 40; number += 1) {
      const answer = await text.ask({
        ...{ model: 'qwen3', name: 'answer', schema: answerSchema, maxOutputTokens: 800, key: `k${number}` },
        instructions: 'Answer the reader from your posts.',
        input: `${POSTS.join('\n\n')}\n\nQuestion ${number}: why does bread rise?`,
      });
      if (answer.outcome !== 'ok') expect.fail(`${number}: ${answer.outcome} ${answer.detail}`);
      const read = readAnswer(answer.value, OFFERED);
      const call = server.calls.findLast(({ key, status }) => key === `k${number}` && status === 200);
      expect(answerProblem(read), `${number}`).toBeNull();
      expect(
        read.citations.map(({ postId }) => postId),
        `${number}`,
      ).toEqual(call?.cites);
      expect(read.answer).not.toMatch(/\*\*|\[\d|\(post|^\s|\s$/);
      seen.add(read.answered);
    }
    expect(seen.size).toBe(2);
  });
});
