import { describe, expect, it } from 'vitest';
import type { BatchStatus } from '../../contract/status.js';
import { batchPost, batchStatus } from '../testing/status.js';
import { nextBlock, nextForBatch, nextForPost } from './next.js';

const DESK = 'http://127.0.0.1:8300';
const QUEUE = `${DESK}/desk?batch=Zr4hK8vYp1Nc`;
const nextFor = (status: BatchStatus): string[] => nextForBatch(status, DESK);

describe('nextForBatch', () => {
  it('leads to what waits at the desk first, then to the command that approves it', () => {
    const posts = [batchPost({ id: 'AAAAAAAAAAAA' })];
    expect(nextFor(batchStatus(posts))).toEqual([QUEUE, 'npx copydesk approve AAAAAAAAAAAA']);
  });

  it('names one command for all that wait', () => {
    const posts = Array.from({ length: 100 }, () => batchPost());
    expect(nextFor(batchStatus(posts))).toEqual([QUEUE, 'npx copydesk approve --batch Zr4hK8vYp1Nc']);
  });

  it('watches what is at work', () => {
    const watch = ['npx copydesk batch status Zr4hK8vYp1Nc --watch'];
    expect(nextFor(batchStatus([batchPost({ status: 'drafting' })]))).toEqual(watch);
    expect(nextFor(batchStatus([], { status: 'planning' }))).toEqual(watch);
  });

  it('resumes blocked posts together, and those over the budget with the batch', () => {
    const blocked = (id: string, type: string) =>
      batchPost({ id, status: 'blocked', error: { type, message: 'm', requestId: null } });
    const posts = [
      blocked('AAAAAAAAAAAA', 'Provider.Denied'),
      blocked('BBBBBBBBBBBB', 'Budget.Exceeded'),
      blocked('CCCCCCCCCCCC', 'Provider.UnknownOutcome'),
    ];
    expect(nextFor(batchStatus(posts))).toEqual([
      QUEUE,
      'npx copydesk resume AAAAAAAAAAAA CCCCCCCCCCCC',
      'npx copydesk batch budget Zr4hK8vYp1Nc USD',
      'npx copydesk batch resume Zr4hK8vYp1Nc',
    ]);
  });

  it('resumes with the batch what a key blocked', () => {
    const error = { type: 'Provider.Authentication', message: 'no such key', requestId: null };
    const posts = [batchPost({ status: 'blocked', error }), batchPost({ status: 'blocked', error })];
    expect(nextFor(batchStatus(posts, { status: 'paused', error }))).toEqual([
      QUEUE,
      'npx copydesk batch resume Zr4hK8vYp1Nc',
    ]);
  });

  it.each(['paused', 'blocked'] as const)('resumes one that is %s', (status) => {
    const post = batchPost({ status: 'published' });
    expect(nextFor(batchStatus([post], { status }))).toEqual(['npx copydesk batch resume Zr4hK8vYp1Nc']);
  });

  it('has nothing to say about what is done', () => {
    expect(nextFor(batchStatus([batchPost({ status: 'published' })], { status: 'done' }))).toEqual([]);
    expect(nextFor(batchStatus([batchPost({ status: 'drafting' })], { status: 'cancelled' }))).toEqual([]);
    expect(nextBlock([])).toBe('');
  });
});

const PAGE = `${DESK}/desk/posts/UpkTZ26nc9Eb`;
it.each([
  ['awaiting_approval', [PAGE, 'npx copydesk approve UpkTZ26nc9Eb --revision 3']],
  ['scheduled', [PAGE, 'npx copydesk post cancel UpkTZ26nc9Eb']],
  ['blocked', [PAGE, 'npx copydesk resume UpkTZ26nc9Eb']],
  ['drafting', ['npx copydesk batch status Zr4hK8vYp1Nc --watch']],
  ['published', []],
] as const)('nextForPost of one that is %s', (status, lines) => {
  const post = { id: 'UpkTZ26nc9Eb', batchId: 'Zr4hK8vYp1Nc', status, revision: 3 };
  expect(nextForPost(post, DESK).slice(0, 2)).toEqual(lines);
});
