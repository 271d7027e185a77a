/** A post goes to several targets, each on its own, whatever they answer and whatever becomes of workers. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setBudgetSignal, unpublishingSignal } from '../contract/messages.js';
import { QUEUES } from '../contract/task-queues.js';
import { UNPUBLISH_WORKFLOW, unpublishWorkflowId } from '../contract/unpublish.js';
import type { PostStatus, Publication } from '../contract/status.js';
import { TargetFailure, type Edition } from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import { accountWith } from './batch-input.js';
import { rowsOf, startHarness, sum, type Harness } from './harness.js';
import { targetNamed } from '../contract/targets/testing/named.js';
import type { Target } from '../contract/account.js';

/** What comes of an attempt, which may have been kept. */
type Answer = (keep: () => Publication) => Publication;

/** A target that keeps what reaches it, and answers, or doesn't, as a test has it for its next attempts. */
class Outside {
  readonly kept: Edition[] = [];
  readonly asked: Edition[] = [];
  looks = 0;
  answers: Answer[] = [];
  find: () => Promise<Publication | null> = () => Promise.resolve(this.#publication());
  readonly #name: string;
  readonly #repeatable: boolean;

  /** @param repeatable whether it keeps the same edition once. */
  constructor(name: string, repeatable: boolean) {
    [this.#name, this.#repeatable] = [name, repeatable];
  }
  publish(edition: Edition): Promise<Publication> {
    this.asked.push(edition);
    const keep = (): Publication => {
      if (!this.#repeatable || this.kept.length === 0) this.kept.push(edition);
      return this.#publication() as Publication;
    };
    const answer = this.answers.shift() ?? ((kept) => kept());
    return Promise.resolve().then(() => answer(keep));
  }
  #publication(): Publication | null {
    const [first] = this.kept;
    const url = `https://${this.#name}.example/${first?.postId}`;
    return first ? { target: this.#name, url, at: new Date().toISOString(), removedAt: null } : null;
  }
}

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({}, { media: 'plain' });
}, 180_000);
afterAll(() => desk?.close(), 60_000);

const open = () => [new Outside('social', false), new Outside('forum', true)] as const;
let [social, forum] = open();
beforeEach(() => {
  [social, forum] = open();
  Object.assign(desk.services.publishers, {
    social: paper('social', {
      repeatable: false,
      publish: (edition) => social.publish(edition),
      find: () => ((social.looks += 1), social.find()),
    }),
    forum: paper('forum', { publish: (edition) => forum.publish(edition), find: () => forum.find() }),
  });
});

const lost = (message = 'socket hang up'): never => {
  throw new TargetFailure('unknown', 'Target.LostAnswer', message);
};
const later = (): never => {
  throw new TargetFailure('later', 'Target.RateLimit', 'HTTP 429', 1);
};
const refused = (): never => {
  throw new TargetFailure('refused', 'Target.SignIn', 'the token was withdrawn');
};
const by = 'mo';

/** A post of the sample account that was approved for these targets. */
async function approved(...targets: (Target | string)[]): Promise<string> {
  const { id } = await desk.waitingPost(
    'hero_text',
    await accountWith({
      targets: targets.map((one) => (typeof one === 'string' ? targetNamed(one) : one)),
    }),
  );
  await desk.review(id, { decision: 'approve', by });
  return id;
}
const publishRows = (post: PostStatus) => rowsOf(post, 'publish');
const statesOf = (status: PostStatus): Record<string, string> =>
  Object.fromEntries(publishRows(status).map(({ target, state }) => [String(target), state]));
const triesOf = (status: PostStatus): number => sum(publishRows(status).map(({ attempts }) => attempts));
const outAt = ({ publications }: PostStatus): string[] => publications.map(({ target }) => target);
/** Its state once every target has it or waits for a person. */
const settled = (id: string): Promise<PostStatus> =>
  desk.postUntil(id, (post) =>
    publishRows(post).every(({ state }) => state === 'done' || state === 'failed'),
  );

describe('a post with several targets', () => {
  it('is published at each of them once, has a row for each, and says so once', async () => {
    const id = await approved('feed', { kind: 'social', name: 'evening', settings: {} }, 'forum');
    const status = await desk.postEnd(id);
    expect(status).toMatchObject({ status: 'published', error: null });
    expect(publishRows(status)).toMatchObject([
      { label: 'Publish', target: 'feed', state: 'done', attempts: 1 },
      { label: 'Publish', target: 'evening', state: 'done', attempts: 1 },
      { label: 'Publish', target: 'forum', state: 'done', attempts: 1 },
    ]);
    expect(status.publications).toHaveLength(3);
    const [edition] = social.kept;
    expect(edition).toMatchObject({ postId: id, revision: 1, text: null, language: 'en' });
    expect(forum.kept[0]?.at).toBe(edition?.at);
    expect(await desk.services.archive.records.findPost(id)).toEqual(status);
  });

  it('is published by the first that takes it; one that refuses stands as failed, and is resumed alone', async () => {
    social.answers = [refused];
    const id = await approved('feed', 'social');
    const failed = await settled(id);
    expect(failed).toMatchObject({
      status: 'published',
      error: { type: 'Target.SignIn', message: 'social: the token was withdrawn' },
    });
    expect(statesOf(failed)).toEqual({ feed: 'done', social: 'failed' });
    expect(publishRows(failed)).toMatchObject([{}, { at: expect.any(String) }]);
    const inArchive = () => desk.services.archive.records.findPost(id);
    await expect.poll(inArchive, { timeout: 20_000 }).toEqual(failed);

    await desk.review(id, { decision: 'resume', by });
    const mended = await desk.postEnd(id);
    expect(mended).toMatchObject({ status: 'published', error: null });
    expect(statesOf(mended)).toEqual({ feed: 'done', social: 'done' });
    expect([social.asked.length, social.kept.length]).toEqual([2, 1]);
    expect(social.asked[0]).toEqual(social.asked[1]);
    expect(mended.publishedAt).toBe(failed.publishedAt);
  });

  it('does not keep its batch from being done while a target waits for a person', async () => {
    social.answers = [refused];
    const id = await approved('feed', 'social');
    const { batchId } = await settled(id);
    const batch = await desk.batchUntil(batchId, ({ status }) => status === 'done');
    expect(batch.counts).toEqual({ published: 1 });
    // Nor from ending, for which a schedule waits. What is said of its budget until then counts.
    await expect
      .poll(() => desk.services.archive.records.findBatch(batchId))
      .toMatchObject({ status: 'done' });
    const handle = desk.batch(batchId);
    await handle.signal(setBudgetSignal, { by, usd: 9 });
    await handle.result();
    expect(await desk.services.archive.records.findBatch(batchId)).toMatchObject({ budgetUsd: 9 });
    expect((await desk.post(id).describe()).status.name).toBe('RUNNING');
    await desk.post(id).signal(unpublishingSignal, { by });
    expect(statesOf(await desk.postEnd(id))).toEqual({ feed: 'done', social: 'failed' });
  });

  it('is blocked where none takes it, and says which and why', async () => {
    social.answers = [refused];
    forum.answers = [refused];
    const id = await approved('social', 'forum');
    const blocked = await desk.postUntil(id, ({ status }) => status === 'blocked');
    expect(blocked.error).toEqual({
      ...{ type: 'Target.SignIn', requestId: null },
      message: 'social: the token was withdrawn; forum: the token was withdrawn',
    });
    await desk.review(id, { decision: 'resume', by });
    expect(await desk.postEnd(id)).toMatchObject({ status: 'published', error: null });
    expect(outAt(await desk.postStatus(id))).toEqual(['social', 'forum']);
  });

  it('has nothing to mend where every target has it', async () => {
    forum.answers = Array.from({ length: 100 }, () => later);
    const id = await approved('feed', 'forum');
    await desk.postUntil(id, ({ status }) => status === 'published');
    await expect(desk.review(id, { decision: 'resume', by })).rejects.toMatchObject({
      cause: { message: 'there is nothing to mend: forum is still tried' },
    });
    forum.answers = [];
    await desk.postEnd(id);
    expect(forum.kept).toHaveLength(1);
  });
});

describe('a target that answers badly', () => {
  it.each<[string, Answer[], object, number[]]>([
    ['is asked again after a 429, when it says so', [later, later], { attempts: 3 }, [3, 1, 0]],
    [
      'is looked at before a second write where an answer was lost, and what is there is taken over',
      [(keep) => (keep(), lost())],
      { attempts: 1, note: 'an answer was lost; it was found there' },
      [1, 1, 1],
    ],
    ['is written to again where nothing is there', [() => lost()], { attempts: 2 }, [2, 1, 1]],
  ])('%s', async (_what, answers, row, counts) => {
    social.answers = answers;
    const status = await desk.postEnd(await approved('social'));
    expect(status).toMatchObject({ status: 'published', error: null });
    expect(publishRows(status)).toMatchObject([{ ...row, state: 'done' }]);
    expect([social.asked.length, social.kept.length, social.looks]).toEqual(counts);
  });

  it('of which nothing can be known waits for a person, and is not written to meanwhile', async () => {
    social.answers = [(keep) => (keep(), lost())];
    const there = social.find;
    social.find = () => Promise.reject(new TargetFailure('refused', 'Target.SignIn', 'HTTP 401'));
    const id = await approved('feed', 'social');
    const status = await settled(id);
    expect(status.error).toMatchObject({ type: 'Target.UnknownOutcome' });
    expect(status.error?.message).toMatch(/^social: it can't be known .*HTTP 401/);
    expect(social.asked).toHaveLength(1);
    social.find = there;
    await desk.review(id, { decision: 'resume', by });
    expect(await desk.postEnd(id)).toMatchObject({ error: null });
    expect([social.asked.length, social.kept.length, social.looks]).toEqual([1, 1, 2]);
  });

  it('whatever the days bring: each post is everywhere in the end, and nowhere twice', async () => {
    const chance = (seed: number) => () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const next = chance(20_261_126);
    for (let day = 0; day < 4; day += 1) {
      [social, forum] = open();
      for (const target of [social, forum]) {
        target.answers = Array.from({ length: Math.floor(next() * 3) }, (): Answer => {
          const roll = next();
          if (roll < 0.3) return later;
          if (roll < 0.5) return () => lost();
          return roll < 0.8 ? (keep) => (keep(), lost()) : refused;
        });
      }
      const id = await approved('feed', 'social', 'forum');
      for (let status = await settled(id); status.error; status = await settled(id)) {
        await desk.review(id, { decision: 'resume', by });
        await desk.postUntil(id, (post) => triesOf(post) > triesOf(status));
      }
      const status = await desk.postEnd(id);
      expect(outAt(status), `day ${day}`).toEqual(['feed', 'social', 'forum']);
      expect([social.kept.length, forum.kept.length], `day ${day}`).toEqual([1, 1]);
      for (const { asked } of [social, forum])
        expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1);
    }
  }, 180_000);
});

describe('a post that ends while it may be out', () => {
  /** Published at these targets, where the answer of `social` was lost; no look is due for an hour. */
  async function lostAt(answer: Answer, ...targets: string[]): Promise<string> {
    social.answers = [answer];
    const find = social.find;
    social.find = () => Promise.reject(new TargetFailure('later', 'Target.RateLimit', 'HTTP 429', 3_600));
    const id = await approved(...targets);
    await desk.postUntil(id, (post) => publishRows(post).some(({ note }) => note?.includes('HTTP 429')));
    social.find = find;
    return id;
  }
  const keptAndLost: Answer = (keep) => (keep(), lost());
  const cancelled = async (id: string): Promise<PostStatus> => {
    await desk.post(id).cancel();
    await desk
      .post(id)
      .result()
      .catch(() => undefined);
    return desk.postStatus(id);
  };

  it('since Temporal cancels it is on the record as published where it is found', async () => {
    const id = await lostAt(keptAndLost, 'social');
    const status = await cancelled(id);
    expect(status).toMatchObject({ status: 'published', error: null });
    expect(publishRows(status)).toMatchObject([
      { state: 'done', note: 'an answer was lost; it was found there', attempts: 1 },
    ]);
    expect(await desk.services.archive.records.findPost(id)).toEqual(status);
  });

  it('is cancelled where it is not there', async () => {
    const status = await cancelled(await lostAt(() => lost(), 'social'));
    expect(status).toMatchObject({ status: 'cancelled', publications: [] });
    expect(publishRows(status)).toMatchObject([
      { state: 'skipped', note: 'an answer was lost; it is not there', attempts: 1 },
    ]);
  });

  it('says so where that can not be known', async () => {
    const id = await lostAt(keptAndLost, 'social');
    social.find = () => Promise.reject(new TargetFailure('refused', 'Target.SignIn', 'HTTP 401'));
    const status = await cancelled(id);
    expect(status).toMatchObject({ status: 'cancelled', publications: [] });
    expect(publishRows(status)).toMatchObject([
      { state: 'failed', note: "it can't be known whether the post is there: HTTP 401; look there" },
    ]);
  });

  it('since it is taken back is deleted there, too', async () => {
    const id = await lostAt(keptAndLost, 'feed', 'social');
    const takenBack = await desk.client.workflow.start(UNPUBLISH_WORKFLOW, {
      workflowId: unpublishWorkflowId(id),
      taskQueue: QUEUES.workflows,
      args: [{ postId: id, by, reason: null }],
    });
    const removedAt = expect.any(String) as string;
    expect(await takenBack.result()).toMatchObject({
      publications: [
        { target: 'feed', removedAt },
        { target: 'social', removedAt },
      ],
    });
    expect(statesOf(await desk.postEnd(id))).toEqual({ feed: 'done', social: 'done' });
  });

  describe('and is blocked', () => {
    const unknowable = () => Promise.reject(new TargetFailure('refused', 'Target.SignIn', 'HTTP 401'));

    async function blockedAt(answer: Answer): Promise<string> {
      social.answers = [answer];
      const find = social.find;
      social.find = unknowable;
      const id = await approved('social');
      await desk.postUntil(id, ({ status }) => status === 'blocked');
      social.find = find;
      return id;
    }

    it.each<[string, (id: string) => Promise<unknown>]>([
      ['Temporal cancels', (id) => desk.post(id).cancel()],
      ['a person cancels', (id) => desk.review(id, { decision: 'cancel', by })],
      ['a person rejects', (id) => desk.review(id, { decision: 'reject', by, reason: 'no' })],
    ])('is published, and with no error, where %s it and it is found', async (_who, act) => {
      const id = await blockedAt(keptAndLost);
      await act(id);
      const status = await desk.postEnd(id);
      expect(status).toMatchObject({ status: 'published', error: null });
      expect(outAt(status)).toEqual(['social']);
      expect(await desk.services.archive.records.findPost(id)).toEqual(status);
      await desk.batchUntil(status.batchId, ({ counts }) => counts.published === 1);
    });

    it('says no more that it can not be known where it is not there', async () => {
      const id = await blockedAt(() => lost());
      await desk.review(id, { decision: 'cancel', by });
      const status = await desk.postEnd(id);
      expect(status).toMatchObject({ status: 'cancelled', error: null });
      expect(publishRows(status)).toMatchObject([
        { state: 'skipped', note: 'an answer was lost; it is not there' },
      ]);
    });
  });

  it('is looked for at a target that keeps the same edition once, too', async () => {
    forum.answers = Array.from({ length: 100 }, (): Answer => (keep) => (keep(), lost()));
    const id = await approved('forum');
    await desk.postUntil(id, (post) =>
      publishRows(post).some(({ note }) => note?.includes('socket hang up')),
    );
    const status = await cancelled(id);
    expect(status).toMatchObject({ status: 'published' });
    expect(outAt(status)).toEqual(['forum']);
  });
});
