import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import type { Charge } from '../../contract/money/charge.js';
import type { BatchPost } from '../../contract/status.js';
import type { NewTurn } from '../../services/archive/chats/chats.js';
import { ArchiveAway } from '../../services/archive/away.js';
import { createDesk } from '../desk.js';
import { serveDesk, type ServedDesk } from '../serve.js';
import { expectAccessibleInAllLooks } from '../testing/axe.js';
import { OPENING_MS, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleBatch, sampleSchedule, samplePost, waitingPost } from '../testing/samples.js';
import { useDeskInBrowser } from '../testing/use-desk-in-browser.js';

let desk: DeskUnderTest;
let served: ServedDesk;
let browser: Browser;
useDeskInBrowser((opened) => ({ desk, served, browser } = opened));
beforeAll(async () => {
  await fill(desk);
}, OPENING_MS);

const LONG = 'Averageswithoutawordbreakthatgoonandonandonandonuntiltheedgeofthewindow';

/** A batch in every state that a page shows in another way, and costs of some days. */
async function fill({
  saveBatch,
  savePost,
  storeFile,
  archive,
  writeAccount,
  workflows,
  publish,
}: DeskUnderTest): Promise<void> {
  const error = {
    type: 'Provider.ContentPolicy',
    message: `The picture was refused. ${LONG}`,
    requestId: 'req-7',
  };
  const post = (id: string, changes: Partial<BatchPost>): BatchPost => ({
    ...{ id, title: 'Why a harbor clock runs on two times', contentFormat: 'hero_text', status: 'published' },
    ...{ gate: null, revision: 1, costUsd: 0.0642, step: null, error: null, ...changes },
  });
  const posts = [
    post('PicturePost1', { status: 'awaiting_approval', gate: 'publish', revision: 2 }),
    post('BlockedPost1', { status: 'blocked', error, title: LONG }),
    post('WorkingPost1', { status: 'illustrating', step: 'hero_image', title: '' }),
    post('PublishedP01', { contentFormat: 'video' }),
    post('RejectedPos1', { status: 'rejected' }),
  ];
  const plan = samplePost('PlanPlanPla1').pipeline[1]!;
  const running = sampleBatch({
    ...{ posts, counts: { awaiting_approval: 1, blocked: 1, illustrating: 1, published: 1, rejected: 1 } },
    ...{
      brief: `Fog, bells and ${LONG}`,
      unknownUsd: 0.05,
      pipeline: [{ ...plan, step: 'plan', label: 'Plan' }],
    },
  });
  await saveBatch(running);
  await saveBatch(sampleBatch({ id: 'PlanningBat1', status: 'planning', counts: {}, costUsd: 0 }));
  await saveBatch(sampleBatch({ id: 'BlockedBatc1', status: 'blocked', counts: {}, error, posts: [] }));
  await saveBatch(sampleBatch({ id: 'OfflineBatc1', status: 'paused', offline: true }));
  await saveBatch(sampleBatch({ id: 'EndedBatch01', status: 'done', counts: { published: 5 } }));
  const picture = await sharp({ create: { width: 64, height: 36, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  await storeFile('PicturePost1_hero.png', picture);
  await savePost(waitingPost('PicturePost1'));
  for (let day = 1; day <= 27; day += 1) {
    const at = `2026-06-${String(day).padStart(2, '0')}T10:00:00.000Z`;
    const charge: Charge = {
      ...{
        key: `c${day}`,
        step: 'hero_image',
        provider: 'fal',
        model: 'fal-ai/flux-pro/v1.1-ultra',
        quantity: '1',
      },
      ...{ unitPrice: null, amount: (1 + ((day * 7) % 10)) * 60_000_000, basis: 'metered', outcome: 'kept' },
      ...{ requestId: null, prompt: null, offline: false, at },
    };
    const charges = [
      charge,
      { ...charge, key: `r${day}`, outcome: 'refused' as const, step: 'draft' as const, model: 'gpt-6-luna' },
      { ...charge, key: `u${day}`, basis: 'unknown' as const, outcome: 'lost' as const },
    ];
    await archive.records.savePost({
      sequence: 1,
      status: samplePost(`CostlyPost${String(day).padStart(2, '0')}`),
      charges,
    });
  }
  for (const [id, status] of [
    [`msg_${'a'.repeat(24)}`, 'pending'],
    [`msg_${'b'.repeat(24)}`, 'failed'],
  ] as const) {
    await archive.deliveries.add({
      ...{
        id,
        account: 'harbor',
        url: 'https://hooks.example/desk',
        secretVariable: 'DESK_SECRET',
        body: '{}',
      },
      ...{
        type: 'post.blocked',
        postId: 'BlockedPost1',
        batchId: 'BatchBatch01',
        at: new Date().toISOString(),
      },
    });
    const nextTryAt = status === 'pending' ? '2026-06-28T16:00:00.000Z' : null;
    await archive.deliveries.saveTry(id, { status, lastStatusCode: 500, lastError: LONG, nextTryAt });
  }
  for (const schedule of [
    sampleSchedule({ lastBatchId: 'EndedBatch01', brief: `Fog and ${LONG}` }),
    sampleSchedule({ id: 'PausedSched1', paused: true, note: 'Paused by mo.', next: [] }),
    sampleSchedule({
      ...{ id: 'BrokenSched1', lastBatchId: 'BatchBatch01', runningBatchId: 'BatchBatch01' },
      ...{ skipped: 3, missed: 1, cron: '*/15 9-17 * * MON-FRI' },
      problem: { at: '2026-06-28T04:00:00.000Z', message: `accounts/harbor.yaml:3: voise: ${LONG}` },
    }),
  ])
    workflows.kept.set(schedule.id, schedule);
  await publish(samplePost('CitedPost001', { title: `Why a harbor clock runs on two times ${LONG}` }));
  await fillChats(archive);
  await writeAccount('broken', `name: ${LONG}\nvoise: Loud.\n`);
}

/** Conversations of one reader and of two, with every outcome, long words and a cost; and some that a stand-in answered. */
async function fillChats({ chats, ledger }: DeskUnderTest['archive']): Promise<void> {
  const turn = (changes: Partial<NewTurn>): NewTurn => ({
    ...{
      chatId: 'TalkTalkTal1',
      account: 'harbor',
      turn: 1,
      visitor: 'a',
      outcome: 'answered',
      citedIds: [],
    },
    ...{
      question: 'Why does the harbor clock have four hands?',
      offline: false,
      at: '2026-06-28T09:00:00.000Z',
    },
    answer: 'Two of them keep the time of the sea.\n\nThe other two keep ours, and the two never agree.',
    ...changes,
  });
  const nothing = { answer: "I haven't written about that.", outcome: 'nothing_found' } as const;
  await chats.saveTurn(turn({ citedIds: ['CitedPost001'] }));
  await chats.saveTurn(turn({ turn: 2, visitor: 'b', question: `${LONG}? ${LONG.repeat(4)}`, ...nothing }));
  await chats.saveTurn(turn({ turn: 3, question: 'Who rings the bell?', ...nothing, outcome: 'declined' }));
  await chats.saveTurn(turn({ turn: 4, question: 'Say something vile.', answer: LONG, outcome: 'flagged' }));
  await chats.saveTurn(turn({ chatId: 'TalkTalkTal2', offline: true }));
  const payer = { account: 'harbor', planner: null, batchId: null, postId: null, chatId: 'TalkTalkTal1' };
  const charge: Charge = {
    ...{ key: 'chat/TalkTalkTal1/answer/1/1', step: 'chat', provider: 'openai', model: 'gpt-6-luna' },
    ...{ quantity: '1', unitPrice: null, amount: 4_213_500, basis: 'metered', outcome: 'kept' },
    ...{ requestId: null, prompt: null, offline: false, at: '2026-06-28T09:00:00.000Z' },
  };
  await ledger.settle({ payer, charges: [charge] });
}

it.each([
  '/desk/batches',
  '/desk/batches?account=nobody',
  '/desk/batches/BatchBatch01',
  '/desk/batches/BatchBatch01?status=blocked&done=budget',
  '/desk/batches/PlanningBat1',
  '/desk/batches/BlockedBatc1',
  '/desk/batches/OfflineBatc1',
  '/desk/batches/EndedBatch01',
  '/desk/batches/BatchBatch01/cancel',
  '/desk/batches/new?account=harbor',
  '/desk/schedules?done=add',
  '/desk/schedules/new',
  '/desk/schedules/Schedule0001/remove',
  '/desk/batches/new?account=harbor&questions=1',
  '/desk/chats?done=delete',
  '/desk/chats?account=nobody',
  '/desk/chats/TalkTalkTal1',
  '/desk/chats/TalkTalkTal1/delete',
  '/desk/chats/questions?account=harbor',
  '/desk/costs',
  '/desk/costs?by=model',
  '/desk/costs?by=step&since=2026-06-20',
  '/desk/costs?since=2026-06-28',
  '/desk/accounts',
  '/desk/accounts/harbor',
  '/desk/accounts/harbor/deliveries',
  '/desk/accounts/harbor/deliveries?done=again',
  '/desk/accounts/broken',
])(
  '%s can be read by everybody, on a phone and by night',
  async (path) => {
    await expectAccessibleInAllLooks(browser, `${served.url}${path}`, {
      extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` },
    });
  },
  60_000,
);

it('says on a page that everybody can read that the archive is away', async () => {
  const away = () => Promise.reject(new ArchiveAway('no database answers'));
  const records = new Proxy(desk.archive.records, { get: () => away });
  const app = createDesk({ ...desk.deps, archive: { ...desk.archive, records } });
  const other = await serveDesk({ app, host: '127.0.0.1', port: 0 });
  try {
    await expectAccessibleInAllLooks(
      browser,
      `${other.url}/desk`,
      { extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } },
      async (page) => expect(await page.textContent('main')).toMatch(/Away for a moment.*archive is away/s),
    );
  } finally {
    await other.close();
  }
}, 60_000);
