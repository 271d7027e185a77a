import { randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newId } from '../../contract/ids.js';
import { startReceiver, type Receiver } from '../../test/webhooks/receiver.js';
import { createPublicFetch } from '../public-fetch.js';
import { failure } from '../testing/failure.js';
import { startHostileServer } from '../testing/hostile-server.js';
import type { Edition } from './publisher.js';
import { publisherContract, type Stage } from './testing/contract.js';
import { sampleEdition } from './testing/sample-edition.js';
import { WebhookPublisher } from './webhook.js';
import type { Target } from '../../contract/account.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const DESK = 'https://desk.example';
const env: Record<string, string | undefined> = { POSTS_SECRET: SECRET };
const publisherOf = (change: object = {}): WebhookPublisher =>
  new WebhookPublisher({
    ...{ publicFetch: createPublicFetch({ allowPrivate: true }), url: DESK, now: () => new Date(), env },
    ...change,
  });
const targetAt = (url: string): Target => ({
  ...{ kind: 'webhook', name: 'magazine' },
  settings: { url, secret: 'POSTS_SECRET' },
});

publisherContract('a webhook', openStage);

async function openStage(): Promise<Stage> {
  const receiver = await startReceiver(SECRET);
  /** A receiver takes each id once. */
  const taken = (type: string, postId: string): number => {
    const events = receiver.taken.filter(({ event: { type: of } }) => of === type);
    const own = events.filter(({ event }) => event.data.post?.['id'] === postId);
    return new Set(own.map(({ id }) => id)).size;
  };
  const once = (answer: Receiver['answer']): void => {
    receiver.answer = (heard) => {
      receiver.answer = () => 204;
      return answer(heard);
    };
  };
  return {
    publisher: publisherOf(),
    target: targetAt(receiver.url),
    edition: () => Promise.resolve(sampleEdition(newId(randomInt))),
    count: async (postId) => (taken('post.unpublished', postId) > 0 ? 0 : taken('post.published', postId)),
    twoRevisions: 2,
    faults: {
      loseAnswer: () => once(() => ({ status: 204, isLost: true })),
      answer: (status, seconds) =>
        once(() => (seconds === undefined ? status : { status, headers: { 'retry-after': `${seconds}` } })),
      goAway: () => receiver.goAway(),
      credential: {
        secret: SECRET,
        variable: 'POSTS_SECRET',
        remove() {
          delete env['POSTS_SECRET'];
          return () => (env['POSTS_SECRET'] = SECRET);
        },
        withdraw() {
          receiver.answer = () => ({ status: 401, body: `the key ${SECRET} is none of ours` });
          return () => (receiver.answer = () => 204);
        },
      },
    },
    close: () => receiver.close(),
  };
}

describe('a post', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver(SECRET);
  });
  afterEach(() => {
    receiver.answer = () => 204;
  });
  afterAll(() => receiver.close());

  const publish = (edition: Edition, change: object = {}) =>
    publisherOf(change).publish(edition, targetAt(receiver.url));

  it('is sent whole, with where its page and its files are', async () => {
    const {
      postId: id,
      account,
      revision,
      contentFormat,
      language,
      ...edition
    } = sampleEdition('UpkTZ26nc9Eb');
    await publish(sampleEdition(id));
    const url = 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb';
    const { title, body, caption, hashtags, altText, at: timestamp } = edition;
    const assets = [{ name: `${id}_hero.png`, url: `https://desk.example/assets/${id}_hero.png` }];
    const facts = { id, account, revision, contentFormat, language, url };
    const post = { ...facts, title, body, caption, hashtags, altText, assets };
    expect(receiver.taken.at(-1)?.event).toEqual({ type: 'post.published', timestamp, data: { post } });
  });

  it('has the same id and the same words on every attempt, and another id in another revision or elsewhere', async () => {
    const edition = sampleEdition('UpkTZ26nc9Ec');
    receiver.answer = () => 500;
    await failure(publish(edition));
    receiver.answer = () => 204;
    await publish(edition);
    const [id, again] = receiver.asked.slice(-2);
    expect(again).toBe(id);
    await publish({ ...edition, revision: 2 });
    await publisherOf().publish(edition, { ...targetAt(receiver.url), name: 'another' });
    expect(new Set(receiver.asked.slice(-3)).size).toBe(3);
  });

  it.each([
    ['{"url":"https://magazine.example/a?b=1"}', 'https://magazine.example/a?b=1'],
    ['', null],
    ['{"url":7}', null],
    ['{"url":"javascript:alert(1)"}', null],
    ['[', null],
    ['null', null],
    [`{"url":"https://magazine.example/${'a'.repeat(3_000)}"}`, null],
    [JSON.stringify({ url: 'https://magazine.example/', more: 'a'.repeat(100_000) }), null],
  ])('stands where the receiver says, else at its origin: %.40s', async (body, url) => {
    receiver.answer = () => ({ status: 201, body });
    const publication = await publish(sampleEdition('UpkTZ26nc9Ed'));
    expect(publication).toMatchObject({ target: 'magazine', url: url ?? new URL(receiver.url).origin });
  });

  it.each([
    [302, 'refused', 'Target.Address'],
    [400, 'refused', 'Target.Refused'],
    [403, 'refused', 'Target.SignIn'],
    [404, 'refused', 'Target.Address'],
    [408, 'later', 'Target.Away'],
    [410, 'refused', 'Target.Address'],
    [413, 'refused', 'Target.Refused'],
    [502, 'unknown', 'Target.Server'],
    [504, 'unknown', 'Target.Server'],
  ])('that is answered %d is %s', async (status, outcome, type) => {
    receiver.answer = () => ({ status, body: '<title>Not now\n</title>'.padStart(100) });
    const error = await failure(publish(sampleEdition('UpkTZ26nc9Ee')));
    expect(error).toMatchObject({ name: 'TargetFailure', outcome, type });
    expect(error.message).toMatch(/^the webhook at 127\.0\.0\.1:\d+ answered \d+.*: a web page, “Not now”$/);
  });

  it('goes to public addresses only, unless that is allowed', async () => {
    const publicFetch = createPublicFetch({ allowPrivate: false });
    const error = await failure(publish(sampleEdition('UpkTZ26nc9Ef'), { publicFetch }));
    expect(error).toMatchObject({ outcome: 'refused', type: 'Target.Address' });
    expect(error.message).toContain('COPYDESK_ALLOW_PRIVATE=1');
  });

  it('is signed by nothing that is no secret', async () => {
    const attempt = publish(sampleEdition('UpkTZ26nc9Eg'), { env: { POSTS_SECRET: 'not base64!' } });
    const message = 'POSTS_SECRET is no secret of Standard Webhooks, which is whsec_ and base64';
    expect(await failure(attempt)).toMatchObject({ outcome: 'refused', type: 'Target.SignIn', message });
  });

  it('is taken where its answer never ends, and may be where there is none', async () => {
    const hostile = await startHostileServer();
    onTestFinished(() => hostile.close());
    const at = (path: string) =>
      publisherOf().publish(sampleEdition('UpkTZ26nc9Eh'), targetAt(hostile.url + path));
    expect(await at('/endless')).toMatchObject({ url: hostile.url });
    expect(await at('/long')).toMatchObject({ url: hostile.url });
    expect(await failure(at('/to?http%3A%2F%2F127.0.0.1%2F'))).toMatchObject({ type: 'Target.Address' });
    expect(hostile.asked).toEqual(['/endless', '/long', '/to']);
  });

  it('that a receiver keeps is still up there, and why', async () => {
    const publication = await publish(sampleEdition('UpkTZ26nc9Ei'));
    const unpublish = () => publisherOf().unpublish('UpkTZ26nc9Ei', publication, targetAt(receiver.url));
    receiver.answer = () => ({ status: 409, body: 'it is in print' });
    const message = `the webhook at ${new URL(receiver.url).host} answered 409: it is in print`;
    expect(await failure(unpublish())).toMatchObject({ name: 'ChangeRefused', message });
    receiver.answer = () => 503;
    expect(await failure(unpublish())).toMatchObject({ name: 'TargetFailure', outcome: 'unknown' });
    receiver.answer = () => 204;
    await unpublish();
    const post = { id: 'UpkTZ26nc9Ei', url: publication.url };
    expect(receiver.taken.at(-1)?.event).toMatchObject({ type: 'post.unpublished', data: { post } });
    expect(new Set(receiver.asked.slice(-3)).size).toBe(1);
  });
});
