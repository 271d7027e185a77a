import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPENING_MS, openDesk, type DeskUnderTest } from './testing/desk-under-test.js';
import { samplePost, waitingPost } from './testing/samples.js';

const ID = 'PublicClip01';
const WAITING = 'WaitingPost1';
const CLIP = new TextEncoder().encode('0123456789');

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  const files = { [`${ID}_hero.png`]: new Uint8Array([1, 2, 3]), [`${ID}_video.mp4`]: CLIP };
  await desk.publish(samplePost(ID, { contentFormat: 'video', body: null }), files);
  await desk.storeFile(`${ID}_hero_2.png`, new Uint8Array([9]));
  await desk.savePost(waitingPost(WAITING));
  await desk.storeFile(`${WAITING}_hero.png`, new Uint8Array([4]));
}, OPENING_MS);
afterAll(() => desk.close());

const clip = (headers: Record<string, string> = {}): Promise<Response> =>
  desk.get(`/assets/${ID}_video.mp4`, headers);

describe('a public asset', () => {
  it('comes whole, with its type, and may be kept for good', async () => {
    const picture = await desk.get(`/assets/${ID}_hero.png`);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect([...new Uint8Array(await picture.arrayBuffer())]).toEqual([1, 2, 3]);
    expect((await clip()).headers.get('content-type')).toBe('video/mp4');
  });

  it('comes in ranges', async () => {
    const part = await clip({ Range: 'bytes=2-4' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(part.headers.get('content-length')).toBe('3');
    expect(await part.text()).toBe('234');
    expect(await (await clip({ Range: 'bytes=-2' })).text()).toBe('89');
  });

  it('refuses a range outside of the file', async () => {
    const answer = await clip({ Range: 'bytes=10-' });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */10');
  });

  it('is not sent again to who has it', async () => {
    const etag = (await clip()).headers.get('etag') as string;
    const again = await clip({ 'If-None-Match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await clip({ Range: 'bytes=2-4', 'If-Range': etag })).status).toBe(206);
    expect((await clip({ Range: 'bytes=2-4', 'If-Range': '"another"' })).status).toBe(200);
  });

  it('answers HEAD with its size and no bytes', async () => {
    const answer = await desk.app.request(`/assets/${ID}_video.mp4`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe('10');
    expect(await answer.text()).toBe('');
  });
});

describe('what is not public', () => {
  it.each([`${WAITING}_hero.png`, `${ID}_hero_2.png`])('%s is for the signed-in', async (asset) => {
    expect((await desk.get(`/assets/${asset}`)).status).toBe(404);
    const shown = await desk.getSignedIn(`/assets/${asset}`);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('cache-control')).toContain('private');
  });

  it.each([
    'UpkTZ26nc9Eb_hero.png',
    `${ID}_hero.jpg`,
    `${ID}_hero.png.exe`,
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/package.json',
  ])('%s is not there', async (asset) => {
    expect((await desk.getSignedIn(`/assets/${asset}`)).status).toBe(404);
  });
});
