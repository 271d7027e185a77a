import { planKey } from '../../contract/money/charge.js';
import { STEP_LABEL } from '../../contract/states.js';
import type { CopyOrder } from '../../contract/batch.js';
import { media, paid, news } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { askForText, settleLost } from '../paid/ask.js';
import { runName } from '../paid/run-name.js';
import {
  beginPage,
  finishPage,
  noteOffline,
  pageCell,
  type Page,
  offerNews,
  type BatchNews,
} from './plan.js';
import type { Batch } from './state.js';
import { isCancellation, rootCause } from '@temporalio/workflow';

/** Plans one page to its exact mix and queues its posts. Every paid try is on the page's row. */
export async function planPage(batch: Cell<Batch>, { mix, page }: Page): Promise<void> {
  const plan = partOf(batch, 'plan');
  plan.change((now) => beginPage(now, page));
  const { input } = batch.value;
  if (input.copy) return copyPost(batch, page, input.copy);
  await readNews(batch);
  const { posts, money } = batch.value;
  const { id: batchId, account, planner, brief, repeat } = input;
  const { queue, confirmed, news, lastPage: planned } = plan.value;
  const offered = news && news.open.length > 0 ? { news: news.open } : {};
  const { budget } = money;
  const run = runName();
  const titlesSoFar = [...posts.known, ...queue].map((post) => post.title);
  const { value } = await askForText({
    label: `${STEP_LABEL.plan}, page ${page}`,
    row: pageCell(plan, page),
    mends: 2,
    flaw: 'is not fresh',
    ask: async ({ call, again, last }) => {
      const attempt = await paid.plan.executeWithOptions({ summary: `Plan page ${page}` }, [
        {
          batchId,
          run,
          account,
          planner,
          mix,
          page,
          call,
          again,
          last,
          titlesSoFar,
          planned,
          brief,
          repeat,
          budget,
          confirmed,
          ...offered,
        },
      ]);
      plan.change((now) => noteOffline(now, attempt.offlineBatch));
      return attempt;
    },
    settleLost: (call) =>
      settleLost({
        key: planKey({ batchId, run, page, call }),
        step: 'plan',
        model: account.models.plan,
        payer: { account: account.handle, planner, batchId, postId: null },
      }),
  });
  plan.change((now) => finishPage(now, page, value));
}

/** A copy is planned, and written, already: its page costs nothing. */
async function copyPost(batch: Cell<Batch>, page: number, copy: CopyOrder): Promise<void> {
  const plan = partOf(batch, 'plan');
  const { post, offline } = await media.copyPost.executeWithOptions({ summary: `Copy post ${copy.from}` }, [
    { ...copy, account: batch.value.input.account.handle },
  ]);
  pageCell(plan, page).change((row) => ({ ...row, note: `copied from ${copy.from}` }));
  plan.change((now) => finishPage(noteOffline(now, offline), page, [post]));
}

const LONGEST_REASON = 300;

/** Reads the planner's feeds, once a batch. A batch whose news can't be had is planned without. */
async function readNews(batch: Cell<Batch>): Promise<void> {
  const { input, plan } = batch.value;
  const feeds = input.account.planners[input.planner]?.feeds ?? [];
  if (plan.news || feeds.length === 0) return;
  const read = await askForNews(batch.value, feeds);
  partOf(batch, 'plan').change((now) => ({ ...now, news: read }));
}

async function askForNews({ input }: Batch, feeds: readonly string[]): Promise<BatchNews> {
  const { id: batchId, account, planner } = input;
  try {
    const read = await news.readNews.executeWithOptions({ summary: 'Read the news' }, [
      { batchId, account: account.handle, planner, feeds },
    ]);
    return offerNews(read.items, read.note);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const reason = (rootCause(error) ?? String(error)).replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
    return offerNews([], `news: not read: ${reason}`);
  }
}
