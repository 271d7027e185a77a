import { describe, expect, it } from 'vitest';
import { BadRequest } from '../http/bad-request.js';
import { queueQuery, queueSearch, statesOf, type QueueQuery } from './queue-query.js';

const asked = (search: string): QueueQuery => {
  const given = new URLSearchParams(search);
  return queueQuery((name) => given.get(name) ?? undefined);
};

describe('the list that an address asks for', () => {
  it.each([
    ['', { status: 'queue' }],
    ['status=blocked', { status: 'blocked' }],
    ['account=harbor', { status: 'queue', account: 'harbor' }],
    ['batch=BatchBatch01', { status: 'any', batch: 'BatchBatch01' }],
    ['q=+tide++clock+', { status: 'any', q: 'tide  clock' }],
    ['q=tide&status=queue', { status: 'queue', q: 'tide' }],
    ['q=+', { status: 'queue' }],
  ])('%j', (search, query) => expect(asked(search)).toEqual(query));

  it.each([
    'status=lost',
    'status=queue%20',
    'account=../x',
    'account=%3Cb%3E',
    'batch=1',
    'cursor=%27+or+1',
  ])('refuses %j', (search) => expect(() => asked(search)).toThrow(BadRequest));
});

it.each(['', '?status=published', '?batch=BatchBatch01', '?status=queue&account=harbor&q=tide+clock'])(
  '%j leads back to itself',
  (search) => expect(queueSearch(asked(search.slice(1)))).toBe(search),
);

it('can be added to', () => {
  const search = queueSearch(asked('account=harbor&cursor=PostPost0001'), {
    cursor: undefined,
    part: 'list',
  });
  expect(search).toBe('?account=harbor&part=list');
});

it('keeps to the states of what waits, to one, or to none', () => {
  expect(statesOf(asked(''))).toEqual(['awaiting_approval', 'blocked']);
  expect(statesOf(asked('status=rejected'))).toEqual(['rejected']);
  expect(statesOf(asked('status=any'))).toBeUndefined();
});
