import { expect, it } from 'vitest';
import type { z } from 'zod';
import { batchOrder } from '../../contract/api/batches.js';
import { decision } from '../../contract/api/decisions.js';
import { postEndpoints } from '../../contract/api/posts.js';
import { problemOf } from './problem.js';

function problem(schema: z.ZodType, sent: unknown) {
  const result = schema.safeParse(sent, { reportInput: true });
  if (result.success) throw new Error('it was taken');
  return problemOf(result.error, sent);
}
const ID = 'an id: 12 characters of A-Z, a-z and 0-9';

it.each<[sent: unknown, field: string | undefined, message: string]>([
  [
    {},
    'decision',
    'decision is missing; it is one of approve, reject, revise, edit, resume, cancel, reschedule',
  ],
  [
    { decision: 'aprove' },
    'decision',
    "decision='aprove' is not one of approve, reject, revise, edit, resume, cancel, reschedule",
  ],
  [{ decision: 'reject' }, 'reason', 'reason is missing'],
  [{ decision: 'reject', reason: '  ' }, 'reason', 'reason is empty'],
  [
    { decision: 'reject', reason: 'x'.repeat(4_001) },
    'reason',
    'reason: 4001 characters is more than the 4000 allowed',
  ],
  [{ decision: 'approve', revision: 0 }, 'revision', "revision='0' is less than the 1 allowed"],
  [{ decision: 'approve', revision: '2' }, 'revision', "revision='2' is not a number"],
  [{ decision: 'approve', gate: 'all' }, 'gate', "gate='all' is not one of media, publish"],
  [
    { decision: 'approve', publishAt: '2027-02-30T00:00:00Z' },
    'publishAt',
    "publishAt='2027-02-30T00:00:00Z' is not 'now', 'next' or an ISO 8601 time with its zone, such as 2027-01-31T09:00:00+01:00",
  ],
  [
    { decision: 'edit', hashtags: ['#a b'] },
    'hashtags.0',
    "hashtags.0='#a b' is not a word of letters, digits and _, without #",
  ],
  [
    { decision: 'edit' },
    undefined,
    'There is nothing to edit: name title, body, caption, hashtags or altText, or target and text',
  ],
])('a decision %j: %s: %s', (sent, field, message) => {
  expect(problem(decision, sent)).toEqual(field === undefined ? { message } : { message, field });
});

const ORDER = { account: 'a', planner: 'b', mix: { video: 1 } };
it.each<[changes: object, field: string, message: string]>([
  [{ mix: {} }, 'mix', 'mix: it is empty; it names formats of video, hero_text'],
  [{ mix: { audio: 1 } }, 'mix', "mix='audio' is not a format: video, hero_text"],
  [{ mix: { video: 1.5 } }, 'mix', "mix: video='1.5' is not a whole number of 1 or more"],
  [{ mix: { video: 3_000 } }, 'mix', 'mix: 3000 posts are more than the 2000 allowed in a batch'],
  [{ budgetUsd: -1 }, 'budgetUsd', "budgetUsd='-1' is less than the 0 allowed"],
  [{ id: 'short' }, 'id', `id='short' is not ${ID}`],
])('an order with %j: %s: %s', (changes, field, message) => {
  expect(problem(batchOrder, { ...ORDER, ...changes })).toEqual({ message, field });
});

it.each([[], null, 5, 'text'])('a body that is no object, %j', (sent) => {
  expect(problem(postEndpoints.unpublish.body, sent)).toEqual({
    message: 'The body is not an object of fields',
  });
});
