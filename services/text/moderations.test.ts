import { describe, expect, it } from 'vitest';
import { says, send, useVendor, type Answer } from './testing/vendor.js';

const { serve, calls } = useVendor();

const result = (flagged: unknown, categories: unknown = {}): object => ({ flagged, categories });
const answered = (...results: unknown[]): object => ({ id: 'modr-1', model: 'any', results });

/** A server that counts as OpenAI, as the stand-in does, and what was noted of it. */
async function openAi(answer: Answer) {
  const notes: string[] = [];
  const text = await serve(answer, { offline: true, note: (line) => void notes.push(line) });
  return { text, notes };
}

it('says of each text whether it is flagged, and for what, after one POST', async () => {
  const flags = { harassment: false, violence: true, 'self-harm/intent': true };
  const { text, notes } = await openAi(
    says(answered(result(false, { violence: false }), result(true, flags))),
  );
  expect(await text.moderate(['hello', 'something bad'])).toEqual([
    { flagged: false, categories: [] },
    { flagged: true, categories: ['violence', 'self-harm/intent'] },
  ]);
  const body = { model: 'omni-moderation-latest', input: ['hello', 'something bad'] };
  expect(calls()).toMatchObject([{ path: '/v1/moderations', body }]);
  expect(notes).toEqual([]);
});

it('is not asked of another server, which may have none or be paid for it', async () => {
  expect(await (await serve(says(answered(result(true))))).moderate(['hello'])).toBeNull();
  expect(calls()).toEqual([]);
});

it('is not asked about nothing', async () => {
  expect(await (await openAi(says({}))).text.moderate([])).toEqual([]);
  expect(calls()).toEqual([]);
});

describe('moderation never stops an answer, and is noted, where it', () => {
  it.each<[string, Answer, RegExp]>([
    ['is busy', says({ error: { message: 'Slow down' } }, 429), /429 Slow down/],
    ['is broken', says('oops', 500), /HTTP 500/],
    ['refuses the key', says({ error: { message: 'No' } }, 401), /401 No/],
    ['answers with a page', says('<!doctype html><title>Hi</title>'), /web page/],
    ['hangs up', (_call, response) => void response.destroy(), /no answer/],
    ['answers with nothing', says({}), /does not say/],
    ['answers for one of two texts', says(answered(result(true))), /does not say/],
    ['answers with text', says(answered(result('no'), result(false))), /does not say/],
    ['answers with nulls', says(answered(null, null)), /does not say/],
    ['never answers', () => undefined, /no answer within 5 s/],
  ])('%s', async (_what, answer, why) => {
    const { text, notes } = await openAi(answer);
    expect(await text.moderate(['a', 'b'])).toBeNull();
    expect(calls()).toHaveLength(1);
    expect(notes).toEqual([expect.stringMatching(why)]);
  });
});

it('is noted once until it answers again', async () => {
  let isUp = false;
  const { text, notes } = await openAi((_call, response) =>
    isUp ? send(response, answered(result(false))) : send(response, {}, 503),
  );
  for (let asks = 0; asks < 3; asks += 1) await text.moderate(['a']);
  expect(notes).toHaveLength(1);
  isUp = true;
  expect(await text.moderate(['a'])).toEqual([{ flagged: false, categories: [] }]);
  isUp = false;
  await text.moderate(['a']);
  expect(notes).toHaveLength(2);
});

it('takes categories that are none for none', async () => {
  const { text } = await openAi(says(answered(result(true, 'all'), result(true, [1]))));
  const none = { flagged: true, categories: [] };
  expect(await text.moderate(['a', 'b'])).toEqual([none, none]);
});
