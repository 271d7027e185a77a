import { randomBytes, randomInt } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newId } from '../../contract/ids.js';
import { startMastodon, type MastodonFault, type MastodonStandIn } from '../../offline/mastodon/stand-in.js';
import { AssetMissing } from '../assets/assets.js';
import { failure } from '../testing/failure.js';
import { MastodonPublisher, type MastodonOptions } from './mastodon.js';
import type { Edition } from './publisher.js';
import { noise } from '../assets/testing/noise.js';
import { publisherContract, type Stage } from './testing/contract.js';
import { sampleEdition } from './testing/sample-edition.js';
import type { Target } from '../../contract/account.js';

const DESK = 'https://desk.example';
/** More than a test's posts would otherwise be allowed. */
const ROOM = { requests: 10_000, uploads: 1_000, deletions: 1_000 };
const CLIP = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), randomBytes(20_000)]);

let picture: Uint8Array;
beforeAll(async () => {
  picture = await noise(300, 200).png().toBuffer();
});

const read = (name: string): Promise<Uint8Array> => {
  if (name.endsWith('_hero.png')) return Promise.resolve(picture);
  return name.endsWith('.mp4') ? Promise.resolve(CLIP) : Promise.reject(new AssetMissing(name));
};
const edition = (change: Partial<Edition> = {}): Edition => {
  const postId = newId(randomInt);
  const text = `A clock of brass, number ${postId}.\n\n#clocks\n\n${DESK}/@ashtalksai/posts/${postId}`;
  return sampleEdition(postId, { text, at: new Date().toISOString(), ...change });
};

const targetOf = ({ url }: MastodonStandIn): Target => ({
  ...{ kind: 'mastodon', name: 'fediverse' },
  settings: { instance: url, token: 'ASH_TOKEN' },
});

/** A publisher of a stand-in, and how it waits. */
function worker(standIn: MastodonStandIn, options: Partial<MastodonOptions> = {}) {
  const waits: number[] = [];
  const publisher = new MastodonPublisher({
    ...{ assets: { read }, url: DESK, now: () => new Date(), allowPrivate: true },
    env: { ASH_TOKEN: standIn.token },
    pause: (ms) => Promise.resolve(void waits.push(ms)),
    ...options,
  });
  return { publisher, target: targetOf(standIn), waits };
}

publisherContract('Mastodon', openStage);

async function openStage(): Promise<Stage> {
  const standIn = await startMastodon({ limits: ROOM });
  const { control, token } = standIn;
  const env: Record<string, string | undefined> = { ASH_TOKEN: token };
  return {
    ...worker(standIn, { env }),
    edition: () => Promise.resolve(edition()),
    count: (postId) => Promise.resolve(standIn.statuses().filter(({ text }) => text.includes(postId)).length),
    twoRevisions: 2,
    faults: {
      loseAnswer: () => control.fail({ on: 'status', kind: 'drop-after' }),
      answer: (status, resetAfterSeconds) =>
        control.fail({
          ...{ on: 'status', kind: 'status', status },
          ...(resetAfterSeconds === undefined ? {} : { resetAfterSeconds }),
        }),
      goAway: () => control.goAway(),
      credential: {
        secret: token,
        variable: 'ASH_TOKEN',
        remove() {
          delete env['ASH_TOKEN'];
          return () => (env['ASH_TOKEN'] = token);
        },
        withdraw() {
          control.setWithdrawn(true);
          return () => control.setWithdrawn(false);
        },
      },
    },
    close: () => standIn.close(),
  };
}

describe('a status', () => {
  let standIn: MastodonStandIn;
  beforeAll(async () => {
    standIn = await startMastodon({ limits: ROOM });
  });
  afterEach(() => {
    standIn.control.clear();
    standIn.control.setLooks(0);
    standIn.control.setLimits({ imageBytes: 16_777_216, imagePixels: 33_177_600, videoBytes: 103_809_024 });
  });
  afterAll(() => standIn.close());

  const open = (options: Partial<MastodonOptions> = {}) => worker(standIn, options);
  const publish = (given: Edition, options: Partial<MastodonOptions> = {}) => {
    const { publisher, target } = open(options);
    return publisher.publish(given, target);
  };
  const standsFor = ({ postId }: Edition) => standIn.statuses().filter(({ text }) => text.includes(postId));

  it('is what was approved, public, in its language, with the picture and its alt text', async () => {
    const given = edition({ language: 'pt-BR' });
    const { url } = await publish(given);
    const [status] = standsFor(given);
    expect(status).toMatchObject({
      ...{ text: given.text, language: 'pt', visibility: 'public' },
      media: [{ mimeType: 'image/png', description: 'A clock above a harbour' }],
    });
    expect(Buffer.from(status!.media[0]!.bytes).equals(picture)).toBe(true);
    expect(url).toBe(`${standIn.url}/@ash/${status!.id}`);
  });

  it('has what fits of a post that nobody fitted', async () => {
    const given = edition({ text: null });
    await publish(given);
    const link = `${DESK}/@ashtalksai/posts/${given.postId}`;
    expect(standsFor(given)[0]?.text).toBe(`A clock of brass.\n\n#clocks #brass\n\n${link}`);
  });

  it('waits until its clip, which goes without its first frame, is processed', async () => {
    const given = edition();
    standIn.control.setLooks(3);
    const { publisher, target, waits } = open();
    await publisher.publish({ ...given, assets: [...given.assets, `${given.postId}_video.mp4`] }, target);
    expect(waits).toEqual([2_000, 2_000, 2_000]);
    const { media } = standsFor(given)[0]!;
    expect(media.map(({ mimeType }) => mimeType)).toEqual(['video/mp4']);
    expect(Buffer.from(media[0]!.bytes).equals(CLIP)).toBe(true);
  });

  it('is sent again, under the same key, while the instance still says that a file is not processed', async () => {
    const given = edition();
    const body = { error: 'Cannot attach files that have not finished processing. Try again in a moment!' };
    standIn.control.fail({ on: 'status', kind: 'status', status: 422, body, times: 2 });
    const { publisher, target, waits } = open();
    await publisher.publish(given, target);
    expect(waits).toHaveLength(2);
    expect(standsFor(given)).toHaveLength(1);
  });

  it('whose file is never processed is worth another try', async () => {
    standIn.control.setLooks(1_000);
    const given = edition();
    expect(await failure(publish(given))).toMatchObject({ outcome: 'later', type: 'Target.Processing' });
    expect(standsFor(given)).toEqual([]);
  });

  it('is not written by an attempt that was given up meanwhile', async () => {
    const given = edition();
    const giveUp = new AbortController();
    standIn.control.setLooks(1);
    const { publisher, target } = open({ pause: async () => giveUp.abort() });
    const error = await failure(publisher.publish(given, target, giveUp.signal));
    expect(error).toMatchObject({ outcome: 'later', type: 'Target.GivenUp' });
    expect(standsFor(given)).toEqual([]);
  });

  it('has its picture brought under the limits of the instance', async () => {
    standIn.control.setLimits({ imageBytes: 20_000, imagePixels: 10_000 });
    const given = edition();
    await publish(given);
    const { media } = standsFor(given)[0]!;
    const { width, height } = await sharp(media[0]!.bytes).metadata();
    expect(media[0]).toMatchObject({ mimeType: 'image/jpeg' });
    expect([media[0]!.bytes.length <= 20_000, width * height <= 10_000]).toEqual([true, true]);
  });

  it.each([
    [{ videoBytes: 10_000 }, '_video.mp4', 'Target.TooLarge', /more than 10,000 bytes/],
    [{ imageBytes: 100 }, '_hero.png', 'Target.TooLarge', /100 bytes/],
    [{}, '_hero_2.png', 'Target.NoFile', /No such asset/],
  ])('whose file can not go is for a person to mend: %j %s', async (limits, asset, type, message) => {
    standIn.control.setLimits(limits);
    const given = edition();
    const error = await failure(publish({ ...given, assets: [given.postId + asset] }));
    expect(error).toMatchObject({ name: 'TargetFailure', outcome: 'refused', type });
    expect(error.message).toMatch(message);
    expect(standsFor(given)).toEqual([]);
  });

  it('that is too long is for a person to mend, in the words of the instance', async () => {
    const error = await failure(publish(edition({ text: 'a'.repeat(501) })));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.TooLong' });
    const words = 'answered 422: Validation failed: Text character limit of 500 exceeded';
    expect(error.message).toBe(`${new URL(standIn.url).host} ${words}`);
  });

  const answered = (status: number, body?: string | object) => ({ kind: 'status', status, body }) as const;
  const BEFORE: readonly MastodonFault[] = [
    { on: 'account', ...answered(503) },
    { on: 'list', ...answered(500) },
    { on: 'list', ...answered(200, '<html>Log in</html>') },
    // Where nobody can tell what stands there.
    ...[{}, [{}], [{ created_at: 'soon', content: 7 }], [null]].map(
      (body) => ({ on: 'list', ...answered(200, body) }) as const,
    ),
    { on: 'instance', kind: 'drop-after' },
    { on: 'media', kind: 'drop-before' },
    { on: 'media', kind: 'drop-after' },
    { on: 'media', ...answered(502, '<html><title>502 Bad Gateway</title></html>') },
    { on: 'media', ...answered(429), resetAfterSeconds: 900 },
  ];
  it.each(BEFORE)('that failed before it was sent is worth another try: %o', async (fault) => {
    standIn.control.fail(fault);
    const given = edition();
    expect(await failure(publish(given))).toMatchObject({ name: 'TargetFailure', outcome: 'later' });
    expect(standsFor(given)).toEqual([]);
    await publish(given);
    expect(standsFor(given)).toHaveLength(1);
  });

  const found = { target: 'fediverse', url: expect.any(String), at: expect.any(String), removedAt: null };
  it.each([
    [{ kind: 'drop-before' }, 'unknown', 'Target.NoAnswer', null],
    [{ kind: 'drop-after' }, 'unknown', 'Target.NoAnswer', found],
    [answered(504, '<title>504</title>'), 'unknown', 'Target.Server', null],
    [answered(200, '<p>Hello</p>'), 'unknown', 'Target.NoAnswer', null],
    [answered(408), 'later', 'Target.NoAnswer', null],
    [answered(403), 'refused', 'Target.SignIn', null],
    [answered(404), 'refused', 'Target.Address', null],
    [answered(301, ''), 'refused', 'Target.Address', null],
    [answered(422, { error: 'Validation failed' }), 'refused', 'Target.Refused', null],
  ] as const)('that failed when it was sent: %o is %s', async (fault, outcome, type, left) => {
    standIn.control.fail({ on: 'status', ...fault });
    const given = edition();
    expect(await failure(publish(given))).toMatchObject({ name: 'TargetFailure', outcome, type });
    const { publisher, target } = open();
    expect(await publisher.find(given, target)).toEqual(left);
    await publish(given);
    expect(standsFor(given)).toHaveLength(1);
  });

  it.each([
    {},
    { url: null, uri: 7 },
    { url: 'javascript:alert(1)', created_at: '2026-11-26T09:00:00Z' },
    { url: `https://a.example/${'a'.repeat(3_000)}` },
    { url: 'nowhere' },
    [],
  ])('that is answered with what is no status may stand there: %.60j', async (body) => {
    standIn.control.fail({ on: 'status', ...answered(200, body) });
    const error = await failure(publish(edition()));
    expect(error).toMatchObject({ name: 'TargetFailure', outcome: 'unknown', type: 'Target.NoAnswer' });
  });

  it('asked again after an hour, when its key is forgotten, is the same', async () => {
    const given = edition();
    const first = await publish(given);
    standIn.control.pass(2 * 3_600_000);
    expect(await publish(given)).toEqual(first);
    expect(standsFor(given)).toHaveLength(1);
  });

  it('waits for as long as the instance says, from its own limit', async () => {
    const { publisher, target } = worker(await opened({ limits: { uploads: 1 } }));
    await publisher.publish(edition(), target);
    const error = await failure(publisher.publish(edition(), target));
    expect(error).toMatchObject({ outcome: 'later', type: 'Target.RateLimit' });
    expect(error.retryAfterSeconds).toBeGreaterThan(29 * 60);
  });

  it('goes to public instances only, unless that is allowed', async () => {
    const error = await failure(publish(edition(), { allowPrivate: false }));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.Address' });
    expect(error.message).toContain('COPYDESK_ALLOW_PRIVATE=1');
  });

  it.each([
    ['', 'ASH_TOKEN is not set for this worker'],
    [' \n', 'ASH_TOKEN is not set for this worker'],
    ['two\nlines of a token', 'ASH_TOKEN has characters that are in no token'],
  ])('is not sent with a token that is none: %j', async (ASH_TOKEN, message) => {
    const error = await failure(publish(edition(), { env: { ASH_TOKEN } }));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.SignIn', message });
  });

  it('waits for a store that is away, which is not the instance', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const given = edition();
    const error = await failure(publish(given, { assets: { read: () => Promise.reject(away) } }));
    const message = `${given.postId}_hero.png can't be read: connect ECONNREFUSED`;
    expect(error).toMatchObject({ outcome: 'later', type: 'Target.NoFile', message });
  });

  it('has its account and its limits told, also with a token that a file gave a line end', async () => {
    const { publisher, target } = open({ env: { ASH_TOKEN: `${standIn.token}\n` } });
    expect(await publisher.check(target)).toEqual({
      as: `@ash@${new URL(standIn.url).host}`,
      limits: ['500 characters', 'pictures up to 16 MB', 'clips up to 99 MB'],
    });
  });
});

/** An instance of a test's own. */
async function opened(options: Parameters<typeof startMastodon>[0]): Promise<MastodonStandIn> {
  const standIn = await startMastodon(options);
  onTestFinished(() => standIn.close());
  return standIn;
}

it('a server whose addresses say nothing of ids deletes the status at the address, and no other', async () => {
  const standIn = await opened({ flavour: 'other' });
  const { publisher, target } = worker(standIn);
  const [given, kept] = [edition({ assets: [] }), edition({ assets: [] })];
  const publication = await publisher.publish(given, target);
  await publisher.publish(kept, target);
  for (let times = 0; times < 2; times += 1) await publisher.unpublish(given.postId, publication, target);
  expect(standIn.statuses().map(({ text }) => text)).toEqual([kept.text]);
});

describe('GoToSocial, which ignores the key', () => {
  it('has one status of an attempt that Temporal gave up while a file was processed, and of the next', async () => {
    const standIn = await opened({ flavour: 'gotosocial', limits: ROOM });
    const given = edition();
    let asleepMs = 0;
    const { publisher, target } = worker(standIn, {
      now: () => new Date(Date.now() + asleepMs),
      async pause() {
        standIn.control.setLooks(0);
        await worker(standIn).publisher.publish(given, target);
        asleepMs = 25_000;
      },
    });
    standIn.control.setLooks(1);
    const publication = await publisher.publish(given, target);
    expect(standIn.statuses()).toMatchObject([{ text: given.text }]);
    expect(publication.url).toContain(standIn.statuses()[0]!.id);
  });

  it('has one status after an answer that was lost, and after any number of attempts', async () => {
    const standIn = await opened({ flavour: 'gotosocial', limits: ROOM });
    const { publisher, target } = worker(standIn);
    const given = edition();
    for (let others = 0; others < 3; others += 1) await publisher.publish(edition(), target);
    standIn.control.fail({ on: 'status', kind: 'drop-after' });
    await failure(publisher.publish(given, target));
    for (let others = 0; others < 45; others += 1) await publisher.publish(edition({ assets: [] }), target);
    const found = await publisher.find(given, target);
    expect(found?.url).toMatch(/\/@ash\/statuses\/\d+$/);
    expect(await publisher.publish(given, target)).toEqual(found);
    await publisher.unpublish(given.postId, found!, target);
    expect(await publisher.find(given, target)).toBeNull();
    expect(standIn.statuses()).toHaveLength(48);
  });
});
