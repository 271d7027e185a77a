import { expect, it } from 'vitest';
import type { BatchStatus } from '../../contract/status.js';
import { batchPost, batchStatus } from '../testing/status.js';
import { nextBlock, nextForBatch, nextForPost } from './next.js';

const DESK = 'http://127.0.0.1:8300';
const BATCH = 'Zr4hK8vYp1Nc';
const QUEUE = `${DESK}/desk?batch=${BATCH}`;
const WATCH = `npx copydesk batch status ${BATCH} --watch`;
const RESUME = `npx copydesk batch resume ${BATCH}`;

const error = (type: string) => ({ type, message: 'm', requestId: null });
const blocked = (id: string, type: string) => batchPost({ id, status: 'blocked', error: error(type) });
const KEY = 'Provider.Authentication';

it.each<[what: string, status: BatchStatus, lines: string[]]>([
  ['a post that waits', batchStatus([batchPost()]), [QUEUE, 'npx copydesk approve UpkTZ26nc9Eb']],
  [
    'all that wait, in one command',
    batchStatus(Array.from({ length: 100 }, () => batchPost())),
    [QUEUE, `npx copydesk approve --batch ${BATCH}`],
  ],
  ['a post at work', batchStatus([batchPost({ status: 'drafting' })]), [WATCH]],
  ['a plan at work', batchStatus([], { status: 'planning' }), [WATCH]],
  [
    'blocked posts together, and those over the budget with the batch',
    batchStatus([
      blocked('AAAAAAAAAAAA', 'Provider.Denied'),
      blocked('BBBBBBBBBBBB', 'Budget.Exceeded'),
      blocked('CCCCCCCCCCCC', 'Provider.UnknownOutcome'),
    ]),
    [
      QUEUE,
      'npx copydesk resume AAAAAAAAAAAA CCCCCCCCCCCC',
      `npx copydesk batch budget ${BATCH} USD`,
      RESUME,
    ],
  ],
  [
    'what a key blocked, with the batch',
    batchStatus([blocked('AAAAAAAAAAAA', KEY), blocked('BBBBBBBBBBBB', KEY)], {
      status: 'paused',
      error: error(KEY),
    }),
    [QUEUE, RESUME],
  ],
  ['one that is paused', batchStatus([batchPost({ status: 'published' })], { status: 'paused' }), [RESUME]],
  ['one that is blocked', batchStatus([batchPost({ status: 'published' })], { status: 'blocked' }), [RESUME]],
  ['what is done', batchStatus([batchPost({ status: 'published' })], { status: 'done' }), []],
  ['what is cancelled', batchStatus([batchPost({ status: 'drafting' })], { status: 'cancelled' }), []],
])('nextForBatch of %s', (_what, status, lines) => expect(nextForBatch(status, DESK)).toEqual(lines));

const PAGE = `${DESK}/desk/posts/UpkTZ26nc9Eb`;
it.each([
  ['awaiting_approval', [PAGE, 'npx copydesk approve UpkTZ26nc9Eb --revision 3']],
  ['scheduled', [PAGE, 'npx copydesk post cancel UpkTZ26nc9Eb']],
  ['blocked', [PAGE, 'npx copydesk resume UpkTZ26nc9Eb']],
  ['drafting', [WATCH]],
  ['published', []],
] as const)('nextForPost of one that is %s', (status, lines) => {
  const post = { id: 'UpkTZ26nc9Eb', batchId: BATCH, status, revision: 3 };
  expect(nextForPost(post, DESK).slice(0, 2)).toEqual(lines);
});

it('is no block where there is nothing to do', () => expect(nextBlock([])).toBe(''));
