import { describe, expect, it } from 'vitest';
import type { Gate, PostState } from '../contract/states.js';
import type { PostStatus } from '../contract/status.js';
import { boundApproval } from './approve-each.js';

const ID = 'UpkTZ26nc9Eb';

/** A post of which only what an approval is bound to matters. */
const showing = (status: PostState, gate: Gate | null, revision: number) => ({
  status: async () => ({ status, gate, revision }) as PostStatus,
});

describe('boundApproval', () => {
  it('binds to the gate and revision that it sees', async () => {
    const approval = { by: 'ana', note: 'Good' };
    expect(await boundApproval(showing('awaiting_approval', 'media', 3), ID, approval)).toEqual({
      ...approval,
      gate: 'media',
      revision: 3,
    });
  });

  it('keeps what was named, and looks for the rest', async () => {
    const post = showing('awaiting_approval', 'publish', 3);
    expect(await boundApproval(post, ID, { by: 'ana', revision: 2 })).toMatchObject({
      gate: 'publish',
      revision: 2,
    });
    expect(await boundApproval(post, ID, { by: 'ana', gate: 'media' })).toMatchObject({
      gate: 'media',
      revision: 3,
    });
  });

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
});
