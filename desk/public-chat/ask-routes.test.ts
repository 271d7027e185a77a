/** The page on which an account is asked, and the pages of single turns, over HTTP: what works without scripts, and who sees what. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BudgetError, NoWorkerError } from '../../client/errors.js';
import { rawHttp } from '../../test/raw-http.js';
import { CHAT, citing, NOTHING } from '../testing/workflows.js';
import { DESK_URL, expectShown, pageText, useDeskOverHttp } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';

const [CLOCK, TIDES, FOGHORN] = ['ClockClock01', 'TidesTides01', 'FoghornFog01'] as const;
const PAGE = '/@harbor/chat';
const PIER = { handle: 'pier', name: 'Pier', record: 'desk', chat: CHAT } as const;
const STREAM = { Accept: 'text/event-stream' };

const { desk, served } = useDeskOverHttp();
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat: CHAT }));
  await desk.publish(samplePost(CLOCK));
  await desk.publish(samplePost(TIDES, { title: 'The Tide Table', publishedAt: '2026-05-12T09:00:00.000Z' }));
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), sampleAccount(PIER));
  await desk.publish(samplePost(FOGHORN, { account: 'pier', batchId: 'BatchBatch02' }));
  await desk.saveBatch(
    sampleBatch({ id: 'BatchBatch03', account: 'kai' }),
    sampleAccount({ handle: 'kai', name: 'Kai', language: 'de', chat: CHAT }),
  );
  await desk.publish(samplePost('KaiKaiKaiK01', { account: 'kai', batchId: 'BatchBatch03' }));
  await desk.saveAccount({ handle: 'quai', name: 'Quai', language: 'fr', chat: CHAT });
  await desk.saveAccount({ handle: 'quay', name: 'quay', chat: CHAT });
  await desk.saveAccount({ handle: 'quiet' });
});
beforeEach(() => {
  // Each test has a minute of its own.
  desk.now = new Date(desk.now.getTime() + 120_000);
  desk.workflows.chats.asked.length = 0;
  desk.workflows.chats.answer = () => citing(CLOCK, TIDES);
});

/** A browser without scripts: it keeps cookies by name and path, and sends forms. */
function newBrowser() {
  const jar = new Map<string, string>();
  const send = async (path: string, init: { method?: string; body?: URLSearchParams; headers?: object }) => {
    const cookies = [...jar].flatMap(([key, value]) => {
      const [name, from = ''] = key.split(' ');
      return path.startsWith(from) ? [`${name}=${value}`] : [];
    });
    const headers = { Origin: DESK_URL, Cookie: cookies.join('; '), ...init.headers };
    const answer = await desk.app.request(path, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value = '', from] = /^([^=]*)=([^;]*).*; Path=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) jar.delete(`${name} ${from}`);
      else jar.set(`${name} ${from}`, value);
    }
    return answer;
  };
  const post = (path: string, fields: Record<string, string> = {}, headers = {}) =>
    send(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  return {
    jar,
    post,
    ask: (question: string, headers = {}) => post(PAGE, { question }, headers),
    text: (path = PAGE) => pageText(send(path, {})),
    html: async (path = PAGE) => (await send(path, {})).text(),
  };
}
const asked = () => desk.workflows.chats.asked;
const statusOf = async (path: string): Promise<number> => (await desk.get(path)).status;
const statusSignedIn = async (path: string): Promise<number> => (await desk.getSignedIn(path)).status;
/** A question to the API. */
const askApi = (fields: object, headers: Record<string, string> = {}) =>
  desk.app.request('/api/chats', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ account: 'harbor', ...fields }),
  });

describe('who is asked', () => {
  it('an account that answers readers, from its page, its posts and its chat', async () => {
    for (const path of ['/@harbor', `/@harbor/posts/${CLOCK}`])
      expect(await desk.text(path), path).toContain(`<a class="ask-link" href="${PAGE}">Ask @harbor</a>`);
    const page = await desk.get(PAGE);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(page.headers.get('set-cookie')).toBeNull();
    const suggested = ['What is “The Tide Table” about?', 'Why a harbor clock runs on two times?'];
    expectShown(await pageText(page), ['Ask Harbor Notes', ...suggested]);
  });

  it('no other: its page is not there, and nothing leads to it', async () => {
    for (const path of ['/@quiet/chat', '/@nobody/chat', '/@%00/chat', '/@Quiet/chat']) {
      expect(await statusOf(path), path).toBe(404);
      expect((await newBrowser().post(path, { question: 'Why?' })).status, path).toBe(404);
      expect((await newBrowser().post(`${path}/new`)).status, path).toBe(404);
    }
    expect(await desk.text('/@quiet')).not.toContain('Ask @');
    expect(asked()).toEqual([]);
  });

  it('not one whose file is gone, though its batch kept it; one without posts has no field', async () => {
    await desk.writeAccount('pier', null);
    expect(await statusOf('/@pier/chat')).toBe(404);
    expect(await desk.text('/@pier')).not.toContain('Ask @');
    await desk.saveAccount(PIER);
    expectShown(await desk.text('/@quay/chat'), ['has published nothing yet'], ['<textarea']);
  });
});

describe('the language of the page', () => {
  it('is that of the account, with its times, its declines and what goes wrong', async () => {
    const [chat, browser] = ['/@kai/chat', newBrowser()];
    desk.workflows.chats.answer = () => ({
      ...{ ...NOTHING, answer: 'Darüber habe ich nichts geschrieben.' },
      offered: citing('KaiKaiKaiK01').citations,
    });
    await browser.post(chat, { question: 'Und Möwen?' });
    const page = await browser.html(chat);
    const german = [
      '<html lang="de">',
      'Kai fragen',
      'Du hast gefragt',
      'Am nächsten kommen diese Beiträge',
      'Mai, ',
    ];
    expectShown(page, [...german, 'href="/@kai/posts/KaiKaiKaiK01"'], ['offline sample']);
    expect(page).not.toMatch(/\b(Ask|Subscribe|Start over|asked|Skip|kept|AM|PM)\b/);

    desk.workflows.chats.answer = () => Promise.reject(new BudgetError('$1'));
    expectShown(await pageText(await browser.post(chat, { question: 'Und jetzt?' })), ['Für heute sind']);
    expectShown(await pageText(await browser.post(chat)), ['Schreib zuerst eine Frage.']);
  });

  it('is English where there are no words in its own, and says so', async () => {
    expectShown(await newBrowser().html('/@quai/chat'), ['<html lang="en">', 'has published nothing yet']);
  });
});

describe('a question without scripts', () => {
  it('is answered on the same page, with the posts as cards', async () => {
    const browser = newBrowser();
    const answer = await browser.ask(' Why two times?\r\nReally? ');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PAGE}#turn-1`]);
    expect(asked()[0]?.question).toBe('Why two times?\nReally?');
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const cards = [`href="/@harbor/posts/${CLOCK}"`, `<img src="/assets/${TIDES}_hero.png?w=240"`];
    expectShown(await browser.html(), ['The sea keeps the other time.', ...cards], ['offline sample']);
  });

  it('continues the conversation of its browser, until it starts over', async () => {
    const browser = newBrowser();
    await browser.ask('First?');
    expect((await browser.ask('Second?')).headers.get('location')).toBe(`${PAGE}#turn-2`);
    const [first, second] = asked();
    expect(second).toMatchObject({ chatId: first?.newChatId, visitor: first?.visitor });
    expect(await browser.text()).toMatch(/First\?.*Second\?/);

    expect((await browser.post(`${PAGE}/new`)).headers.get('location')).toBe(PAGE);
    expect(await browser.text()).not.toMatch(/First\?|Second\?/);
    await browser.ask('Third?');
    expect(asked()[2]).toMatchObject({ chatId: undefined, visitor: first?.visitor });
    expect(asked()[2]?.newChatId).not.toBe(first?.newChatId);
  });

  it('is with one account: another knows nothing of it', async () => {
    const browser = newBrowser();
    await browser.ask('Of the harbor?');
    await browser.post('/@pier/chat', { question: 'Of the pier?' });
    expect(asked()[1]).toMatchObject({ account: { handle: 'pier' }, chatId: undefined });
    expect(await browser.text('/@pier/chat')).not.toContain('Of the harbor?');
  });

  it.each<[what: string, fields: Record<string, string>, words: string]>([
    ['empty', { question: '  ' }, 'Write a question first.'],
    ['none', {}, 'Write a question first.'],
    ['too long', { question: 'x'.repeat(2_345) }, 'at most 2,000 characters; yours has 2,345.'],
  ])('that is %s comes back with the reason', async (_, fields, words) => {
    const answer = await newBrowser().post(PAGE, fields);
    expect([answer.status, await pageText(answer)]).toEqual([400, expect.stringContaining(words)]);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['the budget is used up', () => new BudgetError('$1'), 429, 'as much as it may today', true],
    ['nobody works', () => new NoWorkerError('q', '10.0.0.7:7233'), 503, "can't answer just now", false],
    ['the desk has a bug', () => new TypeError('x is not a function'), 503, "couldn't answer", false],
  ])('comes back when %s', async (_, error, status, words, waits) => {
    desk.workflows.chats.answer = () => Promise.reject(error());
    const answer = await newBrowser().ask('Why two times?');
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([status, waits]);
    const html = await answer.clone().text();
    expect(html).toMatch(/<textarea[^>]*>Why two times\?<\/textarea>/);
    expect(html).not.toMatch(/10\.0\.0|not a function|\$1/);
    expect(await pageText(answer)).toContain(words);
  });

  it('comes back when they ask too often, by the page and by the API together', async () => {
    const browser = newBrowser();
    for (let n = 0; n < 21; n += 1) expect((await browser.ask('Why?')).status).toBe(303);
    const answer = await browser.ask('One more?');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
    const [Cookie = ''] = [...browser.jar].map(([key, value]) => `${key.split(' ')[0]}=${value}`);
    expect((await askApi({ question: 'Why?' }, { Cookie })).status).toBe(429);
  });

  it('from the page of another site, or under the name of another host, is refused', async () => {
    for (const foreign of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
      expect((await newBrowser().ask('Why?', foreign)).status).toBe(403);
    const place = { host: '127.0.0.1', port: Number(new URL(served.url).port) };
    const form = ['Host: evil.example', 'Origin: http://evil.example'];
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const sent = await rawHttp(place, [`POST ${PAGE} HTTP/1.1`, ...form, type], 'question=Why');
    expect(sent.status).toBe(403);
    expect((await rawHttp(place, [`GET ${PAGE} HTTP/1.1`, 'Host: evil.example'])).status).toBe(200);
    expect((await newBrowser().ask('x'.repeat(70_000))).status).toBe(413);
    expect(asked()).toEqual([]);
  });
});

describe('a conversation is shown to its browser alone', () => {
  it('two visitors at once see their own', async () => {
    const [one, other] = [newBrowser(), newBrowser()];
    await Promise.all([one.ask('Of the one?'), other.ask('Of the other?')]);
    expect(new Set(asked().map(({ visitor }) => visitor)).size).toBe(2);
    expect(new Set(asked().map(({ newChatId }) => newChatId)).size).toBe(2);
    expectShown(await one.text(), ['Of the one?'], ['Of the other?']);
    expectShown(await other.text(), ['Of the other?'], ['Of the one?']);
  });

  it('not to who knows its id, nor to who makes up or takes over half of the cookies', async () => {
    const [owner, thief] = [newBrowser(), newBrowser()];
    await owner.ask('My secret?');
    await thief.ask('Mine?');
    const keyOf = (name: string) => [...owner.jar.keys()].find((key) => key.startsWith(name))!;
    const [chat, reader] = [keyOf('copydesk_chat'), keyOf('copydesk_reader')];
    const forged = (key: string) => `${owner.jar.get(key)!.split('.')[0]}.${'a'.repeat(43)}`;
    const signed = owner.jar.get(chat)!;
    for (const value of [signed, signed.split('.')[0]!, forged(chat)]) {
      thief.jar.set(chat, value);
      expect(await thief.text()).not.toContain('My secret?');
      await thief.ask('And this?');
      expect(asked().at(-1)?.chatId).toBeUndefined();
    }
    thief.jar.set(chat, signed).set(reader, forged(reader));
    expect(await thief.text()).not.toContain('My secret?');
  });

  it('and what another visitor adds by its id stays with them', async () => {
    const owner = newBrowser();
    await owner.ask('My own?');
    const added = await askApi({ question: 'Added by the API?', chatId: asked()[0]?.newChatId });
    expect(added.status).toBe(200);
    expectShown(await owner.text(), ['My own?'], ['Added by the API?']);
  });
});

describe('a turn on its own page', () => {
  /** Asks in a new browser, and gives the address of the turn. */
  async function turnOf(question: string, handle = 'harbor'): Promise<string> {
    await newBrowser().post(`/@${handle}/chat`, { question });
    return `/@${handle}/chat/${asked().at(-1)?.newChatId}/1`;
  }

  it('shows that turn, unlisted, and the post links to it at once', async () => {
    const question = 'What does the clock say?';
    const path = await turnOf(question);
    expect(await desk.text(`/@harbor/posts/${CLOCK}`)).toContain(`<a href="${path}">${question}</a>`);
    const answer = await desk.get(path);
    expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    const head = '<meta name="robots" content="noindex"/>';
    expectShown(await answer.text(), [head, 'The sea keeps the other time.']);
    const { chatReferences } = JSON.parse(await desk.text(`/api/posts/${CLOCK}`)) as {
      chatReferences: object[];
    };
    const [chatId, at] = [path.split('/')[3], desk.now.toISOString()];
    expect(chatReferences[0]).toEqual({ chatId, question, at, url: `${DESK_URL}${path}` });
  });

  it('is for who may see the whole record', async () => {
    desk.workflows.chats.answer = () => citing(FOGHORN);
    const path = await turnOf('How loud?', 'pier');
    expect([await statusOf(path), await statusSignedIn(path)]).toEqual([404, 200]);
    const post = `/@pier/posts/${FOGHORN}`;
    expect(await desk.text(post)).not.toContain('How loud?');
    expect(await desk.textSignedIn(post)).toContain(path);
  });

  it('shows strangers nothing that no post links to', async () => {
    const browser = newBrowser();
    await browser.ask('Cited?');
    desk.workflows.chats.answer = () => NOTHING;
    await browser.ask('My illness?');
    const chat = `${PAGE}/${asked()[0]?.newChatId}`;
    expect(await statusOf(`${chat}/1`)).toBe(200);
    expect([await statusOf(`${chat}/2`), await statusSignedIn(`${chat}/2`)]).toEqual([404, 200]);
    const none = [`${chat.replace('harbor', 'pier')}/1`, `${PAGE}/NoSuchChat01/1`, `${PAGE}/%00/1`];
    const turns = ['0', '3', '1e0', '-1', '01', '99999999999', 'x'].map((turn) => `${chat}/${turn}`);
    for (const wrong of [...none, ...turns]) expect(await statusSignedIn(wrong), wrong).toBe(404);
  });

  it('has no card of a post that was taken down, and is gone with the last', async () => {
    const [gone, left] = ['GoneGoneGon1', 'LeftLeftLef1'];
    for (const id of [gone, left]) await desk.publish(samplePost(id, { title: `Title of ${id}` }));
    desk.workflows.chats.answer = () => citing(gone, left);
    const browser = newBrowser();
    await browser.ask('What?');
    const path = `${PAGE}/${asked()[0]?.newChatId}/1`;
    await desk.savePost(samplePost(gone, { status: 'unpublished' }));
    for (const shown of [await browser.text(), await pageText(desk.get(path))])
      expectShown(shown, [`Title of ${left}`], [`Title of ${gone}`]);
    await desk.savePost(samplePost(left, { status: 'unpublished' }));
    expect(await statusOf(path)).toBe(404);
    expect(await browser.text()).toContain('are no longer public');
  });
});

// What comes of one that is answered, or left: `browser.test.ts`.
it('streamed, a question is refused before it begins with a status, and a failure told of after', async () => {
  const refused = await newBrowser().ask(' ', STREAM);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/html; charset=UTF-8']);
  expect(await refused.text()).toBe('<div class="problem"><p>Write a question first.</p></div>');
  desk.workflows.chats.answer = () => Promise.reject(new NoWorkerError('q', '10.0.0.7:7233'));
  const failed = await newBrowser().ask('Why?', STREAM);
  expect(failed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const text = await failed.text();
  expect([...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)).toEqual(['state', 'problem', 'end']);
  expectShown(text, ['Try again'], ['10.0']);
});
