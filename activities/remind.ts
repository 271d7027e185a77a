import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { ReminderWebhook } from '../contract/account.js';
import type { Gate } from '../contract/states.js';
import { FetchRefused } from '../services/public-fetch.js';
import type { Services } from '../services/services.js';

/** What a reminder says. */
export interface Reminder {
  readonly webhook: ReminderWebhook;
  readonly post: {
    readonly id: string;
    readonly account: string;
    readonly title: string;
    readonly gate: Gate;
    readonly revision: number;
    /** ISO 8601. */
    readonly at: string | null;
  };
}

const TIMEOUT_MS = 10_000;

/** What a receiver answers is not read, and may not be long. */
const MOST_BYTES = 65_536;

/** @param env where the secret that signs is looked up; it never enters a workflow. */
export const createRemind = (
  { publicFetch }: Pick<Services, 'publicFetch'>,
  env: Readonly<Record<string, string | undefined>> = process.env,
) => ({
  /**
   * Posts a reminder to the account's webhook, for posts that were started before accounts had `webhooks`. The header `copydesk-signature` is `t=<unix seconds>,v1=<hex>`, the HMAC-SHA256
   * of `<t>.<body>` by the secret, so that a receiver can tell that it is ours and fresh.
   *
   * @throws ApplicationFailure to be retried, or final where the secret is missing or the receiver refuses it
   */
  async remind({ webhook, post }: Reminder): Promise<void> {
    const secret = env[webhook.secretVariable];
    if (!secret) {
      throw ApplicationFailure.nonRetryable(
        `${webhook.secretVariable} is not set for this worker`,
        'Webhook.NoSecret',
      );
    }
    const body = JSON.stringify({ type: 'reminder', post });
    const time = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'copydesk-signature': `t=${time},v1=${signature}` },
      body,
      most: MOST_BYTES,
      within: TIMEOUT_MS,
    } as const;
    const status = await publicFetch(webhook.url, request, (answer) => Promise.resolve(answer.status)).catch(
      (error: Error) => {
        throw error instanceof FetchRefused ? refused(webhook, error.message, true) : error;
      },
    );
    if (status >= 200 && status <= 299) return;
    const passing = status >= 500 || status === 429 || status === 408;
    throw refused(webhook, `it answered ${status}`, !passing);
  },
});

/** Without the path and query of its address, which may be a secret. */
const refused = ({ url }: ReminderWebhook, why: string, nonRetryable: boolean): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'Webhook.Refused',
    message: `the webhook at ${URL.canParse(url) ? new URL(url).host : 'no address'}: ${why}`,
    nonRetryable,
  });
