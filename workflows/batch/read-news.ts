import { isCancellation, rootCause } from '@temporalio/workflow';
import { news } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { offerNews, type BatchNews } from './news.js';
import type { Batch } from './state.js';

const LONGEST_REASON = 300;

/** Reads the planner's feeds, once a batch. A batch whose news can't be had is planned without. */
export async function readNews(batch: Cell<Batch>): Promise<void> {
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
