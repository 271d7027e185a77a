import { sql, type Kysely, type Migration } from 'kysely';

/** The whole schema. Money is nano-USD in an int8. */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of [...RECORDS, ...MONEY, ...OUTSIDE, ...CHATS])
      await sql.raw(statement).execute(db);
  },
};

/** By the millisecond, as times leave the archive: a reader who names one must not be given its own last row again. */
const CHANGED_AT = `changed_at timestamptz not null default date_trunc('milliseconds', clock_timestamp())`;

/** Batches, posts and what was seen at each revision of a post. */
const RECORDS = [
  `create table batches (
    id text primary key,
    account text not null,
    planner text not null,
    mix jsonb not null,
    status text not null,
    sequence int8 not null,
    plan_cost int8 not null,
    created_at timestamptz not null,
    doc jsonb not null,
    account_doc jsonb not null,
    budget int8 not null,
    month_budget int8,
    ${CHANGED_AT}
  )`,
  `create index batches_newest on batches (created_at desc, id)`,
  `create index batches_of_account on batches (account, created_at desc)`,
  `create index batches_changed on batches (changed_at)`,
  // A person finds a post by its words. They stand beside the document, which is large and would be unpacked whole for each search.
  String.raw`create table posts (
    id text primary key,
    batch_id text not null,
    account text not null,
    planner text not null,
    content_format text not null,
    title text not null,
    status text not null,
    gate text,
    revision int4 not null,
    cost int8 not null,
    unknown int8 not null,
    offline boolean not null,
    sequence int8 not null,
    status_since timestamptz not null default now(),
    created_at timestamptz not null,
    published_at timestamptz,
    doc jsonb not null,
    reminded_at timestamptz,
    ${CHANGED_AT},
    words text generated always as (
      title || E'\n' || planner || E'\n' || coalesce(doc->>'caption', '') || E'\n' || coalesce(doc->>'body', '')
    ) stored
  )`,
  `create index posts_newest on posts (created_at desc, id desc)`,
  `create index posts_of_account on posts (account, status, created_at desc)`,
  `create index posts_in_status on posts (status, created_at desc)`,
  `create index posts_of_batch on posts (batch_id, status)`,
  `create index posts_changed on posts (changed_at)`,
  `create table revisions (
    post_id text not null,
    revision int4 not null,
    sequence int8 not null,
    title text not null,
    body text,
    caption text not null,
    hashtags jsonb not null,
    alt_text text not null,
    hero text,
    clip text,
    "by" text not null,
    note text,
    at timestamptz not null,
    texts jsonb,
    constraint revisions_pk primary key (post_id, revision)
  )`,
];

/** What paid calls cost and hold back from their budgets, and what providers say they billed. A chat's have no batch and no planner. */
const MONEY = [
  `create table charges (
    key text primary key,
    post_id text,
    batch_id text,
    account text not null,
    planner text,
    step text not null,
    provider text not null,
    model text not null,
    quantity text,
    unit_price text,
    amount int8 not null,
    basis text not null,
    outcome text not null,
    request_id text,
    prompt text,
    offline boolean not null,
    at timestamptz not null,
    chat_id text
  )`,
  `create index charges_of_post on charges (post_id)`,
  `create index charges_of_batch on charges (batch_id)`,
  `create index charges_of_account on charges (account, at)`,
  `create index charges_in_time on charges (at)`,
  `create index charges_of_request on charges (request_id)`,
  `create index charges_of_chat on charges (chat_id) where chat_id is not null`,
  `create table reservations (
    key text primary key,
    account text not null,
    planner text,
    batch_id text,
    post_id text,
    amount int8 not null,
    offline boolean not null,
    until timestamptz not null,
    most int8 not null,
    chat_id text
  )`,
  `create index reservations_of_batch on reservations (batch_id)`,
  // Holds outlive their leases, so they are found by both.
  `create index reservations_of_account on reservations (account, until)`,
  `create index reservations_of_chat on reservations (chat_id) where chat_id is not null`,
  `create table bills (
    key text primary key,
    request_id text not null,
    amount int8 not null,
    units text,
    at timestamptz not null,
    seen_at timestamptz not null default now()
  )`,
  `create index bills_of_request on bills (request_id)`,
];

/** What went out and when, what programs elsewhere were told, and what was read of the news. */
const OUTSIDE = [
  `create table publications (
    post_id text not null,
    target text not null,
    url text not null,
    at timestamptz not null,
    account text not null,
    edition jsonb not null,
    removed_at timestamptz,
    constraint publications_pk primary key (post_id, target)
  )`,
  `create index publications_newest on publications (account, target, at desc)`,
  `create table slots (
    post_id text primary key,
    account text not null,
    at timestamptz,
    beside boolean not null,
    sequence int8 not null
  )`,
  // Moments that were given back are null, and never equal.
  `create unique index slots_one_post on slots (account, at) where beside = false`,
  `create index slots_of_account on slots (account, at)`,
  `create table deliveries (
    id text primary key,
    account text not null,
    url text not null,
    secret text not null,
    type text not null,
    post_id text,
    batch_id text not null,
    at timestamptz not null,
    body text not null,
    tries int4 not null,
    status text not null,
    last_status_code int4,
    last_error text,
    next_try_at timestamptz
  )`,
  `create index deliveries_of_account on deliveries (account, at desc, id desc)`,
  `create index deliveries_newest on deliveries (at desc, id desc)`,
  `create table feeds (
    key text primary key,
    etag text,
    last_modified text,
    items jsonb not null,
    read_at timestamptz not null
  )`,
  `create table news_offers (
    batch_id text not null,
    url_key text not null,
    id_key text,
    account text not null,
    planner text not null,
    url text not null,
    title text not null,
    at timestamptz not null,
    post_id text,
    over boolean not null,
    constraint news_offers_pk primary key (batch_id, url_key)
  )`,
  `create index news_offers_of_planner on news_offers (account, planner, url_key)`,
];

/** Conversations with an account, and the words and the meaning by which questions find its posts. */
const CHATS = [
  `create table chats (
    id text primary key,
    account text not null,
    created_at timestamptz not null,
    deleted_at timestamptz
  )`,
  `create index chats_newest on chats (created_at desc, id)`,
  `create index chats_of_account on chats (account, created_at desc)`,
  `create table chat_turns (
    chat_id text not null,
    turn int4 not null,
    account text not null,
    visitor text not null,
    question text not null,
    answer text not null,
    outcome text not null,
    offline boolean not null,
    at timestamptz not null,
    constraint chat_turns_pk primary key (chat_id, turn)
  )`,
  `create index chat_turns_of_account on chat_turns (account, at desc)`,
  `create table citations (
    chat_id text not null,
    turn int4 not null,
    post_id text not null,
    question text not null,
    at timestamptz not null,
    constraint citations_pk primary key (chat_id, turn, post_id)
  )`,
  `create index citations_of_post on citations (post_id, at desc)`,
  // Words and vectors are made from the publications, and made again where they are missing or of another model.
  `create table post_words (
    post_id text primary key,
    account text not null,
    language text not null,
    words tsvector not null
  )`,
  // Written at once, not when a vacuum comes by: the embedded archive has none, and every search would read what is pending.
  `create index post_words_words on post_words using gin (words) with (fastupdate = off)`,
  `create table post_embeddings (
    post_id text primary key,
    model text not null,
    vector real[] not null
  )`,
];
