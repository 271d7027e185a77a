import { z } from 'zod';
import type { Webhook } from '../../contract/account.js';
import { WEBHOOK_TYPES } from '../../contract/webhooks.js';
import { isFetchable } from '../../contract/address.js';

const webhook = z.strictObject({
  url: z.string().refine(isFetchable, 'must be an http or https address without a user name'),
  // The message does not repeat the value, which may be the secret itself.
  secret: z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/, {
    message: 'holds the name of an environment variable such as DESK_SECRET (A-Z, 0-9 and _), not a secret',
  }),
  events: z.array(z.enum(WEBHOOK_TYPES)).min(1).max(WEBHOOK_TYPES.length).optional(),
});

/** The key `webhooks` of an account file. */
export const webhooksFile = z.array(webhook).max(10).default([]);

export const toWebhooks = (file: z.output<typeof webhooksFile>): Webhook[] =>
  file.map(({ url, secret, events = null }) => ({ url, secretVariable: secret, events }));
