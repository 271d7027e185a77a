/** Against a real server of the AT protocol: what is published is read back there. */
import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../contract/ids.js';
import { bluesky } from '../../contract/targets/bluesky.js';
import type { Target } from '../../contract/account.js';
import { makeClip } from '../../test/aimock/front.js';
import { PDS_OPENING_MS, startPds, type PostRecord, type TestAccount, type TestPds } from '../../test/pds.js';
import { FileAssets } from '../assets/files.js';
import { box } from '../assets/testing/boxes.js';
import { noise } from '../assets/testing/noise.js';
import { failure } from '../testing/failure.js';
import { tempFolder } from '../testing/temp-folder.js';
import { BlueskyPublisher, type BlueskyOptions } from './bluesky.js';
import { ChangeRefused, type Edition } from './publisher.js';
import { publisherContract, type Stage } from './testing/contract.js';
import type { Fault } from './testing/faulty-proxy.js';
import { sampleEdition } from './testing/sample-edition.js';
import { startVideoService, type TestVideoService } from './testing/video-service.js';

const PUT = 'com.atproto.repo.putRecord';
const SIGN_IN = 'com.atproto.server.createSession';
const AT = '2026-11-24T09:00:00.000Z';

const folder = tempFolder();
const assets = new FileAssets(folder);
const env: Record<string, string | undefined> = {};
let pds: TestPds;
let account: TestAccount;
let target: Target;
/** Shared, so that it signs in once. */
let publisher: BlueskyPublisher;

beforeAll(async () => {
  pds = await startPds();
  [account, target] = await newTarget('harbour');
  publisher = newPublisher();
}, PDS_OPENING_MS);
beforeEach(() => {
  pds.proxy.calm();
  pds.proxy.asked.length = 0;
});
afterAll(() => pds?.close());

const newPublisher = (options: Partial<BlueskyOptions> = {}): BlueskyPublisher =>
  new BlueskyPublisher({ assets, env, allowPrivate: true, now: () => new Date(), ...options });

async function newTarget(name: string): Promise<[TestAccount, Target]> {
  const made = await pds.createAccount(name);
  const variable = `${name.toUpperCase()}_PASSWORD`;
  env[variable] = made.password;
  const settings = { identifier: made.handle, password: variable, service: pds.proxy.url };
  return [made, { kind: 'bluesky', name, settings }];
}

const linkOf = (postId: string): string => `https://desk.example/@harbour/posts/${postId}`;
function edition(change: Partial<Edition> = {}): Edition {
  const postId = newId(randomInt);
  const text = `The harbour clock ⏰ is seven minutes late.\n\n#clocks\n\n${linkOf(postId)}`;
  return sampleEdition(postId, { account: 'harbour', assets: [], at: AT, text, ...change });
}

async function pictured(picture?: Uint8Array, change: Partial<Edition> = {}): Promise<Edition> {
  const made = edition(change);
  const name = `${made.postId}_hero.png`;
  await assets.put(name, picture ?? (await plain()));
  return { ...made, assets: [name] };
}

const plain = (): Promise<Uint8Array> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#1f3a5f' } })
    .png()
    .toBuffer();

const postsOf = async (text: string, did = account.did): Promise<readonly PostRecord[]> =>
  (await pds.postsOf(did)).filter(({ value }) => (value.text as string).includes(text));
/** What the one record of a post shows. */
async function embedOf({ postId }: Edition): Promise<any> {
  const [record, ...more] = await postsOf(postId);
  expect(more).toEqual([]);
  return record?.value.embed;
}
const blobOf = async ({ ref }: { ref: { $link: string } }): Promise<Buffer> =>
  Buffer.from(await pds.blob(account.did, ref.$link));

publisherContract('bluesky', openStage);

async function openStage(): Promise<Stage> {
  const [{ did, password }, stageTarget] = await newTarget('contract');
  const variable = stageTarget.settings.password as string;
  const { proxy } = pds;
  return {
    publisher: newPublisher(),
    target: stageTarget,
    twoRevisions: 2,
    edition: () => pictured(),
    count: async (postId) => (await postsOf(postId, did)).length,
    faults: {
      loseAnswer: () => void proxy.next(PUT, 'lose'),
      answer(status, seconds) {
        const reset = String(Math.floor(Date.now() / 1_000) + (seconds ?? 0));
        void proxy.next(PUT, { status, ...(seconds ? { headers: { 'ratelimit-reset': reset } } : {}) });
      },
      goAway: () => proxy.goAway(),
      credential: {
        ...{ secret: password, variable },
        remove() {
          delete env[variable];
          return () => (env[variable] = password);
        },
        /** As two hours after the password was withdrawn, when no session of before counts any more. */
        withdraw() {
          const body = { error: 'AuthenticationRequired', message: `Invalid identifier or password` };
          for (const path of [SIGN_IN, 'refreshSession', 'Record', 'uploadBlob'])
            void proxy.next(path, { status: 401, body }, Infinity);
          return () => proxy.calm();
        },
      },
    },
    close: () => Promise.resolve(),
  };
}

describe('a post on Bluesky', () => {
  test('has its text with what is a link and a hashtag in it, and its language and time', async () => {
    const post = edition();
    const publication = await publisher.publish(post, target);
    const [record] = await postsOf(post.postId);
    const { facets, ...said } = record!.value;
    expect(said).toEqual({ $type: 'app.bsky.feed.post', text: post.text, createdAt: AT, langs: ['en'] });
    const features = (facets as any[]).map((facet) => facet.features[0].uri ?? facet.features[0].tag);
    expect(features.toSorted()).toEqual(['clocks', linkOf(post.postId)]);
    const rkey = record?.uri.split('/').at(-1);
    const url = `https://bsky.app/profile/${account.did}/post/${rkey}`;
    expect(publication).toEqual({ target: 'harbour', at: AT, removedAt: null, url });
  });

  test('has its picture as it is, with alt text and shape', async () => {
    const picture = await plain();
    const post = await pictured(picture);
    await publisher.publish(post, target);
    const { $type, images } = await embedOf(post);
    expect([$type, images.length]).toEqual(['app.bsky.embed.images', 1]);
    expect(images[0]).toMatchObject({ alt: post.altText, aspectRatio: { width: 60, height: 40 } });
    expect(images[0].image).toMatchObject({ mimeType: 'image/png', size: picture.length });
    expect((await blobOf(images[0].image)).equals(picture)).toBe(true);
  });

  test('has a picture that is too large in fewer bytes, with what it says of itself', async () => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/">trainedAlgorithmicMedia</x:xmpmeta>';
    const large = await noise(1_600, 900).withXmp(xmp).png().toBuffer();
    expect(large.length).toBeGreaterThan(2_000_000);
    const post = await pictured(large);
    await publisher.publish(post, target);
    const { image, aspectRatio } = (await embedOf(post)).images[0];
    expect(image).toMatchObject({ mimeType: 'image/jpeg' });
    expect(image.size).toBeLessThanOrEqual(1_000_000);
    expect(aspectRatio.width / aspectRatio.height).toBeCloseTo(16 / 9, 1);
    const said = (await sharp(await blobOf(image)).metadata()).xmp;
    expect(said?.toString()).toContain('trainedAlgorithmicMedia');
  });

  test('with a text that the server would refuse is not sent, and with words that it refuses says its own', async () => {
    const message = 'the text has more than 300 characters';
    const long = await failure(publisher.publish(edition({ text: 'a'.repeat(301) }), target));
    expect(long).toMatchObject({ outcome: 'refused', type: 'Target.TooLong', message });
    for (const text of [null, undefined, '  '])
      expect(await failure(publisher.publish(edition({ text }), target))).toMatchObject({
        outcome: 'refused',
      });
    expect(pds.proxy.asked).toEqual([]);
    const unspeakable = await failure(publisher.publish(edition({ language: 'not a language' }), target));
    expect(unspeakable).toMatchObject({ outcome: 'refused', type: 'Target.Refused' });
    expect(unspeakable.message).toContain('langs');
  });

  test('takes every text that our limits take, character for character', async () => {
    const most = ['a', 'ß', '港', 'ש', 'e\u0301', '🇳🇴', '👨‍👩‍👧‍👦', 'नि', 'a\u0301\u0327'].map((character) => {
      const repeated = Array.from({ length: 301 }, (_, at) => character.repeat(301 - at));
      return repeated.find((text) => bluesky.refuses(text) === null) as string;
    });
    const [, crowded] = await newTarget('crowded');
    for (const text of most) await publisher.publish(edition({ text }), crowded);
  });

  test('without its picture waits for a person', async () => {
    const error = await failure(publisher.publish(edition({ assets: ['UpkTZ26nc9Eb_hero.png'] }), target));
    expect(error).toMatchObject({ outcome: 'refused', message: 'No such asset: UpkTZ26nc9Eb_hero.png' });
  });

  test('is read again at no other cost once it is there', async () => {
    const post = await pictured();
    const publication = await publisher.publish(post, target);
    pds.proxy.asked.length = 0;
    expect(await publisher.publish(post, target)).toEqual(publication);
    expect(pds.proxy.asked).toEqual(['GET /xrpc/com.atproto.repo.getRecord']);
  });
});

describe('a clip', () => {
  let clip: Uint8Array;
  let video: TestVideoService;
  let served: BlueskyPublisher;
  beforeAll(async () => {
    clip = await makeClip();
    video = await startVideoService(pds.proxy.url);
    served = newPublisher({ videoService: () => video.url, pause: () => Promise.resolve() });
  });
  afterAll(() => video.close());

  async function filmed(bytes = clip): Promise<Edition> {
    const made = await pictured(undefined, { contentFormat: 'video' });
    const name = `${made.postId}_video.mp4`;
    await assets.put(name, bytes);
    return { ...made, assets: [...made.assets, name] };
  }
  /** Other bytes that play the same: the service knows a clip by its bytes. */
  const otherClip = (): Uint8Array =>
    Buffer.concat([clip, box('free', Buffer.from(newId(randomInt).slice(0, 8)))]);
  const shown = { $type: 'app.bsky.embed.video', aspectRatio: { width: 64, height: 112 } };

  test('goes to the account’s own server where no video service is', async () => {
    const post = await filmed();
    await publisher.publish(post, target);
    const embed = await embedOf(post);
    expect(embed).toMatchObject({ ...shown, alt: post.altText });
    expect((await blobOf(embed.video)).equals(clip)).toBe(true);
  });

  test('is made ready by the video service first, with tokens for it and for the account’s server', async () => {
    const bytes = otherClip();
    const post = await filmed(bytes);
    await served.publish(post, target);
    const embed = await embedOf(post);
    expect(embed).toMatchObject({ ...shown, alt: post.altText, video: { mimeType: 'video/mp4' } });
    expect((await blobOf(embed.video)).equals(bytes)).toBe(true);
    expect(video.asked).toEqual([
      'getUploadLimits did:web:localhost app.bsky.video.getUploadLimits',
      'uploadVideo did:web:localhost com.atproto.repo.uploadBlob',
      'getJobStatus did:web:localhost app.bsky.video.getJobStatus',
      'getJobStatus did:web:localhost app.bsky.video.getJobStatus',
    ]);
  });

  test('that takes too long is tried another time, and taken up where it was', async () => {
    const post = await filmed(otherClip());
    video.day.ends = 'never';
    const error = await failure(served.publish(post, target));
    expect(error).toMatchObject({ outcome: 'later', type: 'Target.Clip' });
    expect(await postsOf(post.postId)).toEqual([]);
    video.day.ends = 'ready';
    await served.publish(post, target);
    expect(await embedOf(post)).toMatchObject(shown);
  });

  test('that can’t be made ready waits for a person', async () => {
    const post = await filmed(otherClip());
    video.day.ends = 'failed';
    const error = await failure(served.publish(post, target));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.Clip' });
    expect(error.message).toBe('the clip: encoding_failed, Failed to process video');
    expect(await postsOf(post.postId)).toEqual([]);
    video.day.ends = 'ready';
  });

  test('waits for the next day where the day’s are used up, and for a person where none may be uploaded', async () => {
    const post = await filmed(otherClip());
    video.day.allowance = { canUpload: false, remainingDailyVideos: 0, message: 'Too many today' };
    const later = { outcome: 'later', message: 'Too many today', retryAfterSeconds: 3_600 };
    expect(await failure(served.publish(post, target))).toMatchObject(later);
    video.day.allowance = { canUpload: false, error: 'unconfirmed_email', message: 'Confirm your email' };
    const refused = { outcome: 'refused', message: 'Confirm your email' };
    expect(await failure(served.publish(post, target))).toMatchObject(refused);
    video.day.allowance = { canUpload: true, remainingDailyVideos: 24 };
    expect((await served.check(target)).limits).toContain('clips up to 100 MB, 24 more today');
  });

  test('that is larger than the server takes says so in its words', async () => {
    const [, small] = await newTarget('small');
    const post = await filmed(Buffer.concat([clip, Buffer.alloc(5_300_000)]));
    const error = await failure(publisher.publish(post, small));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.TooLarge' });
  });
});

describe('on a bad day', () => {
  const worker = (post: Edition): string[] => [
    ...['--import', 'tsx', fileURLToPath(new URL('testing/publish-once.ts', import.meta.url))],
    ...[folder, JSON.stringify(post), JSON.stringify(target)],
  ];
  const options = () => ({ env: { ...process.env, ...env } as NodeJS.ProcessEnv });

  test('a worker is killed between its write and the answer: there is one record, and the next worker has it', async () => {
    const post = await pictured();
    const written = pds.proxy.next(PUT, 'hold');
    const first = spawn(process.execPath, worker(post), { ...options(), stdio: 'ignore' });
    await written;
    first.kill('SIGKILL');
    expect(await postsOf(post.postId)).toHaveLength(1);
    const { stdout } = await promisify(execFile)(process.execPath, worker(post), options());
    const [record, ...more] = await postsOf(post.postId);
    expect(more).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ target: 'harbour', at: AT });
    expect(stdout).toContain(record?.uri.split('/').at(-1));
  });

  test('three workers write it at once, and none of them has found it: it is one record, written once', async () => {
    const post = await pictured();
    const workers = [newPublisher(), newPublisher(), newPublisher()];
    await Promise.all(workers.map((one) => one.check(target)));
    void pds.proxy.next('getRecord', { status: 400, body: { error: 'RecordNotFound' } }, 4);
    pds.proxy.asked.length = 0;
    const publications = await Promise.all(workers.map((one) => one.publish(post, target)));
    expect(new Set(publications.map(({ url }) => url)).size).toBe(1);
    const latest = (): Promise<{ rev: string }> =>
      pds.ask('com.atproto.sync.getLatestCommit', { params: { did: account.did } });
    const { rev } = await latest();
    await publisher.publish(post, target);
    expect(pds.proxy.count(PUT)).toBe(4);
    expect((await latest()).rev).toBe(rev);
    expect(await postsOf(post.postId)).toHaveLength(1);
  });

  test.each<[string, Fault, string]>([
    ['getRecord', { status: 503 }, 'Target.Server'],
    ['uploadBlob', { status: 500 }, 'Target.Server'],
    ['uploadBlob', 'lose', 'Target.NoAnswer'],
    [SIGN_IN, { status: 502 }, 'Target.Server'],
  ])('before the write, when %s fails with %j, nothing was written', async (path, fault, type) => {
    const post = await pictured();
    void pds.proxy.next(path, fault);
    const one = newPublisher();
    expect(await failure(one.publish(post, target))).toMatchObject({ outcome: 'later', type });
    expect(await postsOf(post.postId)).toEqual([]);
    await one.publish(post, target);
    expect(await postsOf(post.postId)).toHaveLength(1);
  });
});

describe('a session', () => {
  test('is one for all that a process publishes, also at once', async () => {
    const one = newPublisher();
    await Promise.all([edition(), edition(), edition()].map((post) => one.publish(post, target)));
    await one.check(target);
    expect(pds.proxy.count(SIGN_IN)).toBe(1);
  });

  test('that has ended is opened again once, in the middle of a post', async () => {
    const one = newPublisher();
    await one.check(target);
    const post = edition();
    const expired = { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } };
    void pds.proxy.next(PUT, expired);
    void pds.proxy.next('refreshSession', expired);
    pds.proxy.asked.length = 0;
    await one.publish(post, target);
    expect(pds.proxy.count(SIGN_IN)).toBe(1);
    expect(await postsOf(post.postId)).toHaveLength(1);
  });

  test('is refused for a password that the server has withdrawn, in its words', async () => {
    const [revoked, revokedTarget] = await newTarget('revoked');
    await pds.setPassword(revoked.did, 'another-password');
    const message = 'REVOKED_PASSWORD: Invalid identifier or password';
    for (const asked of [publisher.publish(edition(), revokedTarget), publisher.check(revokedTarget)])
      expect(await failure(asked)).toMatchObject({ outcome: 'refused', type: 'Target.SignIn', message });
    env.REVOKED_PASSWORD = 'another-password';
    expect(await publisher.check(revokedTarget)).toMatchObject({ as: '@revoked.test' });
  });

  test('that is opened too often is waited for as long as the server says', async () => {
    // Of an account that there is not, so that nobody else is held up.
    const settings = { ...target.settings, identifier: 'nobody.test' };
    const body = { identifier: 'nobody.test', password: 'wrong' };
    await Promise.all(Array.from({ length: 30 }, () => pds.ask(SIGN_IN, { body })));
    const error = await failure(newPublisher().publish(edition(), { ...target, settings }));
    expect(error).toMatchObject({ outcome: 'later', type: 'Target.RateLimit' });
    expect(error.retryAfterSeconds).toBeGreaterThan(200);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(300);
    // Who is signed in goes on.
    await publisher.publish(edition(), target);
  });

  test('needs its variable, which is named', async () => {
    const settings = { ...target.settings, password: 'NOWHERE_PASSWORD' };
    const error = await failure(publisher.publish(edition(), { ...target, settings }));
    const message = "the worker's environment lacks NOWHERE_PASSWORD, the app password of harbour.test";
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.SignIn', message });
  });

  test('is not opened in this network unless it is allowed', async () => {
    const error = await failure(newPublisher({ allowPrivate: false }).check(target));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.Address' });
  });
});

describe('taken back', () => {
  test('a post is gone, and what is no post of the account stays', async () => {
    const post = edition();
    const publication = await publisher.publish(post, target);
    const unpublish = (url: string) => publisher.unpublish(post.postId, { ...publication, url }, target);
    const elsewhere = publication.url.replace(/did:plc:\w+/, 'did:plc:somebodyelse');
    for (const url of [elsewhere, linkOf('x')]) await expect(unpublish(url)).rejects.toThrow(ChangeRefused);
    expect(await postsOf(post.postId)).toHaveLength(1);
    await unpublish(publication.url);
    expect(await postsOf(post.postId)).toEqual([]);
    await unpublish(publication.url);
  });

  test('a post of a target that the account file has no more says so', async () => {
    const publication = await publisher.publish(edition(), target);
    const forgotten = { kind: 'bluesky', name: 'bluesky', settings: {} };
    const { message } = await failure(publisher.unpublish('UpkTZ26nc9Eb', publication, forgotten));
    expect(message).toContain('the account file no longer says how to sign in to bluesky');
  });
});
