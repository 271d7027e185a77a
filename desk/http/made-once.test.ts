import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { madeOnce } from './made-once.js';

/** A page that is made when told, and says how often it was. */
function startDesk() {
  let count = 0;
  const begun: (() => void)[] = [];
  const app = new Hono();
  app.use(madeOnce((c) => c.req.header('Cookie') === undefined));
  app.get('/page', async (c) => {
    count += 1;
    const mine = count;
    await new Promise<void>((resolve) => begun.push(resolve));
    c.header('Cache-Control', 'no-cache');
    return c.text(`page ${mine}`);
  });
  app.get('/broken', () => {
    count += 1;
    throw new Error('broken');
  });
  app.onError((error, c) => c.text(error.message, 500));
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    ask: (headers: Record<string, string> = {}, path = '/page') => app.request(path, { headers }),
    /** Lets the page that is being made be done. */
    async finish() {
      await settle();
      begun.shift()?.();
      await settle();
    },
    count: () => count,
  };
}
const text = async (answer: Promise<Response> | Response): Promise<string> => (await answer).text();

it('makes a page once for all who ask before it is begun again, and gives nobody one that was begun before they asked', async () => {
  const desk = startDesk();
  const first = desk.ask();
  const crowd = Array.from({ length: 50 }, () => desk.ask());
  await desk.finish();
  await desk.finish();
  expect(await text(first)).toBe('page 1');
  expect(new Set(await Promise.all(crowd.map(text)))).toEqual(new Set(['page 2']));
  const later = desk.ask();
  await desk.finish();
  expect([await text(later), desk.count()]).toEqual(['page 3', 3]);
});

it('answers 304 without a body, with the headers of the page', async () => {
  const app = new Hono();
  app.use(madeOnce(() => true));
  app.get('/', (c) => c.text('same', 200, { 'Cache-Control': 'no-cache' }));
  const etag = (await app.request('/')).headers.get('ETag')!;
  const again = await app.request('/', { headers: { 'If-None-Match': etag } });
  expect([again.status, await again.text(), again.headers.get('Cache-Control')]).toEqual([
    304,
    '',
    'no-cache',
  ]);
  expect(again.headers.get('ETag')).toBe(etag);
});

it('makes an own page for who is signed in, and fails for all alike', async () => {
  const desk = startDesk();
  const [mine, yours] = [desk.ask({ Cookie: 'a' }), desk.ask({ Cookie: 'b' })];
  await desk.finish();
  await desk.finish();
  expect(await Promise.all([mine, yours].map(text))).toEqual(['page 1', 'page 2']);
  const broken = await Promise.all([desk.ask({}, '/broken'), desk.ask({}, '/broken')]);
  expect(broken.map(({ status }) => status)).toEqual([500, 500]);
});
