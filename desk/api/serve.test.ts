import { expect, it } from 'vitest';
import type { z } from 'zod';
import { batchOrder } from '../../contract/api/batches.js';
import { decision } from '../../contract/api/decisions.js';
import { postEndpoints } from '../../contract/api/posts.js';
import { problemOf } from './serve.js';

function problem(schema: z.ZodType, sent: unknown) {
  const result = schema.safeParse(sent, { reportInput: true });
  if (result.success) throw new Error('it was taken');
  return problemOf(result.error, sent);
}
/** A message begins with the field that it is about. */
const about = (message: string) => ({ message, field: /^[\w.]+/.exec(message)?.[0] });

const KINDS = 'one of approve, reject, revise, edit, resume, cancel, reschedule';
const FEB_30 = '2027-02-30T00:00:00Z';
const TIME = "'now', 'next' or an ISO 8601 time with its zone, such as 2027-01-31T09:00:00+01:00";
const APPROVE = { decision: 'approve' };
const REJECT = { decision: 'reject' };
const EDIT = { decision: 'edit' };

it.each<[sent: object, message: string]>([
  [{}, `decision is missing; it is ${KINDS}`],
  [{ decision: 'aprove' }, `decision='aprove' is not ${KINDS}`],
  [REJECT, 'reason is missing'],
  [{ ...REJECT, reason: '  ' }, 'reason is empty'],
  [{ ...REJECT, reason: 'x'.repeat(4_001) }, 'reason: 4001 characters is more than the 4000 allowed'],
  [{ ...APPROVE, revision: 0 }, "revision='0' is less than the 1 allowed"],
  [{ ...APPROVE, revision: '2' }, "revision='2' is not a number"],
  [{ ...APPROVE, gate: 'all' }, "gate='all' is not one of media, publish"],
  [{ ...APPROVE, publishAt: FEB_30 }, `publishAt='${FEB_30}' is not ${TIME}`],
  [{ ...EDIT, hashtags: ['#a b'] }, "hashtags.0='#a b' is not a word of letters, digits and _, without #"],
])('a decision %j: %s', (sent, message) => expect(problem(decision, sent)).toEqual(about(message)));

it.each<[changes: object, message: string]>([
  [{ mix: {} }, 'mix: it is empty; it names formats of video, hero_text'],
  [{ mix: { audio: 1 } }, "mix='audio' is not a format: video, hero_text"],
  [{ mix: { video: 1.5 } }, "mix: video='1.5' is not a whole number of 1 or more"],
  [{ mix: { video: 3_000 } }, 'mix: 3000 posts are more than the 2000 allowed in a batch'],
  [{ budgetUsd: -1 }, "budgetUsd='-1' is less than the 0 allowed"],
  [{ id: 'short' }, "id='short' is not an id: 12 characters of A-Z, a-z and 0-9"],
])('an order with %j: %s', (changes, message) => {
  const order = { account: 'a', planner: 'b', mix: { video: 1 }, ...changes };
  expect(problem(batchOrder, order)).toEqual(about(message));
});

const NOTHING =
  'There is nothing to edit: name title, body, caption, hashtags or altText, or target and text';
const NO_OBJECT = 'The body is not an object of fields';
it('an edit of nothing is about no one field', () => {
  expect(problem(decision, EDIT)).toEqual({ message: NOTHING });
});
it.each([[], null, 5, 'text'])('a body that is no object, %j', (sent) => {
  expect(problem(postEndpoints.unpublish.body, sent)).toEqual({ message: NO_OBJECT });
});
