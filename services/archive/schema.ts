import type { ColumnType, GeneratedAlways, Selectable } from 'kysely';
import type { z } from 'zod';
import type { Nano } from '../../contract/money/nano.js';
import type { DeliveryState, WebhookType } from '../../contract/webhooks.js';
import type { TargetText } from '../../contract/status.js';
import type { FeedItem } from '../feeds/feed-item.js';
import type {
  batches,
  bills,
  charges,
  chats,
  chatTurns,
  citations,
  newsOffers,
  posts,
  publications,
  revisions,
  slots,
} from './tables.js';

export interface Schema {
  batches: Table<typeof batches, 'mix' | 'doc' | 'account_doc'> & Changing & Since;
  posts: Table<typeof posts, 'doc', 'status_since'> & Changing & { words: GeneratedAlways<string> };
  revisions: Omit<Table<typeof revisions, 'hashtags'>, 'texts'> & TextsColumn;
  charges: Table<typeof charges>;
  reservations: ReservationTable;
  deliveries: DeliveryTable;
  bills: Table<typeof bills, never, 'seen_at'>;
  publications: Table<typeof publications, 'edition'>;
  citations: Table<typeof citations>;
  chats: Table<typeof chats>;
  chat_turns: Table<typeof chatTurns, 'offered'>;
  post_words: PostWordsTable;
  post_embeddings: PostEmbeddingTable;
  slots: Table<typeof slots>;
  feeds: FeedTable;
  news_offers: Table<typeof newsOffers>;
}

/**
 * A table as Kysely takes it. A `Json` column is read as a value and written as JSON text, which both drivers pass on as it
 * is; the database itself fills a `Dated` one when a row is inserted.
 */
type Table<
  Columns extends z.ZodObject,
  Json extends keyof z.output<Columns> = never,
  Dated extends keyof z.output<Columns> = never,
> = {
  [Name in keyof z.output<Columns>]: Name extends Json
    ? ColumnType<z.output<Columns>[Name], string, string>
    : Name extends Dated
      ? ColumnType<z.output<Columns>[Name], never, z.output<Columns>[Name]>
      : z.output<Columns>[Name];
};

/** JSON like the others, where there is any. */
interface TextsColumn {
  texts: ColumnType<readonly TargetText[] | null, string | null, string | null>;
}

/** When a row was last written, by the database's clock. It means nothing to another archive, so no dump has it. */
interface Changing {
  changed_at: ColumnType<string, never, string>;
}

/** When the archive first heard of the present status, which no dump has either. */
interface Since {
  status_since: ColumnType<string, never, string>;
}

/** What a paid call that is under way holds back from its budgets. One whose charge is written holds nothing. */
interface ReservationTable {
  key: string;
  account: string;
  planner: string | null;
  batch_id: string | null;
  post_id: string | null;
  chat_id: string | null;
  /** Expected. */
  amount: Nano;
  /** The most that the call can cost, no less than `amount`. */
  most: Nano;
  offline: boolean;
  /** When its lease is over, by the database's clock. From then on it counts in no budget. */
  until: string;
}

/** What was told to a receiver of webhooks. No dump has it: what is pending is known to one Temporal server. */
interface DeliveryTable {
  id: string;
  account: string;
  url: string;
  /** The environment variable that holds the secret. */
  secret: string;
  type: WebhookType;
  post_id: string | null;
  batch_id: string;
  at: string;
  body: string;
  tries: number;
  status: DeliveryState;
  last_status_code: number | null;
  last_error: string | null;
  next_try_at: string | null;
}

/** What came of a feed when it was last read. It can be read again, so no dump has it. */
interface FeedTable {
  /** Of its address. */
  key: string;
  etag: string | null;
  last_modified: string | null;
  /** Newest first. */
  items: ColumnType<FeedItem[], string, string>;
  read_at: string;
}

/** The words of a published post. They are made from its publication, so no dump has them. */
interface PostWordsTable {
  post_id: string;
  account: string;
  /** The text search configuration that `words` was made with. */
  language: string;
  words: string;
}

/** What a published post means, as a model has it. It is made from the publication, so no dump has it. */
interface PostEmbeddingTable {
  post_id: string;
  model: string;
  /** Of length 1. */
  vector: number[];
}

export type ChargeRow = Selectable<Schema['charges']>;
