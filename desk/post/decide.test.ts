import { expect, it } from 'vitest';
import { NoTemporalError, NoWorkerError, RefusedError } from '../../client/errors.js';
import { waitingPost, samplePost } from '../testing/samples.js';
import { toldWorkflows } from '../testing/workflows.js';
import { decide } from './decide.js';

const ID = 'WaitingPost1';
const [edit] = samplePost(ID).review.map((entry) => ({ ...entry, decision: 'edit', by: 'ana' }) as const);
const status = waitingPost(ID, { revision: 3, review: edit ? [edit] : [] });
const approve = { decision: 'approve', by: 'maria', revision: 3 } as const;

it('sends what was decided on the revision that stands', async () => {
  const workflows = toldWorkflows();
  const outcome = await decide(workflows.posts, status, { request: approve, seen: 3 });
  expect(outcome).toEqual({ kind: 'done', result: { status: 'scheduled', revision: 3 } });
  expect(workflows.told).toEqual([{ what: 'review', id: ID, value: approve }]);
});

it.each(['approve', 'reject', 'revise', 'edit'] as const)(
  'an outdated %s is sent to nobody',
  async (kind) => {
    const workflows = toldWorkflows();
    const request = { ...approve, reason: 'No.', instructions: 'Shorter.', title: 'T', decision: kind };
    const message = 'Revision 3 by ana came meanwhile: you saw revision 2. Nothing was decided.';
    const outcome = await decide(workflows.posts, status, { request, seen: 2 });
    expect([outcome, workflows.told]).toEqual([{ kind: 'outdated', message }, []]);
  },
);

it.each(['resume', 'cancel'] as const)('to %s needs no revision', async (decision) => {
  const workflows = toldWorkflows();
  await decide(workflows.posts, status, { request: { decision, by: 'maria' }, seen: 2 });
  expect(workflows.told).toHaveLength(1);
});

it('says in a line why it was refused, and passes on what is a bug', async () => {
  const tried = (error: Error) => {
    const refuse = () => Promise.reject(error);
    return decide({ review: refuse, unpublish: refuse }, status, { request: approve, seen: 3 });
  };
  const message = 'Not done: the post is already rejected.';
  const refused = await tried(new RefusedError(`post ${ID}: the post is already rejected`));
  expect(refused).toEqual({ kind: 'refused', message });
  expect(await tried(new NoTemporalError('127.0.0.1:7233'))).toMatchObject({ kind: 'refused' });
  expect(await tried(new NoWorkerError('q', '127.0.0.1:7233'))).toEqual({
    kind: 'unanswered',
    message: expect.stringMatching(/^No answer: .*It may be done all the same/) as string,
  });
  await expect(tried(new TypeError('a bug'))).rejects.toThrow('a bug');
});
