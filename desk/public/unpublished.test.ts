import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { samplePost } from '../testing/samples.js';

const GONE = 'GonePost0001';
const STAYS = 'StaysPost001';
const page = (id: string): string => `/@harbor/posts/${id}`;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  for (const id of [GONE, STAYS]) await desk.publish(samplePost(id, { title: `Title of ${id}` }));
  const at = '2026-06-01T09:00:00.000Z';
  await desk.archive.records.unpublishPost({ postId: GONE, by: 'maria', reason: 'a wrong figure', at });
  await desk.archive.records.saveRemoval(GONE, { target: 'feed', removedAt: at, reason: null });
}, OPENING_MS);
afterAll(() => desk.close());

describe('a post that was taken back', () => {
  it('is gone for strangers, page and picture, while others stay', async () => {
    const answer = await desk.get(page(GONE));
    expect(answer.status).toBe(410);
    expect(await answer.text()).not.toContain('Title of');
    expect((await desk.get(`/assets/${GONE}_hero.png`)).status).toBe(410);
    expect((await desk.get(`/api/posts/${GONE}`)).status).toBe(404);
    expect((await desk.get(page(STAYS))).status).toBe(200);
    expect((await desk.get(`/assets/${STAYS}_hero.png`)).status).toBe(200);
  });

  it('was never at another address, and a post that never was out is not gone', async () => {
    expect((await desk.get(`/@pier/posts/${GONE}`)).status).toBe(404);
    expect((await desk.get(page('NoSuchPost01'))).status).toBe(404);
    expect((await desk.get('/assets/NoSuchPost01_hero.png')).status).toBe(404);
  });

  it.each(['/@harbor', '/@harbor/feed.xml', '/@harbor/feed.json'])('is not on %s', async (path) => {
    const text = await (await desk.get(path)).text();
    expect(text).toContain(`Title of ${STAYS}`);
    expect(text).not.toContain(GONE);
  });

  it('is there for the signed-in at the desk, with its record: who took it back, why and when', async () => {
    const answer = await desk.getSignedIn(`/desk/posts/${GONE}`);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect((await desk.getSignedIn(page(GONE))).status).toBe(410);
    for (const words of ['unpublished', 'maria', 'a wrong figure', 'deleted', 'Title of'])
      expect(text).toContain(words);
    expect((await desk.getSignedIn(`/assets/${GONE}_hero.png`)).status).toBe(200);
    expect(await (await desk.getSignedIn(`/api/posts/${GONE}`)).json()).toMatchObject({
      status: 'unpublished',
      publications: [{ target: 'feed', removedAt: '2026-06-01T09:00:00.000Z' }],
    });
  });
});
