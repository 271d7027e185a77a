import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { pauseAfter, type WebhookInput } from '../contract/webhooks.js';
import type { DeliveryMessage, DeliveryTry } from '../services/archive/deliveries/deliveries.js';
import { FetchRefused } from '../services/public-fetch.js';
import type { Services } from '../services/services.js';
import { hostOf, postSigned, whyNoAnswer } from '../services/signed-post.js';

const LONGEST_ERROR = 500;
/** How many deliveries one receiver has under way here at a time, of the places for all. */
export const RECEIVER_SHARE = 10;
/** How long one waits whose receiver has its share, in ms: longer each time, as the line before it may be long. */
const BUSY = { firstMs: 2_000, longestMs: 60_000 };

/** How a try ended. `final`: another one would end the same way. */
interface Answer {
  readonly code: number | null;
  /** Why it was not taken, in one clause; null where it was. */
  readonly error: string | null;
  readonly final: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param env where the secrets that sign are looked up; they never enter a workflow.
 * @param underWay how many deliveries each receiver has now, by its address.
 */
export const createWebhook = (
  { archive, publicFetch, now }: Pick<Services, 'archive' | 'publicFetch' | 'now'>,
  env: Environment = process.env,
  underWay = new Map<string, number>(),
) => ({
  /**
   * Tries to deliver one event to one receiver, as Standard Webhooks 1.0 has it: every answer from 200 to 299 has taken it.
   * What came of it stands on the log. One whose receiver has enough of them under way leaves its place to others' meanwhile.
   *
   * @throws ApplicationFailure to be tried again, or final where the receiver may not be asked at all
   */
  async deliver({ id }: WebhookInput): Promise<void> {
    const message = await archive.deliveries.findMessage(id);
    if (!message) throw ApplicationFailure.nonRetryable(`there is no delivery ${id}`, 'Webhook.Unknown');
    const { attempt } = Context.current().info;
    const answer = await withinShare(underWay, message.url, attempt, () =>
      send(message, { publicFetch, now, env }),
    );
    // The fewer of both: an attempt that waited for its turn was no try, and a log may have tries of another day.
    const pause = pauseAfter(Math.min(attempt, message.tries + 1));
    await archive.deliveries.saveTry(id, tryOf(answer, new Date(now().getTime() + pause)));
    if (answer.error === null) return;
    throw ApplicationFailure.create({
      type: answer.final ? 'Webhook.Refused' : 'Webhook.NotTaken',
      message: `the webhook at ${hostOf(message.url)}: ${answer.error}`,
      nonRetryable: answer.final,
      nextRetryDelay: pause,
    });
  },

  /** Notes on the log that a receiver has not taken it for so long that it is not tried any more. */
  async giveUpDelivery({ id }: WebhookInput): Promise<void> {
    await archive.deliveries.giveUp(id);
  },
});

/** @throws ApplicationFailure where the receiver has its share already, to come again later */
async function withinShare<T>(
  underWay: Map<string, number>,
  url: string,
  attempt: number,
  work: () => Promise<T>,
): Promise<T> {
  const count = underWay.get(url) ?? 0;
  if (count >= RECEIVER_SHARE)
    throw ApplicationFailure.create({
      type: 'Webhook.Busy',
      message: `${count} deliveries to ${hostOf(url)} are under way; this one waits for its turn`,
      nextRetryDelay: Math.min(BUSY.firstMs * attempt, BUSY.longestMs),
      category: 'BENIGN',
    });
  underWay.set(url, count + 1);
  try {
    return await work();
  } finally {
    const left = (underWay.get(url) ?? 1) - 1;
    if (left > 0) underWay.set(url, left);
    else underWay.delete(url);
  }
}

async function send(
  message: DeliveryMessage,
  parts: Pick<Services, 'publicFetch' | 'now'> & { readonly env: Environment },
): Promise<Answer> {
  try {
    const code = await postSigned(message, parts, ({ status }) => Promise.resolve(status));
    return { code, error: code >= 200 && code <= 299 ? null : `it answered ${code}`, final: false };
  } catch (error) {
    // A secret that is missing, or is none, may be mended while the delivery is tried again.
    const final = error instanceof FetchRefused && error.ofAddress;
    return { ...notTaken(whyNoAnswer(error)), final };
  }
}

const notTaken = (error: string): Answer => ({ code: null, error, final: false });

const tryOf = ({ code, error, final }: Answer, nextTryAt: Date): DeliveryTry => ({
  status: error === null ? 'delivered' : final ? 'failed' : 'pending',
  lastStatusCode: code,
  lastError: error?.slice(0, LONGEST_ERROR) ?? null,
  nextTryAt: error === null || final ? null : nextTryAt.toISOString(),
});
