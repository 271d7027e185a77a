import type { PostCounts } from '../../contract/lists.js';
import type { Records } from '../../services/archive/records/records.js';
import type { BarCounts } from './frame.js';

/** What the bar counts, over all accounts. */
export const barCounts = async (records: Pick<Records, 'countPosts'>): Promise<BarCounts> =>
  barCountsOf(await records.countPosts());

/** The same of counts that a page has read for itself. */
export const barCountsOf = ({ total, accounts }: PostCounts): BarCounts => ({
  waiting: total.awaiting_approval ?? 0,
  blocked: total.blocked ?? 0,
  scheduled: total.scheduled ?? 0,
  accounts: Object.keys(accounts).toSorted(),
});
