import { expect, it } from 'vitest';
import type { Gate, PostState } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { boundApproval } from './approve.js';

const ID = 'UpkTZ26nc9Eb';

/** A post of which only what an approval is bound to matters. */
const showing = (status: PostState, gate: Gate | null, revision: number) => ({
  status: async () => ({ status, gate, revision }) as PostStatus,
});

it.each([
  [{}, { gate: 'media', revision: 3 }],
  [{ revision: 2 }, { gate: 'media', revision: 2 }],
  [{ gate: 'publish' }, { gate: 'publish', revision: 3 }],
] as const)(
  'an approval of %j is bound to %j: what was named is kept, the rest is looked for',
  async (named, bound) => {
    const approval = { by: 'ana', note: 'Good', ...named };
    const post = showing('awaiting_approval', 'media', 3);
    expect(await boundApproval(post, ID, approval)).toEqual({ by: 'ana', note: 'Good', ...bound });
  },
);

it('does not ask when both were named', async () => {
  const never = { status: () => Promise.reject(new Error('asked')) };
  const approval = { by: 'ana', gate: 'media', revision: 1 } as const;
  expect(await boundApproval(never, ID, approval)).toEqual(approval);
});

it.each([
  ['illustrating', `post ${ID}: no gate is open: the post is illustrating`],
  ['publishing', `post ${ID}: no gate is open: the post is publishing`],
  ['published', `post ${ID} is published; it is too late to approve`],
  ['expired', `post ${ID} is expired; it is too late to approve`],
] as const)('sends nothing to one that is %s, for the gate that may open next', async (status, message) => {
  await expect(boundApproval(showing(status, null, 1), ID, { by: 'ana' })).rejects.toThrow(message);
});
