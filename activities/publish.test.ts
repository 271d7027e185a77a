import { WorkflowNotFoundError } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import {
  ChangeRefused,
  TargetFailure,
  type Publisher,
  type TargetOutcome,
} from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import { sampleEdition } from '../services/publishers/testing/sample-edition.js';
import type { Services } from '../services/services.js';
import { createPublish, type PublishTask } from './publish.js';
import { perform, surroundings } from './testing/stage.js';
import { createUnpublish } from './unpublish.js';
import { targetNamed } from '../contract/targets/testing/named.js';

const edition = sampleEdition('UpkTZ26nc9Eb');
const at = '2026-11-24T09:00:00.000Z';
const PUBLICATION = { target: 'evening', url: 'https://evening.example/UpkTZ26nc9Eb', at, removedAt: null };
const lost = () => Promise.reject(new Error('socket hang up'));

describe('publish', () => {
  const [failed, slow] = ['Target.RateLimit', 'slow down'];
  const publish = (publishers: Record<string, Publisher>, task: Partial<PublishTask> = {}) =>
    perform(createPublish({ publishers }).publish, { target: targetNamed('evening'), edition, ...task });
  const failing = (outcome: TargetOutcome, own: Partial<Publisher> = {}) => ({
    evening: paper('evening', {
      publish: () => Promise.reject(new TargetFailure(outcome, failed, slow, 30)),
      ...own,
    }),
  });

  it('hands the edition to its target alone, as it was approved', async () => {
    const [morning, evening] = [paper('morning'), paper('evening')];
    expect(await publish({ morning, evening })).toEqual({ outcome: 'published', ...PUBLICATION });
    expect([evening.printed, morning.printed]).toEqual([[edition], []]);
  });

  it('tells two of a kind apart by their names', async () => {
    const target = { kind: 'evening', name: 'late-edition', settings: {} };
    const published = { target: 'late-edition' };
    expect(await publish({ evening: paper('evening') }, { target })).toMatchObject(published);
  });

  it.each<[TargetOutcome, object]>([
    ['later', { outcome: 'later', retryAfterSeconds: 30 }],
    ['refused', { outcome: 'refused' }],
    ['unknown', { outcome: 'unknown', retryAfterSeconds: 30, repeatable: false }],
  ])('answers a failure that is %s, and does not throw it', async (outcome, answer) => {
    const error = { type: failed, message: slow, requestId: null };
    expect(await publish(failing(outcome, { repeatable: false }))).toEqual({ ...answer, error });
  });

  it('takes everything else that is thrown for an unknown outcome', async () => {
    expect(await publish({ evening: paper('evening', { publish: lost }) })).toEqual({
      ...{ outcome: 'unknown', retryAfterSeconds: null, repeatable: true },
      error: { type: 'Target.LostAnswer', message: 'socket hang up', requestId: null },
    });
  });

  it('knows no other target, which a person has to mend', async () => {
    const error = { type: 'Input.UnknownTarget', message: "target 'evening' is not one of morning" };
    expect(await publish({ morning: paper('morning') })).toMatchObject({ outcome: 'refused', error });
  });
});

describe('findPublication', () => {
  const search = (own: Partial<Publisher>, isLast = false) => {
    const { findPublication } = createPublish({ publishers: { evening: paper('evening', own) } });
    return perform(findPublication, { target: targetNamed('evening'), edition, isLast });
  };
  const failing = (outcome: TargetOutcome) => ({
    repeatable: false,
    find: () => Promise.reject(new TargetFailure(outcome, 'Target.SignIn', 'withdrawn', 7)),
  });
  const error = { type: 'Target.SignIn', message: 'withdrawn', requestId: null };
  const there = () => Promise.resolve(PUBLICATION);
  const found = { found: 'publication', publication: PUBLICATION };

  it.each<[string, Partial<Publisher>, boolean, object]>([
    ['what is there', { repeatable: false, find: there }, false, found],
    ['that there is nothing', { repeatable: false }, false, { found: 'nothing' }],
    ['nothing of a target that keeps the same edition once', { find: lost }, false, { found: 'repeatable' }],
    ['but for the last time', { find: there }, true, found],
    ['what can be asked later', failing('later'), false, { found: 'later', error, retryAfterSeconds: 7 }],
    ['what can not be known: refused', failing('refused'), false, { found: 'unknowable', error }],
    ['what can not be known: unknown', failing('unknown'), false, { found: 'unknowable', error }],
  ])('answers %s', async (_what, own, isLast, answer) => {
    expect(await search(own, isLast)).toEqual(answer);
  });

  it('leaves it to Temporal to ask a target that is away for the last time', async () => {
    const again = { type: 'Target.SignIn', nonRetryable: false, nextRetryDelay: 7_000 };
    await expect(search(failing('later'), true)).rejects.toMatchObject(again);
  });

  it('is repeated by Temporal after anything else', async () => {
    await expect(search({ repeatable: false, find: lost })).rejects.toThrow('socket hang up');
  });
});

describe('unpublish', () => {
  const { status } = postRecord('UpkTZ26nc9Eb', batchRecord('Zr4hK8vYp1Nc', 'ash'), { status: 'published' });
  const order = { postId: status.id, by: 'mo', reason: null, at };

  /** Over an archive that has the post in a state, while its workflow is in a state of its own. */
  function activities(archived: string | null, workflow: string | null, listed = 'published') {
    const marked: unknown[] = [];
    const known = archived === null ? null : { ...status, status: archived };
    const records = {
      findPost: async () => known,
      findAccountOfPost: async () => null,
      async unpublishPost(unpublication: unknown) {
        marked.push(unpublication);
        return known;
      },
    };
    const publishers = {
      social: paper('social', { unpublish: () => Promise.reject(new ChangeRefused('it is pinned')) }),
      away: paper('away', { unpublish: lost }),
    };
    const describeIt = async () => {
      if (workflow === null) throw new WorkflowNotFoundError('gone', order.postId, undefined);
      return { status: { name: workflow }, typedSearchAttributes: { get: () => listed } };
    };
    const client = {
      withAbortSignal: (_signal: AbortSignal, call: () => unknown) => call(),
      workflow: { getHandle: () => ({ describe: describeIt, signal: async () => undefined }) },
    };
    const { run } = surroundings({}, client);
    const services = { archive: { records }, publishers } as unknown as Services;
    const { beginUnpublish, unpublish } = createUnpublish(services);
    const { postId } = order;
    return {
      marked,
      begin: () => run(beginUnpublish, order),
      ask: (target: string) => run(unpublish, { postId, publication: { ...PUBLICATION, target } }),
    };
  }

  it.each(['COMPLETED', null])('takes back a post whose workflow is %s', async (workflow) => {
    const { begin, marked } = activities('published', workflow);
    expect(await begin()).toMatchObject({ status: 'unpublished', refused: null });
    expect(marked).toEqual([order]);
  });

  it.each(['published', 'awaiting_approval'])(
    'waits for a workflow that ends, %s in the archive',
    async (archived) => {
      const { begin, marked } = activities(archived, 'RUNNING');
      await expect(begin()).rejects.toMatchObject({ type: 'Post.StillRunning', nonRetryable: false });
      expect(marked).toEqual([]);
    },
  );

  const ONLY = 'only a published one can be unpublished';
  it.each([
    ['awaiting_approval', 'RUNNING', `the post is awaiting approval; ${ONLY}`],
    ['rejected', 'COMPLETED', `the post is rejected; ${ONLY}`],
    [null, null, 'the archive has no record of the post'],
  ])('refuses a post that is %s', async (archived, workflow, refused) => {
    const { begin, marked } = activities(archived, workflow, 'awaiting_approval');
    expect(await begin()).toMatchObject({ status: archived, refused });
    expect(marked).toEqual([]);
  });

  it('a target that keeps a post is no failure, one that is away is worth another try', async () => {
    const { ask } = activities('published', null);
    expect(await ask('social')).toEqual({ target: 'social', removedAt: null, reason: 'it is pinned' });
    const reason = "this worker has no target 'nowhere'";
    expect(await ask('nowhere')).toMatchObject({ removedAt: null, reason });
    await expect(ask('away')).rejects.toThrow('socket hang up');
  });
});
