import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import { askApi } from '../api/testing/ask-api.js';
import { DESK_URL, NOW, useDesk } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { withoutWorker } from '../testing/workflows.js';

const [WAITING, OTHER] = ['WaitingPost1', 'WaitingPost2'];
const PICTURE = `${WAITING}_hero.png`;

const desk = useDesk();
const keepRecord = (record: 'desk' | 'public') => desk.saveBatch(sampleBatch(), sampleAccount({ record }));
beforeAll(async () => {
  await keepRecord('desk');
  await desk.publish(samplePost('PublicPost01'));
  for (const id of [WAITING, OTHER]) {
    await desk.savePost(waitingPost(id));
    await desk.storeFile(`${id}_hero.png`, new Uint8Array([1, 2, 3]));
  }
});
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.running.posts.clear();
});

const share = (id = WAITING, body: object = {}) => askApi(desk, 'POST', `/api/posts/${id}/share`, { body });
/** A new link's path. */
async function link(): Promise<string> {
  const [, { url }] = await share();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8300\/review\/[\w.-]+$/);
  return String(url).slice(DESK_URL.length);
}
const APPROVE = { name: 'Jo', decision: 'approve' };
const decide = (path: string, fields: Record<string, string> = APPROVE, headers = {}): Promise<Response> =>
  desk.postSignedIn(path, fields, { Authorization: '', ...headers });
const containing = (text: string): string => expect.stringContaining(text) as string;
const said = async (answer: Response): Promise<[number, string]> => [answer.status, await answer.text()];

describe('POST /api/posts/<id>/share', () => {
  it.each([
    [{}, 3 * 24],
    [{ expiresIn: '1h' }, 1],
    [{ expiresIn: '30d' }, 30 * 24],
  ])('with %j answers a link that ends after %i hours', async (body, hours) => {
    const [, { expiresAt }] = await share(WAITING, body);
    expect(Date.parse(String(expiresAt)) - NOW.getTime()).toBe(hours * 3_600_000);
  });

  it.each(['59m', '31d', '0d', 'soon', '3 d', '-1d', '9999d'])('for %s is 400', async (expiresIn) => {
    const [status, { error }] = await share(WAITING, { expiresIn });
    expect([status, error.field]).toEqual([400, 'expiresIn']);
  });

  it('of a post that does not wait is 409', async () => {
    expect((await share('PublicPost01'))[0]).toBe(409);
  });
});

describe('the page of a link', () => {
  it('shows its post and nothing of the desk to whoever has it', async () => {
    const answer = await desk.get(await link());
    const page = await answer.text();
    expect(answer.status).toBe(200);
    const post = ['Why a harbor clock', 'The sea keeps the other time', '#tides', 'Core beat', 'Approve'];
    for (const shown of [...post, '<meta name="robots" content="noindex"/>']) expect(page).toContain(shown);
    for (const hidden of ['$0.06', OTHER, 'gpt-6-luna', '/desk', 'maria']) expect(page).not.toContain(hidden);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'same-origin',
    });
  });

  it('shows costs where the record is public anyway', async () => {
    const path = await link();
    await keepRecord('public');
    const page = await (await desk.get(path)).text();
    await keepRecord('desk');
    expect(page).toContain('$0.06');
    // The one file of its record that is shown, where whoever has the link finds it.
    expect(page).toContain(`<a href="${path}/assets/${PICTURE}">${PICTURE}</a>`);
    expect(page).not.toContain('href="/assets/');
  });

  it('has the pictures of its post, and no others', async () => {
    const path = await link();
    expect(await (await desk.get(path)).text()).toContain(`src="${path}/assets/${PICTURE}"`);
    const picture = await desk.get(`${path}/assets/${PICTURE}`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    const changed = `${path.slice(0, -1)}x/assets/${PICTURE}`;
    for (const other of [`${path}/assets/${OTHER}_hero.png`, `/assets/${PICTURE}`, changed])
      expect((await desk.get(other)).status, other).toBe(404);
  });
});

describe('a decision by a link', () => {
  it('is taken once, by the name that was given', async () => {
    const path = await link();
    const answer = await decide(path, { ...APPROVE, words: 'Good.' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}/done`]);
    const request = { decision: 'approve', by: 'Jo (link)', revision: 1, gate: 'publish', note: 'Good.' };
    expect(desk.workflows.told).toEqual([{ what: 'review', id: WAITING, value: request }]);
    expect(await said(await desk.get(`${path}/done`))).toEqual([200, containing('Thank you')]);
    for (const again of [await desk.get(path), await decide(path)])
      expect(await said(again)).toEqual([410, containing('This link has been used')]);
    expect((await desk.get(`${path}/assets/${PICTURE}`)).status).toBe(410);
    expect(desk.workflows.told).toHaveLength(1);
    expect((await desk.get(await link())).status).toBe(200);
  });

  it('of two at the same moment is one', async () => {
    const path = await link();
    const answers = await Promise.all([decide(path), decide(path, { ...APPROVE, name: 'Mo' })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410]);
    expect(desk.workflows.told).toHaveLength(1);
  });

  it('is never made by a GET, a HEAD, or a form of another site', async () => {
    const path = await link();
    for (const method of ['GET', 'HEAD'])
      await desk.app.request(`${path}?name=Jo&decision=approve`, { method });
    await desk.get(`${path}/done`);
    const elsewhere = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const headers of elsewhere) expect((await decide(path, APPROVE, headers)).status).toBe(403);
    expect((await desk.app.request(path, { method: 'PUT' })).status).toBe(404);
    expect(desk.workflows.told).toEqual([]);
    expect((await desk.get(path)).status).toBe(200);
  });

  it('that lacks something is asked again, with what was filled in', async () => {
    const path = await link();
    const [status, page] = await said(await decide(path, { name: 'Jo <b>', decision: 'reject', words: '' }));
    expect([status, page]).toEqual([400, containing('Say why you reject it.')]);
    expect(page).toContain('value="Jo &lt;b&gt;"');
    expect((await decide(path, { ...APPROVE, words: 'x'.repeat(100_000) })).status).toBe(413);
    expect(desk.workflows.told).toEqual([]);
  });

  it('that the post refuses, or that nobody takes, leaves the link as it was', async () => {
    const path = await link();
    const { answer } = desk.workflows;
    desk.workflows.answer = () => {
      throw new RefusedError(`post ${WAITING}: it has just been decided`);
    };
    const refused = await said(await decide(path));
    desk.workflows.answer = withoutWorker;
    const away = await said(await decide(path));
    desk.workflows.answer = answer;
    expect(refused).toEqual([409, containing('it has just been decided')]);
    expect(away).toEqual([503, expect.not.stringContaining('127.0.0.1:7233')]);
    expect((await decide(path)).status).toBe(303);
  });
});

// What else ends one, `link.test.ts` tells.
it('a link is over for a post that was revised meanwhile', async () => {
  const path = await link();
  desk.running.posts.set(WAITING, waitingPost(WAITING, { revision: 2 }));
  expect(await said(await desk.get(path))).toEqual([410, containing('the post is at revision 2 now')]);
  expect((await decide(path)).status).toBe(410);
  expect(desk.workflows.told).toEqual([]);
});

it('a link is over after its time', async () => {
  const path = await link();
  desk.now = new Date(NOW.getTime() + 3 * 86_400_000);
  const answer = await desk.get(path);
  desk.now = NOW;
  expect(await said(answer)).toEqual([410, containing('This link has ended')]);
});

it('guesses are 404, then 429; a right link is taken at any time, and none is in the log', async () => {
  const path = await link();
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess += 1) {
    const wrong = path.slice(0, -6) + String(100_000 + guess);
    statuses.push((guess % 2 ? await desk.get(wrong) : await decide(wrong)).status);
  }
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
  expect((await desk.get(path)).status).toBe(200);
  expect(desk.said.join('\n')).toMatch(/review link: a wrong token from/);
  expect(desk.said.join('\n')).not.toContain(path.slice(8, 40));
});
