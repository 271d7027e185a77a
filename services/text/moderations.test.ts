import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { send, useVendor } from './testing/vendor.js';

const { serve, calls } = useVendor();

const result = (flagged: unknown, categories: unknown = {}): object => ({ flagged, categories });
const answered = (results: unknown): object => ({ id: 'modr-1', model: 'omni-moderation-latest', results });

/** A server that counts as OpenAI, as the stand-in does, and what was noted of it. */
async function openAi(answer: (response: ServerResponse) => void) {
  const notes: string[] = [];
  const text = await serve((_call, response) => answer(response), {
    ...{ offline: true, note: (line: string) => notes.push(line) },
  });
  return { text, notes };
}

it('says of each text whether it is flagged, and for what, after one POST', async () => {
  const flags = { harassment: false, violence: true, 'self-harm/intent': true };
  const { text, notes } = await openAi((response) =>
    send(response, answered([result(false, { violence: false }), result(true, flags)])),
  );
  expect(await text.moderate(['hello', 'something bad'])).toEqual([
    { flagged: false, categories: [] },
    { flagged: true, categories: ['violence', 'self-harm/intent'] },
  ]);
  expect(calls()).toHaveLength(1);
  expect(calls()[0]).toMatchObject({
    ...{ path: '/v1/moderations' },
    body: { model: 'omni-moderation-latest', input: ['hello', 'something bad'] },
  });
  expect(notes).toEqual([]);
});

it('is not asked of another server, which may have none or be paid for it', async () => {
  const text = await serve((_call, response) => send(response, answered([result(true)])));
  expect(await text.moderate(['hello'])).toBeNull();
  expect(calls()).toEqual([]);
});

it('is not asked about nothing', async () => {
  const { text } = await openAi((response) => send(response, {}));
  expect(await text.moderate([])).toEqual([]);
  expect(calls()).toEqual([]);
});

describe('moderation never stops an answer, and is noted, where it', () => {
  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ['is busy', (response) => send(response, { error: { message: 'Slow down' } }, 429), /429 Slow down/],
    ['is broken', (response) => send(response, 'oops', 500), /HTTP 500/],
    ['refuses the key', (response) => send(response, { error: { message: 'No' } }, 401), /401 No/],
    ['answers with a page', (response) => send(response, '<!doctype html><title>Hi</title>'), /web page/],
    ['hangs up', (response) => void response.destroy(), /no answer/],
    ['answers with nothing', (response) => send(response, {}), /does not say/],
    ['answers for one of two texts', (response) => send(response, answered([result(true)])), /does not say/],
    [
      'answers with text',
      (response) => send(response, answered([result('no'), result(false)])),
      /does not say/,
    ],
    ['answers with nulls', (response) => send(response, answered([null, null])), /does not say/],
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
  const { text, notes } = await openAi((response) =>
    isUp ? send(response, answered([result(false)])) : send(response, {}, 503),
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
  const { text } = await openAi((response) =>
    send(response, answered([result(true, 'all'), result(true, [1])])),
  );
  expect(await text.moderate(['a', 'b'])).toEqual([
    { flagged: true, categories: [] },
    { flagged: true, categories: [] },
  ]);
});
