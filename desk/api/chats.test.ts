/** `POST /api/chats`: who may ask, what is answered, and what is refused before anything is paid. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DESK_URL, NOW, useDesk } from '../testing/use-desk.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';
import { CHAT, NOTHING } from '../testing/workflows.js';
import { askApi } from './testing/ask-api.js';
import { cookieSuffix } from '../http/signing.js';
import {
  BudgetError,
  ChatOffError,
  NoWorkerError,
  RefusedError,
  UnknownIdError,
} from '../../client/errors.js';

const POST = 'PublicPost01';
const CITED = { postId: POST, title: 'Why a clock', url: `${DESK_URL}/@harbor/posts/${POST}` };

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat: CHAT }));
  await desk.publish(samplePost(POST));
  const chats = { pier: CHAT, quiet: undefined, closed: { ...CHAT, enabled: false } };
  for (const [handle, chat] of Object.entries(chats))
    await desk.writeAccount(handle, accountFileText(sampleAccount({ handle, chat })));
});
beforeEach(() => {
  // Each test has a minute of its own.
  desk.now = new Date(desk.now.getTime() + 120_000);
  desk.workflows.chats.asked.length = 0;
  const answer = { answer: 'Two hands, two times.', citations: [CITED], offline: true };
  desk.workflows.chats.answer = () => ({ outcome: 'answered', ...answer });
});

const QUESTION = { account: 'harbor', question: 'Why two times?' };
const ask = (body: object = QUESTION, headers = {}) => askApi(desk, 'POST', '/api/chats', { headers, body });
const asked = () => desk.workflows.chats.asked;

describe('anyone', () => {
  it('is answered with the citations, without a token, and with nothing else', async () => {
    const [status, document, headers] = await ask();
    const { chatId } = document;
    expect([status, headers.get('set-cookie')]).toEqual([200, null]);
    expect(document).toEqual({ chatId, answer: 'Two hands, two times.', citations: [CITED] });
    const visitor = expect.stringMatching(/^[\w-]{22}$/) as string;
    expect(asked()).toMatchObject([{ question: 'Why two times?', account: { handle: 'harbor' }, visitor }]);
  });

  it('continues a conversation by its id', async () => {
    const [, { chatId }] = await ask();
    const [status, document] = await ask({ ...QUESTION, chatId });
    expect([status, document.chatId]).toEqual([200, chatId]);
    expect(asked().map((question) => question.chatId)).toEqual([undefined, chatId]);
  });

  it('gets a decline as an answer without citations', async () => {
    desk.workflows.chats.answer = () => ({ ...NOTHING, offered: [CITED] });
    const declined = { answer: "I haven't written about that.", citations: [], offered: [CITED] };
    expect((await ask())[1]).toMatchObject(declined);
  });
});

describe('what is refused before anything is asked', () => {
  it.each([
    ['without chat', 'quiet'],
    ['whose chat is off', 'closed'],
    ['without a file', 'nobody'],
    ['that is no handle', '../harbor'],
    ['that is nothing', ''],
  ])('an account %s is 404', async (_, account) => {
    const [status, { error }] = await ask({ account, question: 'Why?' });
    expect([status, error.field, asked()]).toEqual([404, 'account', []]);
  });

  it.each([
    ['empty', ''],
    ['blank', ' \n\t '],
    ['too long', 'x'.repeat(2_001)],
    ['no text', 5],
  ])('a question that is %s', async (_, question) => {
    const [status, { error }] = await ask({ ...QUESTION, question });
    expect([status, error.field, asked()]).toEqual([400, 'question', []]);
  });

  it('not a question of 2,000 characters', async () => {
    expect((await ask({ ...QUESTION, question: 'x'.repeat(2_000) }))[0]).toBe(200);
  });

  it('a conversation that there is not, or that is with another account, is 404', async () => {
    const [, { chatId }] = await ask({ account: 'pier', question: 'Why?' });
    for (const other of [chatId, 'NoSuchChat01', 'nonsense', '../x', "'; drop table chats; --"]) {
      const [status, { error }] = await ask({ ...QUESTION, chatId: other });
      expect([status, error.field], other).toEqual([404, 'chatId']);
    }
    expect(asked()).toHaveLength(1);
  });
});

describe('limits', () => {
  it('one visitor asks 20 questions a minute, refused ones not counted', async () => {
    await ask({ ...QUESTION, question: '' });
    for (let n = 0; n < 20; n += 1) expect((await ask())[0]).toBe(200);
    const [status, { error }, headers] = await ask();
    expect([status, headers.get('retry-after')]).toEqual([429, '60']);
    expect(error.message).toContain('20 questions within a minute');
    const name = `copydesk_reader_${cookieSuffix(desk.deps.sessions.secret)}`;
    const Cookie = `${name}=${'a'.repeat(22)}.${'b'.repeat(43)}`;
    expect((await ask(QUESTION, { Cookie }))[0]).toBe(429);
    expect(asked()).toHaveLength(20);
    desk.now = new Date(desk.now.getTime() + 60_000);
    expect((await ask())[0]).toBe(200);
  });

  /** As the browser of a new visitor does, which keeps its cookie. */
  async function browser(remoteAddress: string) {
    const env = { incoming: { headers: {}, socket: { remoteAddress } } };
    const send = (path: string, body: string, headers: object) =>
      desk.app.request(path, { method: 'POST', body, headers: { ...headers } }, env);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: DESK_URL };
    const greeted = await send('/@harbor/chat', 'question=Why%3F', form);
    const Cookie = String(/copydesk_reader_[^;]+/.exec(greeted.headers.get('set-cookie') ?? '')?.[0]);
    const json = { 'Content-Type': 'application/json', Cookie };
    return async (times: number, account = 'harbor') => {
      const statuses: number[] = [];
      while (statuses.length < times)
        statuses.push((await send('/api/chats', JSON.stringify({ ...QUESTION, account }), json)).status);
      return statuses.filter((status) => status === 200).length;
    };
  }

  it('all browsers of one address ask 40 a minute, and leave the account to others, until all have asked 120', async () => {
    const [first, second, third] = [
      await browser('10.0.0.7'),
      await browser('10.0.0.7'),
      await browser('10.0.0.7'),
    ];
    expect([await first(20), await second(20), await third(20)]).toEqual([20, 17, 0]);
    for (const address of ['10.0.0.8', '10.0.0.9']) {
      const [one, other] = [await browser(address), await browser(address)];
      expect((await one(20)) + (await other(20))).toBe(38);
    }
    const late = await browser('10.0.0.10');
    expect([await late(1), await late(1, 'pier')]).toEqual([0, 1]);
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
    const [status, document] = await ask();
    expect(status).toBe(expected);
    // What is the desk's own stays in its log.
    expect(document.error.message).not.toMatch(/sk-|10\.0|npm|yaml|over$/);
  });

  it('the budget is there again at the next midnight of UTC', async () => {
    desk.workflows.chats.answer = () => Promise.reject(new BudgetError('over'));
    const before = desk.now;
    desk.now = new Date('2027-01-31T23:59:01.500Z');
    expect((await ask())[2].get('retry-after')).toBe('59');
    desk.now = new Date('2027-02-01T00:00:00.000Z');
    expect((await ask())[2].get('retry-after')).toBe('86400');
    desk.now = before < NOW ? NOW : before;
  });
});
