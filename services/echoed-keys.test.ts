import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FalMedia } from './media/fal.js';
import { pictureOrder } from './media/testing/orders.js';
import { OpenAiText, type OpenAiSettings } from './text/openai.js';
import { ECHOES, ODD_FAL_KEY, ODD_KEY, startEcho, tracesOf, type EchoServer } from './testing/echo.js';

let server: EchoServer;
beforeAll(async () => {
  server = await startEcho();
});
afterAll(() => server.close());

const question = {
  ...{ model: 'any', name: 'plan', schema: z.object({ items: z.array(z.string()) }) },
  ...{ instructions: 'Plan.', input: 'Plan.', maxOutputTokens: 100, key: 'k' },
};

/** What comes of a call, thrown or not, with all that a history, a record or a page is made of. */
async function told(call: () => Promise<unknown>): Promise<string> {
  const outcome = await call().catch((error: unknown) => error);
  if (!(outcome instanceof Error)) return JSON.stringify(outcome);
  return JSON.stringify({ ...outcome, name: outcome.name, message: outcome.message, cause: null });
}

const textOf = (apiKey: string, settings: Partial<OpenAiSettings> = {}): OpenAiText =>
  new OpenAiText({ apiKey, baseUrl: server.url, api: 'responses', offline: false, ...settings });

describe.each(Object.keys(ECHOES))('a key that is repeated %s', (echo) => {
  beforeEach(() => {
    server.echo = echo;
  });

  it('is in nothing that the text service tells', async () => {
    const text = textOf(ODD_KEY);
    expect(tracesOf(ODD_KEY, await told(() => text.ask(question)))).toEqual([]);
    const embedding = { model: 'any', texts: ['x'], key: 'k' };
    expect(tracesOf(ODD_KEY, await told(() => text.embed(embedding)))).toEqual([]);
  });

  it('is in nothing that moderation tells or notes', async () => {
    const notes: string[] = [];
    const text = textOf(ODD_KEY, { offline: true, note: (line) => void notes.push(line) });
    const words = await told(() => text.moderate(['x']));
    expect([words, ...notes].flatMap((said) => tracesOf(ODD_KEY, said))).toEqual([]);
  });

  it('is in nothing that the media service tells', async () => {
    const fal = new FalMedia({ key: ODD_FAL_KEY, adminKey: ODD_KEY, baseUrl: server.url, offline: false });
    const order = pictureOrder('fal-ai/flux/dev');
    const calls = [
      () => fal.submit(order),
      () => fal.state(order.endpoint, 'r1'),
      () => fal.result(order.endpoint, 'r1'),
      () => fal.cancel(order.endpoint, 'r1'),
      () => fal.find(order, '2026-01-01T00:00:00Z'),
      () => fal.unitPrice(order.endpoint),
      () => fal.bills(['r1']),
      () => fal.upload(new Uint8Array(1), 'image/png', 'a.png'),
    ];
    for (const call of calls) {
      const words = await told(call);
      for (const key of [ODD_FAL_KEY, ODD_KEY]) expect(tracesOf(key, words), words).toEqual([]);
    }
  });
});

it('a key that no header can carry is not repeated by the client either', async () => {
  const key = 'Zq9-first-half-of-it\nand-the-second-half';
  const fal = new FalMedia({ key, baseUrl: server.url, offline: false });
  const words = [await told(() => textOf(key).ask(question)), await told(() => fal.state('a/b', 'r1'))];
  expect(words.flatMap((said) => tracesOf('Zq9-first-half-of-it', said))).toEqual([]);
});
