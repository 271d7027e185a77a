import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { samplePost, waitingPost } from '../testing/samples.js';

const ID = 'PublicClip01';
const WAITING = 'WaitingPost1';
const WIDE = 'PublicPost01_hero.png';
const PRIVATE = 'PrivatePost1_hero.png';
const CLIP = new TextEncoder().encode('0123456789');

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  const files = { [`${ID}_hero.png`]: new Uint8Array([1, 2, 3]), [`${ID}_video.mp4`]: CLIP };
  await desk.publish(samplePost(ID, { contentFormat: 'video', body: null }), files);
  await desk.storeFile(`${ID}_hero_2.png`, new Uint8Array([9]));
  const wide = await sharp({ create: { width: 800, height: 400, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  await desk.publish(samplePost('PublicPost01'), { [WIDE]: wide });
  await desk.storeFile(PRIVATE, wide);
  await desk.savePost(waitingPost(WAITING));
  await desk.storeFile(`${WAITING}_hero.png`, new Uint8Array([4]));
}, OPENING_MS);
afterAll(() => desk.close());

const clip = (headers: Record<string, string> = {}): Promise<Response> =>
  desk.get(`/assets/${ID}_video.mp4`, headers);

describe('a public asset', () => {
  it('comes whole, with its type, and may be kept for minutes: its post may be taken back', async () => {
    const picture = await desk.get(`/assets/${ID}_hero.png`);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toBe('public, max-age=300');
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

describe('a picture that is shown small', () => {
  const small = (width: number | string, headers: Record<string, string> = {}, asset = WIDE) =>
    desk.get(`/assets/${asset}?w=${width}`, headers);

  it('comes in a few widths, may be kept for minutes, and is not sent again to who has it', async () => {
    const answer = await small(240);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ width: 240, height: 120 });
    const etag = answer.headers.get('etag') as string;
    expect((await small(240, { 'If-None-Match': etag })).status).toBe(304);
    expect((await small(480)).headers.get('etag')).not.toBe(etag);
    const head = await desk.app.request(`/assets/${WIDE}?w=240`, { method: 'HEAD' });
    expect([head.headers.get('content-length'), await head.text()]).toEqual([
      answer.headers.get('content-length'),
      '',
    ]);
  });

  it.each(['241', '0', '-240', '240.0', '1e3', '99999999'])('does not come %s wide', async (width) => {
    expect((await small(width)).status).toBe(404);
  });

  it('is for whoever may see the picture', async () => {
    expect((await small(240, {}, PRIVATE)).status).toBe(404);
    const shown = await desk.getSignedIn(`/assets/${PRIVATE}?w=240`);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect(shown.headers.get('cache-control')).toMatch(/^private/);
    // Now that it is made.
    expect((await small(240, {}, PRIVATE)).status).toBe(404);
  });

  it('is none of a clip, and the whole of what can not be made smaller, which is not kept as that', async () => {
    expect((await small(240, {}, `${ID}_video.mp4`)).status).toBe(404);
    const whole = await small(240, {}, `${ID}_hero.png`);
    expect(whole.headers.get('cache-control')).toBe('no-cache');
    expect([...new Uint8Array(await whole.arrayBuffer())]).toEqual([1, 2, 3]);
    expect((await desk.getSignedIn('/assets/UpkTZ26nc9Eb_hero.png?w=240')).status).toBe(404);
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
