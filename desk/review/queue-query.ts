import { ID_PATTERN } from '../../contract/ids.js';
import { POST_STATES, stateWords, type PostState } from '../../contract/states.js';
import { BadRequest } from '../http/bad-request.js';
import { isHandle } from '../shared/handle.js';

/** What waits for a person, and what any state is. */
export type QueueStatus = PostState | 'queue' | 'any';

/** Which posts a list of the desk shows; what is left out doesn't matter. */
export interface QueueQuery {
  readonly status: QueueStatus;
  readonly account?: string;
  /** The id of a batch. */
  readonly batch?: string;
  /** Words that all stand in a post's title, text or planner. */
  readonly q?: string;
  /** Where the list continues, as the list before gave it. */
  readonly cursor?: string;
}

/** The states of what waits for a person. */
export const WAITING: readonly PostState[] = ['awaiting_approval', 'blocked'];

/** The states that a list can be kept to, in words; what is still being made is in neither of the bar's lists. */
export const STATUS_CHOICES: readonly { status: QueueStatus; words: string }[] = [
  { status: 'queue', words: 'the queue' },
  { status: 'any', words: 'any state' },
  ...POST_STATES.map((status) => ({ status, words: stateWords(status) })),
];

const LONGEST_SEARCH = 200;
const CURSOR = /^(?:[a-z0-9_]{1,30}~)?[\w.-]{0,100}$/;

type Read = (name: string) => string | undefined;

/**
 * The list that an address asks for. A search, and a batch, is looked through in any state unless one is named.
 *
 * @param read a parameter of the address; undefined where it is left out or empty
 * @throws BadRequest naming what can't be used
 */
export function queueQuery(read: Read): QueueQuery {
  const account = read('account');
  if (account !== undefined && !isHandle(account))
    throw wrong('account', account, 'the handle of an account');
  const batch = read('batch');
  if (batch !== undefined && !ID_PATTERN.test(batch)) throw wrong('batch', batch, 'the id of a batch');
  const cursor = read('cursor');
  if (cursor !== undefined && !CURSOR.test(cursor)) throw wrong('cursor', cursor, 'where a list continues');
  const q = read('q')?.trim().slice(0, LONGEST_SEARCH) || undefined;
  const asked = read('status') ?? (q !== undefined || batch !== undefined ? 'any' : 'queue');
  const known = STATUS_CHOICES.find(({ status }) => status === asked);
  if (!known) throw wrong('status', asked, `one of ${STATUS_CHOICES.map(({ status }) => status).join(', ')}`);
  return { status: known.status, ...given({ account, batch, q, cursor }) };
}

function wrong(field: string, value: string, allowed: string): BadRequest {
  return new BadRequest(`${field}='${value.slice(0, 60)}' is not ${allowed}`, { field });
}

/** The way back, with its question mark: empty for the whole queue. `more` changes the query or adds to it. */
export function queueSearch(
  { status, account, batch, q, cursor }: QueueQuery,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const usual = q !== undefined || batch !== undefined ? 'any' : 'queue';
  const named = { status: status === usual ? undefined : status, account, batch, q, cursor, ...more };
  const search = new URLSearchParams(given(named)).toString();
  return search === '' ? '' : `?${search}`;
}

/** Whether it is what waits for a person, by account and the oldest first. */
export const isQueue = ({ status }: QueueQuery): boolean => status === 'queue';

/** The states that a query keeps to; undefined for any. */
export const statesOf = ({ status }: QueueQuery): readonly PostState[] | undefined =>
  status === 'any' ? undefined : status === 'queue' ? WAITING : [status];

const given = <T extends Readonly<Record<string, string | undefined>>>(all: T): { [K in keyof T]?: string } =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
