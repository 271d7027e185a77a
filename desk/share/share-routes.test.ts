import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import {
  DESK_URL,
  NOW,
  OPENING_MS,
  openDesk,
  TOKEN,
  type DeskUnderTest,
} from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { withoutWorker } from '../testing/workflows.js';
import { signLink } from './link-token.js';

const WAITING = 'WaitingPost1';
const OTHER = 'WaitingPost2';
const SECRET = 'a-secret-for-the-tests';
const PICTURE = `${WAITING}_hero.png`;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch(), sampleAccount({ record: 'desk' }));
  await desk.publish(samplePost('PublicPost01'));
  for (const id of [WAITING, OTHER]) {
    await desk.savePost(waitingPost(id));
    await desk.storeFile(`${id}_hero.png`, new Uint8Array([1, 2, 3]));
  }
}, OPENING_MS);
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.running.posts.clear();
});
afterAll(() => desk.close());

const share = async (id = WAITING, body: object = {}): Promise<Response> =>
  desk.app.request(`/api/posts/${id}/share`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
/** A new link's path. */
async function link(): Promise<string> {
  const { url } = (await (await share()).json()) as { url: string };
  expect(url.startsWith(`${DESK_URL}/review/`)).toBe(true);
  return url.slice(DESK_URL.length);
}
const decide = async (path: string, fields: Record<string, string>, headers = {}): Promise<Response> =>
  desk.app.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Origin: DESK_URL, ...headers },
  });
const APPROVE = { name: 'Jo', decision: 'approve' };

describe('POST /api/posts/<id>/share', () => {
  it('answers a link and its end: three days when not said', async () => {
    const { url, expiresAt } = (await (await share()).json()) as any;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8300\/review\/[\w.-]+$/);
    expect(Date.parse(expiresAt) - NOW.getTime()).toBe(3 * 86_400_000);
    const hour = (await (await share(WAITING, { expiresIn: '1h' })).json()) as any;
    expect(Date.parse(hour.expiresAt) - NOW.getTime()).toBe(3_600_000);
  });

  it.each(['59m', '31d', '0d', 'soon', '3 d', '-1d', '9999d'])('for %s is 400', async (expiresIn) => {
    const answer = await share(WAITING, { expiresIn });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { field: 'expiresIn' } });
  });

  it('of a post that does not wait is 409', async () => {
    expect((await share('PublicPost01')).status).toBe(409);
  });
});

describe('the page of a link', () => {
  it('shows its post and nothing of the desk to whoever has it', async () => {
    const path = await link();
    const answer = await desk.get(path);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    for (const shown of [
      'Why a harbor clock',
      'The sea keeps the other time',
      '#tides',
      'Core beat',
      'Approve',
    ])
      expect(page).toContain(shown);
    for (const hidden of ['$0.06', OTHER, 'gpt-6-luna', '/desk', 'maria']) expect(page).not.toContain(hidden);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(page).toContain('<meta name="robots" content="noindex"/>');
  });

  it('shows costs where the record is public anyway', async () => {
    const path = await link();
    await desk.saveBatch(sampleBatch(), sampleAccount({ record: 'public' }));
    const page = await (await desk.get(path)).text();
    await desk.saveBatch(sampleBatch(), sampleAccount({ record: 'desk' }));
    expect(page).toContain('$0.06');
  });

  it('has the pictures of its post, and no others', async () => {
    const path = await link();
    expect(await (await desk.get(path)).text()).toContain(`src="${path}/assets/${PICTURE}"`);
    const picture = await desk.get(`${path}/assets/${PICTURE}`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await desk.get(`${path}/assets/${OTHER}_hero.png`)).status).toBe(404);
    expect((await desk.get(`/assets/${PICTURE}`)).status).toBe(404);
    expect((await desk.get(`${path.slice(0, -1)}x/assets/${PICTURE}`)).status).toBe(404);
  });

  it('is not there under the name of another host', async () => {
    expect((await desk.get(await link(), { Host: 'evil.example' })).status).toBe(403);
  });
});

describe('a decision by a link', () => {
  it('is taken once, by the name that was given', async () => {
    const path = await link();
    const answer = await decide(path, { ...APPROVE, words: 'Good.' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}/done`]);
    const request = { decision: 'approve', by: 'Jo (link)', revision: 1, gate: 'publish', note: 'Good.' };
    expect(desk.workflows.told).toEqual([{ what: 'review', id: WAITING, value: request }]);
    const done = await desk.get(`${path}/done`);
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Thank you')]);

    for (const again of [await desk.get(path), await decide(path, APPROVE)]) {
      expect(again.status).toBe(410);
      expect(await again.text()).toContain('This link has been used');
    }
    expect((await desk.get(`${path}/assets/${PICTURE}`)).status).toBe(410);
    expect(desk.workflows.told).toHaveLength(1);
    expect((await desk.get(await link())).status).toBe(200);
  });

  it('of two at the same moment is one', async () => {
    const path = await link();
    const answers = await Promise.all([decide(path, APPROVE), decide(path, { ...APPROVE, name: 'Mo' })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 410]);
    expect(desk.workflows.told).toHaveLength(1);
  });

  it('is never made by a GET, a HEAD, or a form of another site', async () => {
    const path = await link();
    for (const method of ['GET', 'HEAD'])
      await desk.app.request(`${path}?name=Jo&decision=approve`, { method });
    await desk.get(`${path}/done`);
    for (const headers of [
      { Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null' },
    ])
      expect((await decide(path, APPROVE, headers)).status).toBe(403);
    expect((await desk.app.request(path, { method: 'PUT' })).status).toBe(404);
    expect(desk.workflows.told).toEqual([]);
    expect((await desk.get(path)).status).toBe(200);
  });

  it('that lacks something is asked again, with what was filled in', async () => {
    const path = await link();
    const answer = await decide(path, { name: 'Jo <b>', decision: 'reject', words: '' });
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain('Say why you reject it.');
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
    const refused = await decide(path, APPROVE);
    desk.workflows.answer = withoutWorker;
    const away = await decide(path, APPROVE);
    desk.workflows.answer = answer;
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('it has just been decided'),
    ]);
    expect([away.status, await away.text()]).toEqual([503, expect.not.stringContaining('127.0.0.1:7233')]);
    expect((await decide(path, APPROVE)).status).toBe(303);
  });
});

describe('a link that is over', () => {
  const shownFor = async (changes: Partial<ReturnType<typeof waitingPost>>): Promise<[number, string]> => {
    const path = await link();
    desk.running.posts.set(WAITING, waitingPost(WAITING, changes));
    const answers = [await desk.get(path), await decide(path, APPROVE)];
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
    expect(desk.workflows.told).toEqual([]);
    return [answers[0]!.status, await answers[0]!.text()];
  };

  it('is for another revision', async () => {
    expect(await shownFor({ revision: 2 })).toEqual([
      410,
      expect.stringContaining('the post is at revision 2 now'),
    ]);
  });

  it('is for what was decided', async () => {
    expect(await shownFor({ status: 'scheduled', gate: null })).toEqual([
      410,
      expect.stringContaining('The post is scheduled by now'),
    ]);
  });

  it('has ended', async () => {
    const expires = Math.floor(NOW.getTime() / 1_000) - 1;
    const ended = { id: 'AAAAAAAAAAAAAAAA', postId: WAITING, revision: 1, gate: 'publish', expires } as const;
    const answer = await desk.get(`/review/${signLink(ended, SECRET)}`);
    expect([answer.status, await answer.text()]).toEqual([
      410,
      expect.stringContaining('This link has ended'),
    ]);
  });
});

it('guesses are 404, then 429; a right link is taken at any time, and none is in the log', async () => {
  const path = await link();
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess += 1) {
    const token = path.replace('/review/', '').slice(0, -6) + String(100_000 + guess);
    const answer = guess % 2 ? await desk.get(`/review/${token}`) : await decide(`/review/${token}`, APPROVE);
    statuses.push(answer.status);
  }
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
  expect((await desk.get(path)).status).toBe(200);
  expect(desk.said.join('\n')).toMatch(/review link: a wrong token from/);
  expect(desk.said.join('\n')).not.toContain(path.slice(8, 40));
});
