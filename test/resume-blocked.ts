import type { BatchStatus } from '../contract/status.js';

/**
 * Resumes each post of a batch that is blocked, once, since its batch hears a moment later that it goes on: a kill may have cut a
 * submit, and the stand-in with it, and then a person says whether to pay again.
 */
export function resumesBlocked(resume: (postId: string) => Promise<unknown>) {
  const resumed = new Set<string>();
  return async ({ posts }: BatchStatus): Promise<void> => {
    for (const { id, status } of posts) {
      if (status !== 'blocked' || resumed.has(id)) continue;
      resumed.add(id);
      await resume(id);
    }
  };
}
