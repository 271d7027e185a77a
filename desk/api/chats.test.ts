/** `POST /api/chats`: who may ask, what is answered, and what is refused before anything is paid. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BudgetError,
  ChatOffError,
  NoWorkerError,
  RefusedError,
  UnknownIdError,
} from '../../client/errors.js';
import { rawHttp } from '../../test/raw-http.js';
import type { ServedDesk } from '../serve.js';
import { NOTHING } from '../testing/chats.js';
import { DESK_URL, NOW, OPENING_MS, type DeskUnderTest } from '../testing/desk-under-test.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';
import { useServedDesk } from '../testing/use-served-desk.js';
import { MOST_BYTES } from './sent.js';

const CHAT = { enabled: true, dailyBudget: 1_000_000_000 };
const POST = 'PublicPost01';
const CITED = { postId: POST, title: 'Why a clock', url: `${DESK_URL}/@harbor/posts/${POST}` };

let desk: DeskUnderTest;
let served: ServedDesk;
useServedDesk((opened) => ({ desk, served } = opened));
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat: CHAT }));
  await desk.publish(samplePost(POST));
  await desk.writeAccount('pier', accountFileText(sampleAccount({ handle: 'pier', chat: CHAT })));
  await desk.writeAccount('quiet', accountFileText(sampleAccount({ handle: 'quiet' })));
  await desk.writeAccount(
    'closed',
    accountFileText(sampleAccount({ handle: 'closed', chat: { ...CHAT, enabled: false } })),
  );
}, OPENING_MS);
beforeEach(() => {
  // Each test has a minute of its own.
  desk.now = new Date(desk.now.getTime() + 120_000);
  desk.workflows.chats.asked.length = 0;
  desk.workflows.chats.answer = () => ({
    ...{ answer: 'Two hands, two times.', outcome: 'answered', citations: [CITED], offline: true },
  });
});

async function ask(
  body: object | string,
  headers: Record<string, string> = {},
): Promise<[number, any, Headers]> {
  const answer = await desk.app.request('/api/chats', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return [answer.status, await answer.json(), answer.headers];
}
const QUESTION = { account: 'harbor', question: 'Why two times?' };
const asked = () => desk.workflows.chats.asked;

describe('anyone', () => {
  it('is answered with the citations, without a token, and with nothing else', async () => {
    const [status, document, headers] = await ask(QUESTION);
    expect(status).toBe(200);
    const { chatId } = document;
    expect(document).toEqual({ chatId, answer: 'Two hands, two times.', citations: [CITED] });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(asked()).toMatchObject([{ question: 'Why two times?', account: { handle: 'harbor' } }]);
    expect(asked()[0]?.visitor).toMatch(/^[\w-]{22}$/);
  });

  it('continues a conversation by its id', async () => {
    const [, { chatId }] = await ask(QUESTION);
    const [status, document] = await ask({ ...QUESTION, chatId });
    expect([status, document.chatId]).toEqual([200, chatId]);
    expect(asked().map((question) => question.chatId)).toEqual([undefined, chatId]);
  });

  it('gets a decline as an answer without citations', async () => {
    desk.workflows.chats.answer = () => NOTHING;
    expect((await ask(QUESTION))[1]).toMatchObject({
      answer: "I haven't written about that.",
      citations: [],
    });
  });
});

describe('what is refused before anything is asked', () => {
  it.each([
    ['an account without chat', 'quiet'],
    ['one whose chat is off', 'closed'],
    ['one without a file', 'nobody'],
    ['no handle', '../harbor'],
    ['nothing', ''],
  ])('%s is 404', async (_, account) => {
    const [status, { error }] = await ask({ account, question: 'Why?' });
    expect([status, error.field]).toEqual([404, 'account']);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['empty', '', 400],
    ['blank', ' \n\t ', 400],
    ['too long', 'x'.repeat(2_001), 400],
    ['no text', 5, 400],
    ['as long as may be', 'x'.repeat(2_000), 200],
  ])('a question that is %s', async (_, question, expected) => {
    const [status, document] = await ask({ account: 'harbor', question });
    expect(status).toBe(expected);
    if (expected === 400) expect(document.error.field).toBe('question');
    expect(asked()).toHaveLength(expected === 200 ? 1 : 0);
  });

  it('a conversation that there is not, or that is with another account, is 404', async () => {
    const [, { chatId }] = await ask({ account: 'pier', question: 'Why?' });
    for (const other of [chatId, 'NoSuchChat01', 'nonsense', '../x', "'; drop table chats; --"]) {
      const [status, { error }] = await ask({ ...QUESTION, chatId: other });
      expect([status, error.field], other).toEqual([404, 'chatId']);
    }
    expect(asked()).toHaveLength(1);
  });

  it('what is not JSON, too large, or from the page of another site', async () => {
    expect((await ask(QUESTION, { 'Content-Type': 'text/plain' }))[0]).toBe(415);
    expect((await ask('{'))[0]).toBe(400);
    expect((await ask({ ...QUESTION, more: 'x'.repeat(MOST_BYTES) }))[0]).toBe(413);
    expect((await ask(QUESTION, { Origin: 'https://evil.example' }))[0]).toBe(403);
    expect((await ask(QUESTION, { 'Sec-Fetch-Site': 'cross-site' }))[0]).toBe(403);
    expect((await ask(QUESTION, { Origin: DESK_URL, 'Sec-Fetch-Site': 'same-origin' }))[0]).toBe(200);
    expect(asked()).toHaveLength(1);
  });

  it('what comes under the name of another host', async () => {
    const port = Number(new URL(served.url).port);
    const lines = ['POST /api/chats HTTP/1.1', 'Host: evil.example', 'Content-Length: 0'];
    expect((await rawHttp({ host: '127.0.0.1', port }, lines)).status).toBe(403);
  });
});

describe('limits', () => {
  it('one visitor asks 20 questions a minute, refused ones not counted', async () => {
    await ask({ ...QUESTION, question: '' });
    for (let n = 0; n < 20; n += 1) expect((await ask(QUESTION))[0]).toBe(200);
    const [status, { error }, headers] = await ask(QUESTION);
    expect([status, headers.get('retry-after')]).toEqual([429, '60']);
    expect(error.message).toContain('20 questions within a minute');
    // Whatever cookie they make up.
    expect(
      (await ask(QUESTION, { Cookie: `copydesk_reader_x=${'a'.repeat(22)}.${'b'.repeat(43)}` }))[0],
    ).toBe(429);
    expect(asked()).toHaveLength(20);
    desk.now = new Date(desk.now.getTime() + 60_000);
    expect((await ask(QUESTION))[0]).toBe(200);
  });

  it('all visitors of one account ask 120 a minute; another account is still asked', async () => {
    const cookies = await Promise.all(
      Array.from({ length: 7 }, async () => {
        const answer = await desk.app.request('/@harbor/chat', {
          method: 'POST',
          body: new URLSearchParams({ question: 'Why?' }),
          headers: { Origin: DESK_URL },
        });
        return String(/copydesk_reader_[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0]);
      }),
    );
    const statuses: number[] = [];
    for (const Cookie of cookies)
      for (let n = 0; n < 17; n += 1) statuses.push((await ask(QUESTION, { Cookie }))[0]);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120 - 7);
    expect(statuses.slice(113)).toEqual(Array(6).fill(429));
    expect((await ask({ ...QUESTION, account: 'pier' }, { Cookie: cookies[6]! }))[0]).toBe(200);
  });
});

describe('what the conversation does not answer', () => {
  it.each([
    ['the budget of the day is used up', () => new BudgetError('over'), 429],
    ['nobody works', () => new NoWorkerError('copydesk', '10.0.0.7:7233'), 503],
    ['the provider is away', () => new RefusedError('openai: 500 for sk-secret'), 503],
    ['the chat was turned off meanwhile', () => new ChatOffError('harbor'), 404],
    ['the conversation was deleted meanwhile', () => new UnknownIdError('chat', 'x', 'default'), 404],
  ])('%s', async (_, error, expected) => {
    desk.workflows.chats.answer = () => Promise.reject(error());
    const [status, document] = await ask(QUESTION);
    expect(status).toBe(expected);
    expect(Object.keys(document)).toEqual(['error']);
    // What is the desk's own stays in its log.
    expect(document.error.message).not.toMatch(/sk-|10\.0|npm|yaml|over$/);
  });

  it('the budget is there again at the next midnight of UTC', async () => {
    desk.workflows.chats.answer = () => Promise.reject(new BudgetError('over'));
    const before = desk.now;
    desk.now = new Date('2027-01-31T23:59:01.500Z');
    expect((await ask(QUESTION))[2].get('retry-after')).toBe('59');
    desk.now = new Date('2027-02-01T00:00:00.000Z');
    expect((await ask(QUESTION))[2].get('retry-after')).toBe('86400');
    desk.now = before < NOW ? NOW : before;
  });
});
