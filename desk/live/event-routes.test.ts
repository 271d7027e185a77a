import { beforeAll, expect, it } from 'vitest';
import { serveDesk } from '../serve.js';
import { TOKEN, useDeskOverHttp } from '../testing/use-desk.js';
import { waitingPost } from '../testing/samples.js';

const { desk, served } = useDeskOverHttp();
beforeAll(() => desk.saveBatch());

/** Reads a stream of events until its text holds all that is wanted. */
async function readUntil(answer: Response, ...wanted: string[]): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (wanted.every((part) => text.includes(part))) return text;
  }
  throw new Error(`the stream ended: ${text}`);
}

const bearer = { Authorization: `Bearer ${TOKEN}` };
const listen = (headers = {}, { url } = served) =>
  fetch(`${url}/api/events`, { headers: { ...bearer, ...headers } });

it('is for the signed-in alone', async () => {
  expect((await desk.get('/api/events')).status).toBe(401);
});

it('tells of a post and its batch as soon as they are saved, over HTTP', async () => {
  const answer = await listen();
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await desk.savePost(waitingPost('LivePost0001', { title: 'A title\nwith a line of its own\u202e\u009b' }));
  const text = await readUntil(answer, '"LivePost0001"', 'event: batch');
  expect(text).toMatch(/^retry: \d+\n\n/);
  const [, id, data = ''] = /event: post\nid: (\S+)\ndata: (.*LivePost0001.*)\n\n/.exec(text) ?? [];
  expect(Date.parse(id!)).not.toBeNaN();
  expect(data).not.toMatch(/[\u202e\u009b]/);
  expect(JSON.parse(data)).toMatchObject({ id: 'LivePost0001', status: 'awaiting_approval' });
});

it('tells who comes back what was missed', async () => {
  const answer = await listen({ 'Last-Event-ID': '2020-01-01T00:00:00.000Z' });
  await readUntil(answer, '"LivePost0001"');
});

it('ends when the desk is closed', async () => {
  const own = await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 });
  const answer = await listen({}, own);
  const ended = answer.text().catch(() => 'broken off');
  await own.close();
  expect(await ended).toBeDefined();
});

it('answers HEAD without a listener', async () => {
  const answer = await desk.app.request('/api/events', { method: 'HEAD', headers: bearer });
  expect([answer.status, answer.body]).toEqual([200, null]);
});
