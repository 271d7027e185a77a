import { WorkflowNotFoundError } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { DeleteRefused } from '../services/publishers/publisher.js';
import type { Services } from '../services/services.js';
import { createUnpublish } from './unpublish.js';

const { status } = postRecord('UpkTZ26nc9Eb', batchRecord('Zr4hK8vYp1Nc', 'ash'), { status: 'published' });
const order = { postId: status.id, by: 'mo', reason: null, at: '2026-11-25T08:00:00.000Z' };
const publication = { target: 'social', url: 'https://social.example/1', at: order.at, removedAt: null };

/** Over an archive that has the post in a state, while its workflow is in a state of its own. */
function activities(archived: string | null, workflow: string | null, listed = 'published') {
  const marked: unknown[] = [];
  const known = archived === null ? null : { ...status, status: archived };
  const services = {
    archive: {
      records: {
        findPost: async () => known,
        findAccountOfPost: async () => null,
        unpublishPost: async (unpublication: unknown) => {
          marked.push(unpublication);
          return known;
        },
      },
    },
    publishers: {
      social: {
        unpublish: () => Promise.reject(new DeleteRefused('it is pinned')),
      },
      away: { unpublish: () => Promise.reject(new Error('no answer')) },
    },
  } as unknown as Services;
  const describeIt = async () => {
    if (workflow === null) throw new WorkflowNotFoundError('gone', order.postId, undefined);
    return { status: { name: workflow }, typedSearchAttributes: { get: () => listed } };
  };
  const client = {
    withAbortSignal: (_signal: AbortSignal, call: () => unknown) => call(),
    workflow: { getHandle: () => ({ describe: describeIt, signal: async () => undefined }) },
  };
  const environment = new MockActivityEnvironment(
    {},
    { client: client as never, logger: new DefaultLogger('ERROR') },
  );
  const { beginUnpublish, unpublish } = createUnpublish(services);
  return {
    marked,
    begin: () => environment.run(beginUnpublish, order),
    ask: (target: string) =>
      environment.run(unpublish, { postId: order.postId, publication: { ...publication, target } }),
  };
}

it.each(['COMPLETED', null])('takes back a post whose workflow is %s', async (workflow) => {
  const { begin, marked } = activities('published', workflow);
  expect(await begin()).toMatchObject({ status: 'unpublished', refused: null });
  expect(marked).toEqual([order]);
});

it.each([
  ['published', 'published'],
  ['awaiting_approval', 'published'],
])(
  'waits while the workflow of a post writes that it is out, the archive having it as %s',
  async (archived, listed) => {
    const { begin, marked } = activities(archived, 'RUNNING', listed);
    await expect(begin()).rejects.toMatchObject({ type: 'Post.StillRunning', nonRetryable: false });
    expect(marked).toEqual([]);
  },
);

it.each([
  ['awaiting_approval', 'RUNNING', 'the post is awaiting approval; only a published one can be unpublished'],
  ['rejected', 'COMPLETED', 'the post is rejected; only a published one can be unpublished'],
  [null, null, 'the archive has no record of the post'],
])('refuses a post that is %s', async (archived, workflow, refused) => {
  const { begin, marked } = activities(archived, workflow, 'awaiting_approval');
  expect(await begin()).toMatchObject({ status: archived, refused });
  expect(marked).toEqual([]);
});

it('a target that keeps a post is no failure, one that is away is worth another try', async () => {
  const { ask } = activities('published', null);
  expect(await ask('social')).toEqual({ target: 'social', removedAt: null, reason: 'it is pinned' });
  expect(await ask('nowhere')).toMatchObject({
    removedAt: null,
    reason: "this worker has no target 'nowhere'",
  });
  await expect(ask('away')).rejects.toThrow('no answer');
});
