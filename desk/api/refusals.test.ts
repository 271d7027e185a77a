/** Every endpoint, asked by everybody and wrongly: what it answers is what the description of the API says. */
import { beforeAll, describe, expect, it } from 'vitest';
import { rawHttp } from '../../test/raw-http.js';
import { ENDPOINTS } from '../../contract/api/endpoints.js';
import { refusalsOf, type Endpoint } from '../../contract/api/endpoint.js';
import { errorDocument } from '../../contract/api/documents.js';
import type { ServedDesk } from '../serve.js';
import { DESK_URL, OPENING_MS, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { EDITOR_TOKEN, twoPeople, VIEWER_TOKEN } from '../testing/people.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { useServedDesk } from '../testing/use-served-desk.js';
import { MOST_BYTES } from './sent.js';

const PUBLIC = 'PublicPost01';
const WAITING = 'WaitingPost1';
const BATCH = 'BatchBatch01';
const UNKNOWN = 'NoSuchThing1';

let desk: DeskUnderTest;
let served: ServedDesk;
useServedDesk((opened) => ({ desk, served } = opened), { people: twoPeople() });
beforeAll(async () => {
  const chat = { enabled: true, dailyBudget: 1_000_000_000 };
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat }));
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
  desk.running.batches.set(BATCH, sampleBatch());
}, OPENING_MS);

/** Served by the room that has the events; the others answer with documents. */
const OURS = ENDPOINTS.filter(({ id }) => id !== 'followEvents');
const POSTS = OURS.filter(({ method }) => method === 'POST');
const WITH_ID = OURS.filter(({ path }) => path.includes('{id}'));

const BODIES: Readonly<Record<string, object>> = {
  decidePost: { decision: 'approve' },
  startBatch: { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1 } },
  estimateBatch: { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1 } },
  setBatchBudget: { usd: 3 },
  askAccount: { account: 'harbor', question: 'Why does the clock run on two times?' },
};
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const addressOf = ({ path, id: name }: Endpoint, id?: string): string => {
  const usual = path.startsWith('/api/batches') ? BATCH : name === 'readPost' ? PUBLIC : WAITING;
  const query = name === 'listSlots' || name === 'listOpenQuestions' ? '?account=harbor' : '';
  return `${path.replace('{id}', id ?? usual)}${query}`;
};

interface Sent {
  readonly headers?: Record<string, string>;
  readonly id?: string;
  readonly body?: string;
}

/** Asks an endpoint as it is meant, but for what is named. Every refusal has the form of an error, and a documented status. */
async function ask(endpoint: Endpoint, { headers = {}, id, body }: Sent = {}): Promise<[number, any]> {
  const isPost = endpoint.method === 'POST';
  const answer = await desk.app.request(addressOf(endpoint, id), {
    method: endpoint.method,
    headers: { ...(isPost && { 'Content-Type': 'application/json' }), ...headers },
    ...(isPost && { body: body ?? JSON.stringify(BODIES[endpoint.id] ?? {}) }),
  });
  const document = await answer.json();
  const documented = [endpoint.answer.status, ...refusalsOf(endpoint)];
  expect(documented, `${endpoint.id}: ${JSON.stringify(document)}`).toContain(answer.status);
  if (answer.status >= 400) {
    expect(Object.keys(document as object)).toEqual(['error']);
    expect(errorDocument.safeParse(document).success).toBe(true);
    expect((document as any).error.message).not.toMatch(/\n/);
  }
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return [answer.status, document];
}
const statusOf = async (endpoint: Endpoint, sent?: Sent): Promise<number> => (await ask(endpoint, sent))[0];

describe.each(OURS.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_name, endpoint) => {
  const { who } = endpoint;

  it('lets in whom it is for', async () => {
    const refused = who === 'everybody' ? 200 : 401;
    expect(await statusOf(endpoint)).toBe(refused);
    // After ten wrong tokens in a minute it is 429.
    expect([refused, 429]).toContain(await statusOf(endpoint, { headers: bearer('wrong') }));
    const viewer = await statusOf(endpoint, { headers: bearer(VIEWER_TOKEN) });
    if (who === 'editor') expect(viewer).toBe(403);
    else expect([200, 201]).toContain(viewer);
  });

  it('is refused to the page of another site, whatever it brings', async () => {
    for (const token of [TOKEN, EDITOR_TOKEN, VIEWER_TOKEN])
      for (const Origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
        expect(await statusOf(endpoint, { headers: { ...bearer(token), Origin } })).toBe(403);
  });
});

it.each(WITH_ID.map((endpoint) => [endpoint.id, endpoint] as const))(
  '%s of what there is not is 404',
  async (_name, endpoint) => {
    for (const id of [UNKNOWN, 'nonsense', '%00', '..%2F..'])
      expect(await statusOf(endpoint, { id, headers: bearer(TOKEN) }), id).toBe(404);
  },
);

describe.each(POSTS.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_name, endpoint) => {
  const headers = bearer(TOKEN);

  it('takes JSON alone', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(await statusOf(endpoint, { headers: { ...headers, 'Content-Type': type } }), type).toBe(415);
    for (const body of ['{', '[]', 'null', '"text"', '5', '\ufeff'])
      expect(await statusOf(endpoint, { headers, body }), body).toBe(400);
  });

  it('takes no more than it has to', async () => {
    const body = JSON.stringify({ ...BODIES[endpoint.id], more: 'x'.repeat(MOST_BYTES) });
    expect(await statusOf(endpoint, { headers, body })).toBe(413);
  });

  it('ignores what it does not know, and takes null for what is left out', async () => {
    const body = JSON.stringify({ ...BODIES[endpoint.id], note: null, unheard: { of: [] } });
    expect([200, 201, 409]).toContain(await statusOf(endpoint, { headers, body }));
  });
});

it.each(
  POSTS.filter(({ id }) => !/^(?:share|start|estimate|ask)/.test(id)).map((one) => [one.id, one] as const),
)('%s is by nobody whose name is none', async (_name, endpoint) => {
  for (const by of ['', 'a\nb', 5, 'x'.repeat(101)]) {
    const body = JSON.stringify({ ...BODIES[endpoint.id], by });
    const [status, { error }] = await ask(endpoint, { headers: bearer(TOKEN), body });
    expect([status, error.field], String(by)).toEqual([400, 'by']);
  }
});

it('a body that is far too large is answered over the wire, and the connection lives', async () => {
  for (const bytes of [300_000, 3_000_000]) {
    const answer = await fetch(`${served.url}/api/posts/${WAITING}/decisions`, {
      method: 'POST',
      headers: { ...bearer(TOKEN), 'Content-Type': 'application/json' },
      body: JSON.stringify({ decision: 'reject', reason: 'x'.repeat(bytes) }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { error: { message: `The body is larger than the ${MOST_BYTES} bytes that are taken` } },
    ]);
  }
});

it('an address in the name of another host is 403', async () => {
  const port = Number(new URL(served.url).port);
  for (const line of ['GET /api/openapi.json', `POST /api/posts/${WAITING}/decisions`]) {
    const lines = [`${line} HTTP/1.1`, 'Host: evil.example', `Authorization: Bearer ${TOKEN}`];
    expect((await rawHttp({ host: '127.0.0.1', port }, lines)).status).toBe(403);
  }
});

it('the form of a page of the desk itself may ask, with the cookie of its person', async () => {
  const signIn = await desk.app.request('/desk/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ token: VIEWER_TOKEN }),
    headers: { Origin: DESK_URL },
  });
  const Cookie = String(signIn.headers.get('set-cookie')).split(';')[0]!;
  const list = OURS.find(({ id }) => id === 'listPosts')!;
  const decide = OURS.find(({ id }) => id === 'decidePost')!;
  expect(await statusOf(list, { headers: { Cookie, Origin: DESK_URL } })).toBe(200);
  expect(await statusOf(decide, { headers: { Cookie, Origin: DESK_URL } })).toBe(403);
  expect(await statusOf(list, { headers: { Cookie, Origin: 'https://evil.example' } })).toBe(403);
});
