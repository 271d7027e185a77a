import { expect, it } from 'vitest';
import { samplePost, sampleSchedule } from '../testing/samples.js';
import type { HaltedBatch, HaltedPost } from '../../services/archive/records/records.js';
import { type AttentionFacts, attentionList } from './attention-list.js';

const now = new Date('2026-06-28T12:00:00.000Z');
const at = (day: number): string => `2026-06-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const row = samplePost('PublicPost01').pipeline.at(-1)!;
const errorOf = (type: string, message: string) => ({ type, message, requestId: null });

const post = (id: string, changes: Partial<HaltedPost> = {}): HaltedPost => ({
  ...{ id, account: 'harbor', batchId: 'BatchBatch01', title: `Title of ${id}`, status: 'blocked' },
  ...{ since: at(20), error: errorOf('Provider.ContentPolicy', 'refused'), failed: [] },
  ...changes,
});
const outWithout = (id: string, since: string | null): HaltedPost =>
  post(id, {
    status: 'published',
    since: at(1),
    error: errorOf('Target.SignIn', 'social: the token was withdrawn'),
    failed: [{ ...row, target: 'social', state: 'failed', at: since }],
  });
const noKey = (id: string, step: 'draft' | 'video', changes: Partial<HaltedPost> = {}): HaltedPost =>
  post(id, {
    error: errorOf('Provider.Authentication', `${step}: HTTP 401`),
    // Its publication may have failed before it was revised.
    failed: [
      { ...row, step, state: 'failed' },
      { ...row, state: 'failed' },
    ],
    ...changes,
  });
const batch = (id: string, changes: Partial<HaltedBatch> = {}): HaltedBatch => ({
  ...{ id, account: 'harbor', planner: 'ships_and_ports', status: 'paused', since: at(20), error: null },
  ...changes,
});
const list = (facts: Partial<AttentionFacts>) =>
  attentionList({ posts: [], batches: [], schedules: [], now, ...facts });

it.each<[string, Partial<AttentionFacts>, object]>([
  [
    'a blocked post',
    { posts: [post('BlockedPost1')] },
    {
      ...{ what: 'post', id: 'BlockedPost1', title: 'Title of BlockedPost1', account: 'harbor' },
      ...{ posts: ['BlockedPost1'], reason: 'refused', since: at(20) },
      mend: {
        ...{ method: 'POST', path: '/api/posts/BlockedPost1/decisions', body: { decision: 'resume' } },
        command: 'npx copydesk resume BlockedPost1',
      },
    },
  ],
  [
    'a target that did not take a published post, since it failed',
    { posts: [outWithout('PublicPost01', at(27))] },
    {
      ...{ what: 'target', id: 'PublicPost01', since: at(27), reason: 'social: the token was withdrawn' },
      mend: { path: '/api/posts/PublicPost01/decisions', command: 'npx copydesk resume PublicPost01' },
    },
  ],
  [
    'one that does not say when it failed, since it is out',
    { posts: [outWithout('PublicPost01', null)] },
    { what: 'target', since: at(1) },
  ],
  [
    'a batch that a person paused',
    { batches: [batch('BatchBatch01')] },
    {
      ...{ what: 'batch', title: 'Ships and ports', since: at(20), posts: [] },
      reason: expect.stringContaining('A person paused it'),
      mend: { path: '/api/batches/BatchBatch01/resume', command: 'npx copydesk batch resume BatchBatch01' },
    },
  ],
  [
    'a batch that could not be planned, in the words of its provider',
    {
      batches: [batch('BatchBatch01', { status: 'blocked', error: errorOf('Output.NotUsable', 'no JSON') })],
    },
    { what: 'batch', reason: 'no JSON' },
  ],
  [
    'a schedule that is paused',
    { schedules: [sampleSchedule({ paused: true, note: 'Paused by mo, 2026-06-24 12:00 UTC.' })] },
    {
      ...{ what: 'schedule', id: 'Schedule0001', since: at(24) },
      reason: 'Paused by mo, 2026-06-24 12:00 UTC. It starts no batch until it is resumed.',
      mend: {
        path: '/api/schedules/Schedule0001/resume',
        command: 'npx copydesk schedule resume Schedule0001',
      },
    },
  ],
  [
    'a schedule that was paused in the Temporal UI',
    { schedules: [sampleSchedule({ paused: true, note: null })] },
    { what: 'schedule', since: null, reason: 'It is paused. It starts no batch until it is resumed.' },
  ],
  [
    'a schedule whose last run started nothing',
    { schedules: [sampleSchedule({ problem: { at: at(22), message: 'no such planner', skipped: false } })] },
    {
      ...{ what: 'schedule', since: at(22), reason: 'Its last run started no batch: no such planner' },
      mend: { path: '/api/schedules/Schedule0001/run', command: 'npx copydesk schedule run Schedule0001' },
    },
  ],
  [
    'a schedule whose run was skipped',
    {
      schedules: [
        sampleSchedule({
          problem: { at: at(22), message: 'batch BatchBatch01 waits for you (2 posts)', skipped: true },
          runningBatchId: 'BatchBatch01',
        }),
      ],
    },
    {
      ...{ what: 'schedule', since: at(22) },
      reason: 'Its last run was skipped: batch BatchBatch01 waits for you (2 posts)',
      mend: {
        path: '/api/batches/BatchBatch01/approve',
        command: 'npx copydesk approve --batch BatchBatch01',
      },
    },
  ],
])('%s needs a person', (_what, facts, expected) => expect(list(facts)).toMatchObject([expected]));

it('posts that a key stopped are one thing to mend for each key, since the first of them', () => {
  const posts = [
    noKey('DraftPost001', 'draft', { since: at(21) }),
    noKey('DraftPost002', 'draft', { since: at(19), account: 'pier' }),
    noKey('VideoPost001', 'video'),
  ];
  expect(list({ posts })).toMatchObject([
    {
      ...{ what: 'key', id: 'OPENAI_API_KEY', account: null, since: at(19) },
      ...{ posts: ['DraftPost001', 'DraftPost002'], reason: '2 posts wait for it: draft: HTTP 401' },
      mend: {
        ...{ path: '/api/attention/resume', body: { key: 'OPENAI_API_KEY' } },
        command: 'npx copydesk resume DraftPost001 DraftPost002',
      },
    },
    { what: 'key', id: 'FAL_KEY', account: 'harbor', reason: '1 post waits for it: video: HTTP 401' },
  ]);
});

it.each<[string, Partial<AttentionFacts>]>([
  ['a schedule that runs', { schedules: [sampleSchedule()] }],
  [
    'a target that failed so long ago that its workflow has ended',
    { posts: [outWithout('OldPostPost1', '2026-05-29T11:00:00.000Z')] },
  ],
])('%s does not', (_what, facts) => expect(list(facts)).toEqual([]));

it('what mends most stands first, and the oldest of a kind before the others', () => {
  const facts = {
    posts: [
      post('BlockedPost1'),
      post('BlockedPost2', { since: at(2) }),
      outWithout('PublicPost01', at(27)),
      noKey('DraftPost001', 'draft'),
    ],
    batches: [batch('BatchBatch01')],
    schedules: [sampleSchedule({ paused: true })],
  };
  expect(list(facts).map(({ id }) => id)).toEqual([
    ...['OPENAI_API_KEY', 'BatchBatch01', 'Schedule0001', 'PublicPost01', 'BlockedPost2', 'BlockedPost1'],
  ]);
});
