import { z } from 'zod';
import type { ReviewRules } from '../../contract/account.js';
import { GATES } from '../../contract/states.js';
import { parseDuration } from './duration.js';

const duration = z
  .union([z.string(), z.number()], 'must be a duration from 1m to 365d, such as 30m, 4h or 3d')
  .transform((value, context) => {
    const ms = parseDuration(String(value));
    if (ms !== null) return ms;
    context.addIssue({
      code: 'custom',
      message: 'must be a duration from 1m to 365d, such as 30m, 4h or 3d',
    });
    return z.NEVER;
  });

const webhook = z.strictObject({
  url: z.string().max(2_000).refine(isWebAddress, 'must be an http or https address without a user name'),
  // The message does not repeat the value, which may be the secret itself.
  secret: z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/, {
    message:
      'holds the name of an environment variable such as REMINDER_SECRET (A-Z, 0-9 and _), not a secret',
  }),
});

/** The key `review` of an account file. */
export const reviewFile = z
  .strictObject({
    gates: z.array(z.enum(GATES)).min(1).max(GATES.length).default(['publish']),
    remindAfter: duration.optional(),
    expireAfter: duration.optional(),
    webhook: webhook.optional(),
  })
  .superRefine(({ remindAfter, expireAfter }, context) => {
    if (remindAfter === undefined || expireAfter === undefined || expireAfter > remindAfter) return;
    const message = 'must be longer than remindAfter, or nobody is reminded before the post expires';
    context.addIssue({ code: 'custom', path: ['expireAfter'], message });
  });

export function toReviewRules(file: z.output<typeof reviewFile>): ReviewRules {
  const { gates, remindAfter = null, expireAfter = null, webhook } = file;
  return {
    gates: GATES.filter((gate) => gates.includes(gate)),
    remindAfter,
    expireAfter,
    webhook: webhook ? { url: webhook.url, secretVariable: webhook.secret } : null,
  };
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  // fetch refuses an address with a user name.
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
