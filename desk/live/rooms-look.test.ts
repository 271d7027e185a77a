import { beforeAll, expect, it } from 'vitest';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';
import { sampleBatch, samplePost, sampleSchedule, waitingPost } from '../testing/samples.js';
import type { BatchPost } from '../../contract/status.js';
import { plainPicture } from '../testing/use-desk.js';
import { charge } from '../../services/archive/sample-records.js';
import type { NewTurn } from '../../services/archive/chats/chats.js';
import { ArchiveAway } from '../../services/archive/database.js';
import { createDesk } from '../desk.js';
import { serveDesk } from '../serve.js';

const { desk, expectForEverybody } = useDeskInBrowser();

const LONG = 'Averageswithoutawordbreakthatgoonandonandonandonuntiltheedgeofthewindow';
const TITLE = 'Why a harbor clock runs on two times';
const DAY = '2026-06-28';

beforeAll(async () => {
  await fillBatches();
  await fillCosts();
  await fillSchedulesAndDeliveries();
  await desk.publish(samplePost('CitedPost001', { title: `${TITLE} ${LONG}` }));
  await fillChats();
  await desk.writeAccount('broken', `name: ${LONG}\nvoise: Loud.\n`);
});

/** A batch in every state that a page shows in another way. */
async function fillBatches(): Promise<void> {
  const message = `The picture was refused. ${LONG}`;
  const error = { type: 'Provider.ContentPolicy', message, requestId: 'req-7' };
  const post = (id: string, changes: Partial<BatchPost>): BatchPost => ({
    ...{ id, title: TITLE, contentFormat: 'hero_text', status: 'published', gate: null },
    ...{ revision: 1, costUsd: 0.0642, step: null, error: null, ...changes },
  });
  const posts = [
    post('PicturePost1', { status: 'awaiting_approval', gate: 'publish', revision: 2 }),
    post('BlockedPost1', { status: 'blocked', error, title: LONG }),
    post('WorkingPost1', { status: 'illustrating', step: 'hero_image', title: '' }),
    post('PublishedP01', { contentFormat: 'video' }),
    post('RejectedPos1', { status: 'rejected' }),
  ];
  const counts = { awaiting_approval: 1, blocked: 1, illustrating: 1, published: 1, rejected: 1 };
  const pipeline = [{ ...samplePost('PlanPlanPla1').pipeline[1]!, step: 'plan', label: 'Plan' } as const];
  const brief = `Fog, bells and ${LONG}`;
  for (const changes of [
    { posts, counts, brief, unknownUsd: 0.05, pipeline },
    { id: 'PlanningBat1', status: 'planning', counts: {}, costUsd: 0 },
    { id: 'BlockedBatc1', status: 'blocked', counts: {}, error, posts: [] },
    { id: 'OfflineBatc1', status: 'paused', offline: true },
    { id: 'EndedBatch01', status: 'done', counts: { published: 5 } },
  ] as const)
    await desk.saveBatch(sampleBatch(changes));
  await desk.storeFile('PicturePost1_hero.png', await plainPicture(64, 36));
  await desk.savePost(waitingPost('PicturePost1'));
  await desk.savePost(waitingPost('BlockedPost1', { status: 'blocked', gate: null, error, title: LONG }));
  await desk.savePost(samplePost('FailedPost01', { error: { ...error, type: 'Target.SignIn' } }));
  const keyError = { ...error, type: 'Provider.Authentication' };
  await desk.savePost(waitingPost('KeylessPost1', { status: 'blocked', gate: null, error: keyError }));
}

/** Costs of most days of a month: kept, wasted and unknown. */
async function fillCosts(): Promise<void> {
  for (let day = 1; day <= 27; day += 1) {
    const date = `2026-06-${String(day).padStart(2, '0')}`;
    const paid = { amount: (1 + ((day * 7) % 10)) * 60_000_000, at: `${date}T10:00:00.000Z` };
    const charges = [
      charge('hero_image', { ...paid, model: 'fal-ai/flux-pro/v1.1-ultra' }),
      charge('draft', { ...paid, model: 'gpt-6-luna', outcome: 'refused' }),
      charge('hero_image', { ...paid, basis: 'unknown', outcome: 'lost' }),
    ];
    const status = samplePost(`CostlyPost${date.slice(-2)}`);
    await desk.archive.records.savePost({ sequence: 1, status, charges });
  }
}

async function fillSchedulesAndDeliveries(): Promise<void> {
  for (const status of ['pending', 'failed'] as const) {
    const id = `msg_${status[0]!.repeat(24)}`;
    const where = { account: 'harbor', url: 'https://hooks.example/desk', secretVariable: 'DESK_SECRET' };
    const what = {
      type: 'post.blocked',
      postId: 'BlockedPost1',
      batchId: 'BatchBatch01',
      body: '{}',
    } as const;
    await desk.archive.deliveries.add({ id, ...where, ...what, at: new Date().toISOString() });
    const nextTryAt = status === 'pending' ? `${DAY}T16:00:00.000Z` : null;
    await desk.archive.deliveries.saveTry(id, { status, lastStatusCode: 500, lastError: LONG, nextTryAt });
  }
  const problem = {
    at: `${DAY}T04:00:00.000Z`,
    message: `accounts/harbor.yaml:3: voise: ${LONG}`,
    skipped: false,
  };
  const skip = { ...problem, message: 'batch BatchBatch01 waits for you (2 posts)', skipped: true };
  const running = {
    lastBatchId: 'BatchBatch01',
    runningBatchId: 'BatchBatch01',
    cron: '*/15 9-17 * * MON-FRI',
  };
  for (const schedule of [
    sampleSchedule({ lastBatchId: 'EndedBatch01', brief: `Fog and ${LONG}` }),
    sampleSchedule({ id: 'PausedSched1', paused: true, note: 'Paused by mo.', next: [] }),
    sampleSchedule({ id: 'BrokenSched1', ...running, skipped: 3, missed: 1, problem }),
    sampleSchedule({ id: 'SkippedSche1', ...running, skipped: 1, problem: skip }),
  ])
    desk.workflows.kept.set(schedule.id, schedule);
}

/** Conversations of one reader and of two, with every outcome, long words and a cost; and some that a stand-in answered. */
async function fillChats(): Promise<void> {
  const { chats, ledger } = desk.archive;
  const chatId = 'TalkTalkTal1';
  const at = `${DAY}T09:00:00.000Z`;
  const answer = 'Two of them keep the time of the sea.\n\nThe other two keep ours, and the two never agree.';
  const saveTurn = (turn: number, changes: Partial<NewTurn>) =>
    chats.saveTurn({
      ...{ chatId, account: 'harbor', turn, visitor: 'a', outcome: 'answered', citedIds: [], answer },
      ...{ question: 'Why does the harbor clock have four hands?', offline: false, at, ...changes },
    });
  const nothing = { answer: "I haven't written about that.", outcome: 'nothing_found' } as const;
  await saveTurn(1, { citedIds: ['CitedPost001'] });
  await saveTurn(2, { visitor: 'b', question: `${LONG}? ${LONG.repeat(4)}`, ...nothing });
  await saveTurn(3, { question: 'Who rings the bell?', ...nothing, outcome: 'declined' });
  await saveTurn(4, { question: 'Say something vile.', answer: LONG, outcome: 'flagged' });
  await saveTurn(1, { chatId: 'TalkTalkTal2', offline: true });
  const payer = { account: 'harbor', planner: null, batchId: null, postId: null, chatId };
  const made = { provider: 'openai', model: 'gpt-6-luna', amount: 4_213_500, at };
  await ledger.settle({ payer, charges: [charge('chat', made)] });
}

it.each([
  'batches batches?account=nobody batches/BatchBatch01 batches/BatchBatch01?status=blocked&done=budget',
  'batches/PlanningBat1 batches/BlockedBatc1 batches/OfflineBatc1 batches/EndedBatch01',
  'batches/BatchBatch01/cancel batches/new?account=harbor batches/new?account=harbor&questions=1',
  'attention',
  'schedules?done=add schedules/new schedules/Schedule0001/remove schedules/Schedule0001/change',
  'chats?done=delete chats?account=nobody chats/questions?account=harbor',
  'chats/TalkTalkTal1 chats/TalkTalkTal1/delete',
  'costs costs?by=model costs?by=step&since=2026-06-20 costs?since=2026-06-28',
  'accounts accounts/harbor accounts/harbor/deliveries accounts/harbor/deliveries?done=again accounts/broken',
])('can be read by everybody, on a phone and by night: %s', (paths) =>
  expectForEverybody(
    paths.split(' ').map((path) => `/desk/${path}`),
    SIGNED_IN,
  ),
);

it('says on a page that everybody can read that the archive is away', async () => {
  const away = () => Promise.reject(new ArchiveAway('no database answers'));
  const records = new Proxy(desk.archive.records, { get: () => away });
  const app = createDesk({ ...desk.deps, archive: { ...desk.archive, records } });
  const other = await serveDesk({ app, host: '127.0.0.1', port: 0 });
  try {
    await expectForEverybody([`${other.url}/desk`], SIGNED_IN, async (page) =>
      expect(await page.textContent('main')).toMatch(/Away for a moment.*archive is away/s),
    );
  } finally {
    await other.close();
  }
});
