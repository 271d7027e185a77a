import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMastodon, type MastodonStandIn } from './stand-in.js';

const MINUTE = 60_000;

let standIn: MastodonStandIn;
let picture: Uint8Array<ArrayBuffer>;
beforeEach(async () => {
  standIn = await startMastodon();
  const square = { width: 8, height: 8, channels: 3, background: '#456' } as const;
  picture = Uint8Array.from(await sharp({ create: square }).png().toBuffer());
});
afterEach(() => standIn.close());

async function call(path: string, init: RequestInit = {}, token = standIn.token) {
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as object) };
  const answer = await fetch(standIn.url + path, { ...init, headers });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}
const post = (status: object, key?: string) =>
  call('/api/v1/statuses', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    body: JSON.stringify(status),
  });
const upload = (bytes = picture, type = 'image/png') => {
  const body = new FormData();
  body.append('file', new File([bytes], 'a.png', { type }));
  body.append('description', 'A square');
  return call('/api/v2/media', { method: 'POST', body });
};

const TOO_LONG = 'Validation failed: Text character limit of 500 exceeded';

describe('the stand-in of an instance', () => {
  it('makes one status of a key for an hour', async () => {
    const first = await post({ status: 'One' }, 'k');
    expect((await post({ status: 'Two' }, 'k')).body).toEqual(first.body);
    expect((await post({ status: 'One' }, 'other')).body.id).not.toBe(first.body.id);
    standIn.control.pass(61 * MINUTE);
    expect((await post({ status: 'One' }, 'k')).body.id).not.toBe(first.body.id);
    expect(standIn.statuses()).toHaveLength(3);
  });

  it('processes files in its own time, and takes no status with an unfinished one', async () => {
    standIn.control.setLooks(2);
    const { status, body } = await upload();
    expect([status, body.url]).toEqual([202, null]);
    const error = 'Cannot attach files that have not finished processing. Try again in a moment!';
    const unfinished = await post({ status: 'One', media_ids: [body.id] });
    expect(unfinished).toMatchObject({ status: 422, body: { error } });
    const looks = [await call(`/api/v1/media/${body.id}`), await call(`/api/v1/media/${body.id}`)];
    expect(looks.map((look) => look.status)).toEqual([206, 200]);
    const { body: written } = await post({ status: 'One', media_ids: [body.id] });
    expect(written.media_attachments).toMatchObject([{ description: 'A square' }]);
    expect((await post({ status: 'Two', media_ids: [body.id] })).status, 'once only').toBe(422);
  });

  it.each([
    [{ status: '' }, "Validation failed: Text can't be blank"],
    [{ status: 'a'.repeat(501) }, TOO_LONG],
    [{ status: `${'a'.repeat(476)} https://a.example/${'b'.repeat(300)}` }, null],
    [{ status: `${'a'.repeat(477)} https://a.example/b` }, TOO_LONG],
    [{ status: `${'a'.repeat(495)} @ash@a.example` }, null],
    [{ status: '👨‍👩‍👧‍👦'.repeat(500) }, null],
    [{ status: 'a', media_ids: ['7'] }, 'Media 7 not found or already attached to another post'],
    [{ status: 'a', media_ids: ['1', '2', '3', '4', '5'] }, 'Cannot attach more than 4 files'],
  ])('holds to the limits of a status: %j', async (status, problem) => {
    expect((await post(status)).body.error ?? null).toBe(problem);
  });

  it('holds to the limits of files', async () => {
    expect((await upload(picture, 'text/plain')).body.error).toMatch(/content type is invalid/);
    expect((await upload(new Uint8Array(9))).status).toBe(422);
    standIn.control.setLimits({ imagePixels: 63 });
    expect((await upload()).body.error).toBe('8x8 images are not supported');
    standIn.control.setLimits({ imageBytes: 10 });
    expect((await upload()).body.error).toMatch(/must be less than 10 bytes/);
  });

  it('says when a limit on calls is lifted', async () => {
    standIn.control.setLimits({ uploads: 1 });
    await upload();
    const { status, headers } = await upload();
    expect(status).toBe(429);
    const lifted = Date.parse(headers.get('x-ratelimit-reset') ?? '') - Date.now();
    expect(lifted).toBeGreaterThan(29 * MINUTE);
    standIn.control.pass(lifted + 1_000);
    expect((await upload()).status).toBe(200);
  });

  it('lists the newest first, in pages, and deletes for good', async () => {
    for (let number = 1; number <= 5; number += 1) await post({ status: `Number ${number}` });
    const { id } = (await call('/api/v1/accounts/verify_credentials')).body;
    const first = await call(`/api/v1/accounts/${id}/statuses?limit=3`);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!;
    const rest = await call(next.slice(standIn.url.length));
    expect([...first.body, ...rest.body].map(({ content }) => content)).toEqual(
      [5, 4, 3, 2, 1].map((number) => `<p>Number ${number}</p>`),
    );
    expect(rest.headers.get('link')).toBeNull();
    const remove = () => call(`/api/v1/statuses/${first.body[0].id}`, { method: 'DELETE' });
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 404]);
  });

  it('lets nobody in with another token', async () => {
    expect((await call('/api/v1/accounts/verify_credentials', {}, 'other')).status).toBe(401);
  });
});
