import { describe, expect, it } from 'vitest';
import { batchPost, batchStatus } from '../testing/status.js';
import { nextBlock, nextForBatch, nextForPost } from './next.js';

describe('nextForBatch', () => {
  it('names the approval of each post that waits, and of all', () => {
    const posts = [batchPost({ id: 'AAAAAAAAAAAA' }), batchPost({ id: 'BBBBBBBBBBBB' })];
    expect(nextForBatch(batchStatus(posts))).toEqual([
      'npx copydesk approve AAAAAAAAAAAA',
      'npx copydesk approve BBBBBBBBBBBB',
      'npx copydesk approve --batch Zr4hK8vYp1Nc',
    ]);
  });

  it('does not list a hundred', () => {
    const posts = Array.from({ length: 100 }, () => batchPost());
    expect(nextForBatch(batchStatus(posts))).toEqual([
      'npx copydesk approve --batch Zr4hK8vYp1Nc',
      'npx copydesk post list --waiting',
    ]);
  });

  it('watches what is at work', () => {
    const watch = ['npx copydesk batch status Zr4hK8vYp1Nc --watch'];
    expect(nextForBatch(batchStatus([batchPost({ status: 'drafting' })]))).toEqual(watch);
    expect(nextForBatch(batchStatus([], { status: 'planning' }))).toEqual(watch);
  });

  it('resumes blocked posts together, and those over the budget with the batch', () => {
    const blocked = (id: string, type: string) =>
      batchPost({ id, status: 'blocked', error: { type, message: 'm', requestId: null } });
    const posts = [
      blocked('AAAAAAAAAAAA', 'Provider.Denied'),
      blocked('BBBBBBBBBBBB', 'Budget.Exceeded'),
      blocked('CCCCCCCCCCCC', 'Provider.UnknownOutcome'),
    ];
    expect(nextForBatch(batchStatus(posts))).toEqual([
      'npx copydesk resume AAAAAAAAAAAA CCCCCCCCCCCC',
      'npx copydesk batch budget Zr4hK8vYp1Nc USD',
      'npx copydesk batch resume Zr4hK8vYp1Nc',
    ]);
  });

  it('resumes with the batch what a key blocked', () => {
    const error = { type: 'Provider.Authentication', message: 'no such key', requestId: null };
    const posts = [batchPost({ status: 'blocked', error }), batchPost({ status: 'blocked', error })];
    expect(nextForBatch(batchStatus(posts, { status: 'paused', error }))).toEqual([
      'npx copydesk batch resume Zr4hK8vYp1Nc',
    ]);
  });

  it.each(['paused', 'blocked'] as const)('resumes one that is %s', (status) => {
    const post = batchPost({ status: 'published' });
    expect(nextForBatch(batchStatus([post], { status }))).toEqual(['npx copydesk batch resume Zr4hK8vYp1Nc']);
  });

  it('has nothing to say about what is done', () => {
    expect(nextForBatch(batchStatus([batchPost({ status: 'published' })], { status: 'done' }))).toEqual([]);
    expect(nextForBatch(batchStatus([batchPost({ status: 'drafting' })], { status: 'cancelled' }))).toEqual(
      [],
    );
    expect(nextBlock([])).toBe('');
  });
});

it.each([
  ['awaiting_approval', /^npx copydesk approve UpkTZ26nc9Eb --revision 3$/],
  ['scheduled', /post cancel/],
  ['blocked', /^npx copydesk resume UpkTZ26nc9Eb$/],
  ['drafting', /batch status Zr4hK8vYp1Nc --watch/],
  ['published', undefined],
] as const)('nextForPost of one that is %s', (status, line) => {
  const [first] = nextForPost({ id: 'UpkTZ26nc9Eb', batchId: 'Zr4hK8vYp1Nc', status, revision: 3 });
  if (line) expect(first).toMatch(line);
  else expect(first).toBeUndefined();
});
