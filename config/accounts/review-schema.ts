import { z } from 'zod';
import type { ReviewRules } from '../../contract/account.js';
import { GATES } from '../../contract/states.js';
import { duration } from './duration-schema.js';

/** The key `review` of an account file. */
export const reviewFile = z
  .strictObject({
    gates: z.array(z.enum(GATES)).min(1).max(GATES.length).default(['publish']),
    remindAfter: duration.optional(),
    expireAfter: duration.optional(),
  })
  .superRefine(({ remindAfter, expireAfter }, context) => {
    if (remindAfter === undefined || expireAfter === undefined || expireAfter > remindAfter) return;
    const message = 'must be longer than remindAfter, or nobody is reminded before the post expires';
    context.addIssue({ code: 'custom', path: ['expireAfter'], message });
  });

export function toReviewRules(file: z.output<typeof reviewFile>): ReviewRules {
  const { gates, remindAfter = null, expireAfter = null } = file;
  return {
    gates: GATES.filter((gate) => gates.includes(gate)),
    remindAfter,
    expireAfter,
  };
}
