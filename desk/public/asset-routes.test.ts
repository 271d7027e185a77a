import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainPicture, useDesk } from '../testing/use-desk.js';
import { samplePost, waitingPost } from '../testing/samples.js';

const ID = 'PublicClip01';
const [HERO, OTHER, CLIP] = [`${ID}_hero.png`, `${ID}_hero_2.png`, `${ID}_video.mp4`];
const WAITING = 'WaitingPost1_hero.png';
const WIDE = 'PublicPost01_hero.png';
const PRIVATE = 'PrivatePost1_hero.png';
const NOWHERE = 'UpkTZ26nc9Eb_hero.png';

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  const files = { [HERO]: new Uint8Array([1, 2, 3]), [CLIP]: new TextEncoder().encode('0123456789') };
  await desk.publish(samplePost(ID, { contentFormat: 'video', body: null }), files);
  await desk.storeFile(OTHER, new Uint8Array([9]));
  const wide = await plainPicture(800, 400);
  await desk.publish(samplePost('PublicPost01'), { [WIDE]: wide });
  await desk.storeFile(PRIVATE, wide);
  await desk.savePost(waitingPost('WaitingPost1'));
  await desk.storeFile(WAITING, new Uint8Array([4]));
});

const get = (asset: string, headers: Record<string, string> = {}) => desk.get(`/assets/${asset}`, headers);
const head = (asset: string) => desk.app.request(`/assets/${asset}`, { method: 'HEAD' });
const bytesOf = async (answer: Response) => [...new Uint8Array(await answer.arrayBuffer())];

describe('a public asset', () => {
  it('comes whole, with its type, and may be kept for minutes: its post may be taken back', async () => {
    const picture = await get(HERO);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toBe('public, max-age=300');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await bytesOf(picture)).toEqual([1, 2, 3]);
    expect((await get(CLIP)).headers.get('content-type')).toBe('video/mp4');
  });

  it.each([
    ['bytes=2-4', 206, 'bytes 2-4/10', '3', '234'],
    ['bytes=10-', 416, 'bytes */10', null, 'No such range'],
  ])('comes in ranges: %s', async (Range, status, range, length, text) => {
    const part = await get(CLIP, { Range });
    expect(part.status).toBe(status);
    expect(part.headers.get('content-range')).toBe(range);
    expect(part.headers.get('content-length')).toBe(length);
    expect(await part.text()).toBe(text);
  });

  it('is not sent again to who has it', async () => {
    const etag = (await get(CLIP)).headers.get('etag')!;
    const again = await get(CLIP, { 'If-None-Match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get(CLIP, { Range: 'bytes=2-4', 'If-Range': etag })).status).toBe(206);
    expect((await get(CLIP, { Range: 'bytes=2-4', 'If-Range': '"another"' })).status).toBe(200);
  });

  it('answers HEAD with its size and no bytes', async () => {
    const answer = await head(CLIP);
    const length = answer.headers.get('content-length');
    expect([answer.status, length, await answer.text()]).toEqual([200, '10', '']);
  });
});

describe('a picture that is shown small', () => {
  it('comes in a few widths, may be kept for minutes, and is not sent again to who has it', async () => {
    const small = `${WIDE}?w=240`;
    const answer = await get(small);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ width: 240, height: 120 });
    const [etag, length] = [answer.headers.get('etag')!, answer.headers.get('content-length')];
    expect((await get(small, { 'If-None-Match': etag })).status).toBe(304);
    expect((await get(`${WIDE}?w=480`)).headers.get('etag')).not.toBe(etag);
    const bare = await head(small);
    expect([bare.headers.get('content-length'), await bare.text()]).toEqual([length, '']);
  });

  it.each(['241', '0', '-240', '240.0', '1e3', '99999999'])('does not come %s wide', async (width) => {
    expect((await get(`${WIDE}?w=${width}`)).status).toBe(404);
  });

  it('is for whoever may see the picture', async () => {
    expect((await get(`${PRIVATE}?w=240`)).status).toBe(404);
    const shown = await desk.getSignedIn(`/assets/${PRIVATE}?w=240`);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect(shown.headers.get('cache-control')).toMatch(/^private/);
    // Now that it is made.
    expect((await get(`${PRIVATE}?w=240`)).status).toBe(404);
  });

  it('is none of a clip, and the whole of what can not be made smaller, which is not kept as that', async () => {
    expect((await get(`${CLIP}?w=240`)).status).toBe(404);
    const whole = await get(`${HERO}?w=240`);
    expect(whole.headers.get('cache-control')).toBe('no-cache');
    expect(await bytesOf(whole)).toEqual([1, 2, 3]);
    expect((await desk.getSignedIn(`/assets/${NOWHERE}?w=240`)).status).toBe(404);
  });
});

it.each([WAITING, OTHER])('what is not public, %s, is for the signed-in', async (asset) => {
  expect((await get(asset)).status).toBe(404);
  const shown = await desk.getSignedIn(`/assets/${asset}`);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('cache-control')).toContain('private');
});

it.each([NOWHERE, `${ID}_hero.jpg`, `${HERO}.exe`, '..%2f..%2fetc%2fpasswd', '%2e%2e/package.json'])(
  '%s is not there',
  async (asset) => expect((await desk.getSignedIn(`/assets/${asset}`)).status).toBe(404),
);
