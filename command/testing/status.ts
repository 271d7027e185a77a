import type { BatchPost, BatchStatus } from '../../contract/status.js';
import { sampleBatch } from '../../desk/testing/samples.js';

export const batchPost = (changes: Partial<BatchPost> = {}): BatchPost => ({
  id: 'UpkTZ26nc9Eb',
  title: 'Where caching stops helping',
  contentFormat: 'hero_text',
  status: 'awaiting_approval',
  gate: 'publish',
  revision: 1,
  costUsd: 0.0642,
  step: 'review',
  error: null,
  ...changes,
});

export function batchStatus(posts: readonly BatchPost[], changes: Partial<BatchStatus> = {}): BatchStatus {
  const counts: Record<string, number> = {};
  for (const post of posts) counts[post.status] = (counts[post.status] ?? 0) + 1;
  return sampleBatch({
    id: 'Zr4hK8vYp1Nc',
    account: 'ashtalksai',
    planner: 'data_and_retrieval',
    mix: { hero_text: Math.max(1, posts.length) },
    offline: true,
    budgetUsd: 5,
    costUsd: 0.1284,
    counts,
    posts,
    ...changes,
  });
}
