import type { ArchivedChats } from './chats/chats.js';
import type { DeliveryLog } from './deliveries/deliveries.js';
import type { Ledger } from './ledger/ledger.js';
import type { News } from './news/news.js';
import type { PostSearch } from './post-search/post-search.js';
import type { Records } from './records/records.js';
import type { TakenSlots } from './slots/taken-slots.js';
import type { Transfer } from './transfer/transfer.js';

/** What outlives the workflows: batches, posts, charges and publications. Every write can be repeated. */
export interface Archive {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly transfer: Transfer;
  readonly deliveries: DeliveryLog;
  readonly slots: TakenSlots;
  readonly news: News;
  readonly chats: ArchivedChats;
  readonly postSearch: PostSearch;
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}
