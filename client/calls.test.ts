import { expect, it } from 'vitest';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import { whyUnheard } from './calls.js';

const post = (status: PostStatus['status'], error: unknown = null) => ({ status, error }) as PostStatus;
const batch = (status: BatchStatus['status']) => ({ status, error: null, counts: {} }) as BatchStatus;
const lost =
  'when its workflow was terminated or lost, so nobody hears the approve; start another batch for what is missing';

it.each([
  [post('rejected'), 'approve', 'is rejected; it is too late to approve'],
  [post('published', {}), 'resume', 'is published; it is too late to resume'],
  [post('published'), 'resume', 'is published; there is nothing to mend'],
  [post('awaiting_approval'), 'approve', `was awaiting_approval ${lost}`],
  [batch('done'), 'cancel', 'is done; it is too late to cancel'],
  [batch('running'), 'approve', `was running ${lost}`],
])('a decision on %j, %s: %s', (ended, decision, words) => expect(whyUnheard(ended, decision)).toBe(words));
