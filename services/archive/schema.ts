import type { ColumnType, Selectable } from 'kysely';
import type { Account } from '../../contract/account.js';
import type { ChargeBasis, ChargeOutcome } from '../../contract/money/charge.js';
import type { Mix } from '../../contract/mix.js';
import type { Nano } from '../../contract/money/nano.js';
import type { BatchState, Gate, PostState, Step } from '../../contract/states.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';

/** A jsonb column: read as a value, written as JSON text, which both drivers pass on as it is. */
type Json<T> = ColumnType<T, string, string>;
/** A timestamptz column: ISO 8601 both ways. */
type Time = string;

export interface BatchTable {
  id: string;
  account: string;
  planner: string;
  mix: Json<Mix>;
  status: BatchState;
  sequence: number;
  /** What its planning cost: the known charges that belong to no post. */
  plan_cost: Nano;
  /** What it may spend; null for no limit. */
  budget: Nano | null;
  /** What its account may spend in a calendar month of UTC as far as this batch goes; null for no limit. */
  month_budget: Nano | null;
  created_at: Time;
  doc: Json<BatchStatus>;
  account_doc: Json<Account>;
}

export interface PostTable {
  id: string;
  batch_id: string;
  account: string;
  planner: string;
  content_format: string;
  title: string;
  status: PostState;
  gate: Gate | null;
  revision: number;
  cost: Nano;
  unknown: Nano;
  offline: boolean;
  sequence: number;
  /** When the archive first heard of the present status. */
  status_since: ColumnType<Time, never, Time>;
  created_at: Time;
  published_at: Time | null;
  reminded_at: Time | null;
  doc: Json<PostStatus>;
}

export interface ChargeTable {
  key: string;
  /** Null for the planning of the batch. */
  post_id: string | null;
  batch_id: string;
  account: string;
  planner: string;
  step: Step;
  provider: string;
  model: string;
  quantity: string | null;
  unit_price: string | null;
  amount: Nano;
  basis: ChargeBasis;
  outcome: ChargeOutcome;
  request_id: string | null;
  prompt: string | null;
  offline: boolean;
  at: Time;
}

/** What a paid call that is under way holds back from its budgets. One whose charge is written holds nothing. */
export interface ReservationTable {
  key: string;
  account: string;
  planner: string;
  batch_id: string;
  post_id: string | null;
  /** Expected. */
  amount: Nano;
  /** The most that the call can cost, no less than `amount`. */
  most: Nano;
  offline: boolean;
  /** When its lease is over, by the database's clock. From then on it counts in no budget. */
  until: Time;
}

/** What a provider billed for a request: the sum of its rows, the first bill and its corrections. */
export interface BillTable {
  key: string;
  request_id: string;
  amount: Nano;
  units: string | null;
  at: Time;
  /** When we were told. */
  seen_at: ColumnType<Time, never, Time>;
}

export interface PublicationTable {
  post_id: string;
  target: string;
  url: string;
  at: Time;
  account: string;
  edition: Json<Edition>;
}

export interface CitationTable {
  chat_id: string;
  turn: number;
  post_id: string;
  question: string;
  at: Time;
}

export interface Schema {
  batches: BatchTable;
  posts: PostTable;
  charges: ChargeTable;
  reservations: ReservationTable;
  bills: BillTable;
  publications: PublicationTable;
  citations: CitationTable;
}

export type ChargeRow = Selectable<ChargeTable>;
