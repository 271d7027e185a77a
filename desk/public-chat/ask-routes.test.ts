/** The page on which an account is asked, and the pages of single turns, over HTTP: what works without scripts, and who sees what. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BudgetError, NoWorkerError } from '../../client/errors.js';
import { rawHttp } from '../../test/raw-http.js';
import type { ServedDesk } from '../serve.js';
import { NOTHING } from '../testing/chats.js';
import { DESK_URL, OPENING_MS, type DeskUnderTest } from '../testing/desk-under-test.js';
import { pageText } from '../testing/page-text.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';
import { useServedDesk } from '../testing/use-served-desk.js';

const CHAT = { enabled: true, dailyBudget: 1_000_000_000 };
const [CLOCK, TIDES, FOGHORN] = ['ClockClock01', 'TidesTides01', 'FoghornFog01'] as const;
const PAGE = '/@harbor/chat';

let desk: DeskUnderTest;
let served: ServedDesk;
useServedDesk((opened) => ({ desk, served } = opened));
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat: CHAT }));
  await desk.publish(samplePost(CLOCK));
  await desk.publish(samplePost(TIDES, { title: 'The Tide Table', publishedAt: '2026-05-12T09:00:00.000Z' }));
  const pier = sampleAccount({ handle: 'pier', name: 'Pier', record: 'desk', chat: CHAT });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  await desk.publish(samplePost(FOGHORN, { account: 'pier', batchId: 'BatchBatch02' }));
  for (const handle of ['quay', 'quiet'])
    await desk.writeAccount(
      handle,
      accountFileText(sampleAccount({ handle, name: handle, chat: handle === 'quay' ? CHAT : null })),
    );
}, OPENING_MS);

const citing =
  (...ids: readonly string[]) =>
  () => ({
    ...{ answer: 'The sea keeps the other time.', outcome: 'answered' as const, offline: false },
    citations: ids.map((postId) => ({ postId, title: 'x', url: `${DESK_URL}/@harbor/posts/${postId}` })),
  });
beforeEach(() => {
  // Each test has a minute of its own.
  desk.now = new Date(desk.now.getTime() + 120_000);
  desk.workflows.chats.asked.length = 0;
  desk.workflows.chats.answer = citing(CLOCK, TIDES);
});

/** A browser without scripts: it keeps cookies by name and path, sends forms and follows redirects. */
function newBrowser() {
  const jar = new Map<string, string>();
  const keep = (answer: Response): Response => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...rest] = line.split('; ');
      const path = /^Path=(.*)$/m.exec(rest.join('\n'))?.[1] ?? '/';
      const [name = '', value = ''] = pair.split('=');
      if (/Max-Age=0/.test(line)) jar.delete(`${name} ${path}`);
      else jar.set(`${name} ${path}`, value);
    }
    return answer;
  };
  const cookies = (address: string): Record<string, string> => {
    const sent = [...jar].flatMap(([key, value]) => {
      const [name, path = ''] = key.split(' ');
      return address.startsWith(path) ? [`${name}=${value}`] : [];
    });
    return sent.length > 0 ? { Cookie: sent.join('; ') } : {};
  };
  const browser = {
    jar,
    get: async (path: string) => keep(await desk.get(path, cookies(path))),
    post: async (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      keep(
        await desk.app.request(path, {
          method: 'POST',
          body: new URLSearchParams(fields),
          headers: { Origin: DESK_URL, ...cookies(path), ...headers },
        }),
      ),
    ask: (question: string, headers: Record<string, string> = {}) =>
      browser.post(PAGE, { question }, headers),
  };
  return browser;
}
const asked = () => desk.workflows.chats.asked;

describe('who is asked', () => {
  it('an account that answers readers, from its page, its posts and its chat', async () => {
    for (const path of ['/@harbor', `/@harbor/posts/${CLOCK}`])
      expect(await (await desk.get(path)).text(), path).toContain(
        `<a class="ask-link" href="${PAGE}">Ask @harbor</a>`,
      );
    const page = await desk.get(PAGE);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(page.headers.get('set-cookie')).toBeNull();
    const text = await pageText(page);
    expect(text).toContain('Ask Harbor Notes');
    expect(text).toContain('What is “The Tide Table” about?');
    expect(text).toContain('Why a harbor clock runs on two times?');
  });

  it('no other: its page is not there, and nothing leads to it', async () => {
    for (const path of ['/@quiet/chat', '/@nobody/chat', '/@%00/chat', '/@Quiet/chat']) {
      expect((await desk.get(path)).status, path).toBe(404);
      expect((await newBrowser().post(path, { question: 'Why?' })).status, path).toBe(404);
      expect((await newBrowser().post(`${path}/new`)).status, path).toBe(404);
    }
    expect(await (await desk.get('/@quiet')).text()).not.toContain('Ask @');
    expect(asked()).toEqual([]);
  });

  it('not one whose file is gone, though its batch kept it', async () => {
    await desk.writeAccount('pier', null);
    expect((await desk.get('/@pier/chat')).status).toBe(404);
    expect(await (await desk.get('/@pier')).text()).not.toContain('Ask @');
    const pier = { handle: 'pier', name: 'Pier', record: 'desk', chat: CHAT } as const;
    await desk.writeAccount('pier', accountFileText(sampleAccount(pier)));
  });

  it('one without posts says so, and has no field', async () => {
    const html = await (await desk.get('/@quay/chat')).text();
    expect(html).toContain('has published nothing yet');
    expect(html).not.toContain('<textarea');
  });
});

describe('a question without scripts', () => {
  it('is answered on the same page, with the posts as cards', async () => {
    const browser = newBrowser();
    const answer = await browser.ask(' Why two times?\r\nReally? ');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PAGE}#turn-1`]);
    expect(asked()[0]?.question).toBe('Why two times?\nReally?');
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const html = await (await browser.get(PAGE)).text();
    expect(html).toContain('The sea keeps the other time.');
    expect(html).toContain(`href="/@harbor/posts/${CLOCK}"`);
    expect(html).toContain(`<img src="/assets/${TIDES}_hero.png?w=240"`);
    expect(html).not.toContain('offline sample');
  });

  it('continues the conversation of its browser, until it starts over', async () => {
    const browser = newBrowser();
    await browser.ask('First?');
    expect((await browser.ask('Second?')).headers.get('location')).toBe(`${PAGE}#turn-2`);
    const [first, second] = asked();
    expect(second).toMatchObject({ chatId: first?.newChatId, visitor: first?.visitor });
    expect(await pageText(browser.get(PAGE))).toMatch(/First\?.*Second\?/);

    expect((await browser.post(`${PAGE}/new`)).headers.get('location')).toBe(PAGE);
    expect(await pageText(browser.get(PAGE))).not.toMatch(/First\?|Second\?/);
    await browser.ask('Third?');
    expect(asked()[2]).toMatchObject({ chatId: undefined, visitor: first?.visitor });
    expect(asked()[2]?.newChatId).not.toBe(first?.newChatId);
  });

  it('is with one account: another knows nothing of it', async () => {
    const browser = newBrowser();
    await browser.ask('Of the harbor?');
    await browser.post('/@pier/chat', { question: 'Of the pier?' });
    expect(asked()[1]).toMatchObject({ account: { handle: 'pier' }, chatId: undefined });
    expect(await pageText(browser.get('/@pier/chat'))).not.toContain('Of the harbor?');
  });

  it('says where a stand-in answered, and where nothing was found', async () => {
    const browser = newBrowser();
    desk.workflows.chats.answer = () => ({ ...citing(CLOCK)(), offline: true });
    await browser.ask('Why?');
    expect(await pageText(browser.get(PAGE))).toContain('offline sample');
    desk.workflows.chats.answer = () => NOTHING;
    await browser.ask('And the moon?');
    expect(await pageText(browser.get(PAGE))).toMatch(/And the moon\?.*I haven't written about that\./);
  });

  it.each([
    ['empty', { question: '  ' }, 400, 'Write a question first.'],
    ['none', {}, 400, 'Write a question first.'],
    ['too long', { question: 'x'.repeat(2_345) }, 400, 'at most 2,000 characters; yours has 2,345.'],
  ])('that is %s comes back with the reason', async (_, fields, status, words) => {
    const answer = await newBrowser().post(PAGE, fields as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(await pageText(answer)).toContain(words);
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
    expect(await pageText(answer)).toContain(words);
    expect(html).not.toMatch(/10\.0\.0|not a function|\$1/);
  });

  it('comes back when they ask too often, by the page and by the API together', async () => {
    const browser = newBrowser();
    await browser.ask('1?');
    for (let n = 0; n < 20; n += 1) await browser.ask('Why?');
    const answer = await browser.ask('One more?');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
    const [Cookie] = [...browser.jar].map(([key, value]) => `${key.split(' ')[0]}=${value}`);
    const byApi = await desk.app.request('/api/chats', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: Cookie! },
      body: JSON.stringify({ account: 'harbor', question: 'Why?' }),
    });
    expect(byApi.status).toBe(429);
  });

  it('from the page of another site, or under the name of another host, is refused', async () => {
    expect((await newBrowser().ask('Why?', { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await newBrowser().ask('Why?', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
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
    expect(await pageText(one.get(PAGE))).not.toContain('Of the other?');
    expect(await pageText(other.get(PAGE))).not.toContain('Of the one?');
  });

  it('not to who knows its id, nor to who makes up or takes over half of the cookies', async () => {
    const [owner, thief] = [newBrowser(), newBrowser()];
    await owner.ask('My secret?');
    await thief.ask('Mine?');
    const chatKey = [...owner.jar.keys()].find((key) => key.startsWith('copydesk_chat'))!;
    const signed = owner.jar.get(chatKey)!;
    for (const value of [signed, signed.split('.')[0]!, `${signed.split('.')[0]}.${'a'.repeat(43)}`]) {
      thief.jar.set(chatKey, value);
      expect(await pageText(thief.get(PAGE))).not.toContain('My secret?');
    }
  });

  it('and what another visitor adds by its id stays with them', async () => {
    const owner = newBrowser();
    await owner.ask('My own?');
    const chatId = asked()[0]?.newChatId;
    const added = await desk.app.request('/api/chats', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ account: 'harbor', question: 'Added by the API?', chatId }),
    });
    expect(added.status).toBe(200);
    const text = await pageText(owner.get(PAGE));
    expect(text).toContain('My own?');
    expect(text).not.toContain('Added by the API?');
  });
});

describe('a turn on its own page', () => {
  /** Asks in a new browser, and gives the address of the turn. */
  async function turnOf(question: string, handle = 'harbor'): Promise<string> {
    const before = asked().length;
    await newBrowser().post(`/@${handle}/chat`, { question });
    return `/@${handle}/chat/${asked()[before]?.newChatId}/1`;
  }

  it('shows that turn, unlisted, and the post links to it at once', async () => {
    const path = await turnOf('What does the clock say?');
    const post = await (await desk.get(`/@harbor/posts/${CLOCK}`)).text();
    expect(post).toContain(`<a href="${path}">What does the clock say?</a>`);
    const answer = await desk.get(path);
    expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    const html = await answer.text();
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).toContain('The sea keeps the other time.');
    const { chatReferences } = (await (await desk.get(`/api/posts/${CLOCK}`)).json()) as any;
    expect(chatReferences[0]).toEqual({
      ...{ chatId: path.split('/')[3], question: 'What does the clock say?', at: desk.now.toISOString() },
      url: `${DESK_URL}${path}`,
    });
  });

  it('is for who may see the whole record', async () => {
    desk.workflows.chats.answer = citing(FOGHORN);
    const path = await turnOf('How loud?', 'pier');
    expect((await desk.get(path)).status).toBe(404);
    expect((await desk.getSignedIn(path)).status).toBe(200);
    const post = `/@pier/posts/${FOGHORN}`;
    expect(await (await desk.get(post)).text()).not.toContain('How loud?');
    expect(await (await desk.getSignedIn(post)).text()).toContain(path);
  });

  it('shows strangers nothing that no post links to', async () => {
    const browser = newBrowser();
    await browser.ask('Cited?');
    desk.workflows.chats.answer = () => NOTHING;
    await browser.ask('My illness?');
    const path = (turn: number | string) => `${PAGE}/${asked()[0]?.newChatId}/${turn}`;
    expect((await desk.get(path(1))).status).toBe(200);
    expect((await desk.get(path(2))).status).toBe(404);
    expect((await desk.getSignedIn(path(2))).status).toBe(200);
    for (const wrong of [0, 3, '1e0', '-1', '01', '99999999999', 'x'])
      expect((await desk.getSignedIn(path(wrong))).status, String(wrong)).toBe(404);
    expect((await desk.get(`/@pier/chat/${asked()[0]?.newChatId}/1`)).status).toBe(404);
    expect((await desk.get(`${PAGE}/NoSuchChat01/1`)).status).toBe(404);
    expect((await desk.get(`${PAGE}/%00/1`)).status).toBe(404);
  });

  it('has no card of a post that was taken down, and is gone with the last', async () => {
    const [gone, left] = ['GoneGoneGon1', 'LeftLeftLef1'];
    for (const id of [gone, left]) await desk.publish(samplePost(id, { title: `Title of ${id}` }));
    desk.workflows.chats.answer = citing(gone, left);
    const browser = newBrowser();
    await browser.ask('What?');
    const path = `${PAGE}/${asked()[0]?.newChatId}/1`;
    await desk.savePost(samplePost(gone, { status: 'unpublished' }));
    for (const shown of [await pageText(browser.get(PAGE)), await pageText(desk.get(path))]) {
      expect(shown).not.toContain(`Title of ${gone}`);
      expect(shown).toContain(`Title of ${left}`);
    }
    await desk.savePost(samplePost(left, { status: 'unpublished' }));
    expect((await desk.get(path)).status).toBe(404);
    expect(await pageText(browser.get(PAGE))).toContain('are no longer public');
  });
});

describe('streamed', () => {
  const STREAM = { Accept: 'text/event-stream' };
  const events = (text: string) =>
    [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name, data]) => [name, JSON.parse(data!)]);

  it('tells the states, the answer as HTML, and its end', async () => {
    const browser = newBrowser();
    let finish: () => void = () => undefined;
    desk.workflows.chats.answer = () =>
      new Promise(
        (resolve) => (finish = () => resolve({ ...citing(CLOCK)(), answer: '<b>Bold</b>\n\n</script>' })),
      );
    const answer = await browser.ask('Why <i>two</i>?', STREAM);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('writing')) text += (await reader.read()).value ?? '';
    finish();
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
    expect(events(text).map(([name]) => name)).toEqual(['state', 'state', 'answer', 'end']);
    const [, , [, { html }]] = events(text) as [unknown, unknown, [string, { html: string }]];
    expect(html).toContain('&lt;b&gt;Bold&lt;/b&gt;');
    expect(html).toContain('Why &lt;i&gt;two&lt;/i&gt;?');
    expect(html).toContain('<article class="turn" id="turn-1">');
    // The cookies came with the head, before the answer: the conversation is the browser's.
    expect(await pageText(browser.get(PAGE))).toContain('Why &lt;i&gt;two');
  });

  it('is answered and kept when its reader leaves', async () => {
    const browser = newBrowser();
    let finish: () => void = () => undefined;
    desk.workflows.chats.answer = () => new Promise((resolve) => (finish = () => resolve(citing(CLOCK)())));
    const answer = await browser.ask('Left?', STREAM);
    await answer.body!.cancel();
    finish();
    await expect.poll(() => pageText(browser.get(PAGE))).toContain('Left?');
  });

  it('refuses before it begins with a status, and tells of a failure after', async () => {
    const refused = await newBrowser().ask(' ', STREAM);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/html; charset=UTF-8']);
    expect(await refused.text()).toBe('<div class="problem"><p>Write a question first.</p></div>');
    desk.workflows.chats.answer = () => Promise.reject(new NoWorkerError('q', '10.0.0.7:7233'));
    const failed = events(await (await newBrowser().ask('Why?', STREAM)).text());
    expect(failed.map(([name]) => name)).toEqual(['state', 'problem', 'end']);
    expect(failed[1]?.[1].html).toContain('Try again');
    expect(failed[1]?.[1].html).not.toContain('10.0');
  });
});
