import type { BatchPost, BatchStatus } from '../../contract/status.js';

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
  return {
    id: 'Zr4hK8vYp1Nc',
    account: 'ashtalksai',
    planner: 'data_and_retrieval',
    mix: { hero_text: Math.max(1, posts.length) },
    specialMessage: '',
    brief: null,
    offline: true,
    status: 'running',
    budgetUsd: 5,
    costUsd: 0.1284,
    unknownUsd: 0,
    counts,
    pipeline: [],
    posts,
    createdAt: '2026-11-24T09:00:00Z',
    error: null,
    ...changes,
  };
}
