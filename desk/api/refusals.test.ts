/** Every endpoint, asked by everybody and wrongly: what it answers is what the description of the API says. */
import { beforeAll, describe, expect, it } from 'vitest';
import { rawHttp } from '../../test/raw-http.js';
import { ENDPOINTS } from '../../contract/api/openapi.js';
import type { Endpoint } from '../../contract/api/endpoint.js';
import {
  DESK_URL,
  TOKEN,
  EDITOR_TOKEN,
  twoPeople,
  VIEWER_TOKEN,
  useDeskOverHttp,
} from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, samplePost, sampleSchedule, waitingPost } from '../testing/samples.js';
import { CHAT } from '../testing/workflows.js';
import { MOST_BYTES } from './serve.js';
import { askApi, bearer, type SentToApi } from './testing/ask-api.js';

const [PUBLIC, WAITING, BATCH] = ['PublicPost01', 'WaitingPost1', 'BatchBatch01'];
const SCHEDULE = sampleSchedule();

const { desk, served } = useDeskOverHttp({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat: CHAT }));
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
  desk.running.batches.set(BATCH, sampleBatch());
  desk.workflows.kept.set(SCHEDULE.id, SCHEDULE);
});

/** Served by the room that has the events; the others answer with documents. */
const OURS = ENDPOINTS.filter(({ id }) => id !== 'followEvents');
const POSTS = OURS.filter(({ method }) => method !== 'GET');
const byName = (endpoints: readonly Endpoint[]) => endpoints.map((one) => [one.id, one] as const);

const BODIES: Readonly<Record<string, object>> = {
  decidePost: { decision: 'approve' },
  startBatch: { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1 } },
  estimateBatch: { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1 } },
  setBatchBudget: { usd: 3 },
  resumeAfterKey: { key: 'FAL_KEY' },
  askAccount: { account: 'harbor', question: 'Why does the clock run on two times?' },
};

/** Asks an endpoint as it is meant, but for what is named. */
async function ask(endpoint: Endpoint, sent: SentToApi & { readonly id?: string } = {}) {
  const { method, path, id: name } = endpoint;
  const room = { batches: BATCH, schedules: SCHEDULE.id }[path.split('/')[2] ?? ''];
  const usual = room ?? (name === 'readPost' ? PUBLIC : WAITING);
  const query = name === 'listSlots' || name === 'listOpenQuestions' ? '?account=harbor' : '';
  const address = `${path.replace('{id}', sent.id ?? usual)}${query}`;
  return askApi(desk, method, address, { ...(method !== 'GET' && { body: BODIES[name] ?? {} }), ...sent });
}
const statusOf = async (...asked: Parameters<typeof ask>): Promise<number> => (await ask(...asked))[0];

describe.each(byName(OURS))('%s', (_name, endpoint) => {
  const { who, method } = endpoint;

  it('lets in whom it is for', async () => {
    const refused = who === 'everybody' ? 200 : 401;
    expect(await statusOf(endpoint, { headers: {} })).toBe(refused);
    // After ten wrong tokens in a minute it is 429.
    expect([refused, 429]).toContain(await statusOf(endpoint, { headers: bearer('wrong') }));
    desk.workflows.told.length = 0;
    const [viewer, document] = await ask(endpoint, { headers: bearer(VIEWER_TOKEN) });
    if (who !== 'editor') return expect([200, 201]).toContain(viewer);
    const message = "jo reads and does not decide: a viewer's token";
    expect([viewer, document.error.message, desk.workflows.told]).toEqual([403, message, []]);
  });

  it('is refused to the page of another site, whatever it brings', async () => {
    for (const token of [TOKEN, EDITOR_TOKEN, VIEWER_TOKEN])
      for (const Origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
        expect(await statusOf(endpoint, { headers: { ...bearer(token), Origin } })).toBe(403);
    const crossing = await statusOf(endpoint, { headers: { ...bearer(), 'Sec-Fetch-Site': 'cross-site' } });
    // A link from elsewhere may be followed.
    expect(crossing).toBe(method === 'GET' ? 200 : 403);
  });
});

it.each(byName(OURS.filter(({ path }) => path.includes('{id}'))))(
  '%s of what there is not is 404',
  async (_name, endpoint) => {
    for (const id of ['NoSuchThing1', 'nonsense', '%00', '%ED%A0%80', '..%2F..'])
      expect(await statusOf(endpoint, { id }), id).toBe(404);
  },
);

describe.each(byName(POSTS))('%s', (_name, endpoint) => {
  it('takes JSON alone, and no more than it has to', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(await statusOf(endpoint, { headers: { ...bearer(), 'Content-Type': type } }), type).toBe(415);
    for (const body of ['{', '[]', 'null', '"text"', '5', '\ufeff'])
      expect(await statusOf(endpoint, { body }), body).toBe(400);
    const body = { ...BODIES[endpoint.id], more: 'x'.repeat(MOST_BYTES) };
    expect(await statusOf(endpoint, { body })).toBe(413);
  });

  it('ignores what it does not know, and takes null for what is left out', async () => {
    const body = { ...BODIES[endpoint.id], note: null, unheard: { of: [] } };
    expect([200, 201, 409]).toContain(await statusOf(endpoint, { body }));
  });
});

it.each(byName(POSTS.filter(({ id }) => !/^(?:share|start|estimate|ask|change|duplicate)/.test(id))))(
  '%s is by nobody whose name is none',
  async (_name, endpoint) => {
    for (const by of ['', 'a\nb', 5, 'x'.repeat(101)]) {
      const [status, { error }] = await ask(endpoint, { body: { ...BODIES[endpoint.id], by } });
      expect([status, error.field], String(by)).toEqual([400, 'by']);
    }
  },
);

it('a body that is far too large is answered over the wire, and the connection lives', async () => {
  for (const bytes of [300_000, 3_000_000]) {
    const answer = await fetch(`${served.url}/api/posts/${WAITING}/decisions`, {
      method: 'POST',
      headers: { ...bearer(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ decision: 'reject', reason: 'x'.repeat(bytes) }),
    });
    const message = `The body is larger than the ${MOST_BYTES} bytes that are taken`;
    expect([answer.status, await answer.json()]).toEqual([413, { error: { message } }]);
  }
});

it('an address in the name of another host is 403', async () => {
  const port = Number(new URL(served.url).port);
  for (const line of ['GET /api/openapi.json', `POST /api/posts/${WAITING}/decisions`, 'POST /api/chats']) {
    const lines = [`${line} HTTP/1.1`, 'Host: evil.example', `Authorization: Bearer ${TOKEN}`];
    expect((await rawHttp({ host: '127.0.0.1', port }, lines)).status).toBe(403);
  }
});

it('the form of a page of the desk itself may ask, with the cookie of its person', async () => {
  const fields = { token: VIEWER_TOKEN };
  const signIn = await desk.postSignedIn('/desk/sign-in', fields, { Authorization: '' });
  const Cookie = String(signIn.headers.get('set-cookie')).split(';')[0]!;
  const [list, decide] = ['listPosts', 'decidePost'].map((name) => OURS.find(({ id }) => id === name)!);
  expect(await statusOf(list!, { headers: { Cookie, Origin: DESK_URL } })).toBe(200);
  expect(await statusOf(decide!, { headers: { Cookie, Origin: DESK_URL } })).toBe(403);
  expect(await statusOf(list!, { headers: { Cookie, Origin: 'https://evil.example' } })).toBe(403);
});
