import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { ReminderWebhook } from '../contract/account.js';
import type { Gate } from '../contract/states.js';

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

/** @param env where the secret that signs is looked up; it never enters a workflow. */
export const createRemind = (env: Readonly<Record<string, string | undefined>> = process.env) => ({
  /**
   * Posts a reminder to the account's webhook. The header `copydesk-signature` is `t=<unix seconds>,v1=<hex>`, the HMAC-SHA256
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
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'copydesk-signature': `t=${time},v1=${signature}` },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return;
    const passing = response.status >= 500 || response.status === 429 || response.status === 408;
    throw ApplicationFailure.create({
      type: 'Webhook.Refused',
      message: `${webhook.url} answered ${response.status}`,
      nonRetryable: !passing,
    });
  },
});
