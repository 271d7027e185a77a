import { isWebAddress, postUrl } from '../../contract/address.js';
import type { Publication } from '../../contract/status.js';
import type { Target } from '../../contract/account.js';
import { retryAfterMs } from '../provider-error.js';
import type { PublicAnswer, PublicFetch } from '../public-fetch.js';
import { bodyWords, readable } from '../readable.js';
import { createSecrets, type Secrets } from '../secrets.js';
import { hostOf, postSigned, whyNoAnswer, requireSecret, UnusableSecret } from '../signed-post.js';
import { readNoAnswer, readStatus, type FailureMeaning } from './failures.js';
import {
  editionKey,
  keyOf,
  askToChange,
  TargetFailure,
  type Edition,
  type Publisher,
  type TargetFacts,
} from './publisher.js';

export interface WebhookOptions {
  readonly publicFetch: PublicFetch;
  /** Address of the desk, without a slash at the end. */
  readonly url: string;
  readonly now: () => Date;
  /** Where the secrets are looked up; the environment of the process when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** An answer, as far as anything is made of it. */
interface Heard {
  readonly status: number;
  readonly words: string;
  readonly retryAfterSeconds: number | null;
}

/**
 * A program elsewhere, which is sent the whole post in a signed POST, as Standard Webhooks has it. The id is the same on every
 * attempt of a revision, and a receiver takes each once: that is what makes an attempt repeatable. What it has taken it can't be
 * asked.
 */
export class WebhookPublisher implements Publisher {
  readonly kind = 'webhook';
  readonly repeatable = true;
  readonly #options: Required<WebhookOptions>;

  constructor(options: WebhookOptions) {
    this.#options = { env: process.env, ...options };
  }

  async publish(edition: Edition, target: Target): Promise<Publication> {
    const at = edition.at ?? this.#options.now().toISOString();
    const event = { type: 'post.published', timestamp: at, data: { post: this.#post(edition) } };
    const heard = await this.#send(`msg_${editionKey(edition, target).slice(0, 24)}`, event, target);
    const url = urlIn(heard.words) ?? new URL(addressOf(target)).origin;
    return { target: target.name, url, at, removedAt: null };
  }

  find(_edition: Edition, target: Target): Promise<Publication | null> {
    const message = `the webhook at ${hostOf(addressOf(target))} can't be asked what it has taken`;
    return Promise.reject(new TargetFailure('unknown', 'Target.CannotLook', message));
  }

  async unpublish(postId: string, { url }: Publication, target: Target): Promise<string> {
    const at = this.#options.now().toISOString();
    const event = { type: 'post.unpublished', timestamp: at, data: { post: { id: postId, url } } };
    const id = `msg_${keyOf([postId, target.name, 'unpublish']).slice(0, 24)}`;
    await askToChange(() => this.#send(id, event, target));
    return at;
  }

  /** The receiver hears of it like of a publication, under an id of its own. */
  async edit(edition: Edition, { url }: Publication, target: Target): Promise<void> {
    const timestamp = this.#options.now().toISOString();
    const event = { type: 'post.edited', timestamp, data: { post: this.#post(edition), url } };
    await this.#send(`msg_${editionKey(edition, target).slice(0, 24)}`, event, target);
  }

  /** Whether the secret signs and somebody answers there. Nothing is sent but a GET, whose answer doesn't matter. */
  async check(target: Target): Promise<TargetFacts> {
    const address = addressOf(target);
    try {
      requireSecret(secretOf(target), this.#options.env);
      await this.#options.publicFetch(address, { most: 1, within: 20_000 }, () => Promise.resolve());
    } catch (error) {
      throw this.#failure(error, target);
    }
    return { as: hostOf(address), limits: [] };
  }

  /** Everything that a receiver needs to publish it. */
  #post(edition: Edition): object {
    const { postId, account, revision, contentFormat, language = null } = edition;
    const { title, body, caption, hashtags, altText, assets } = edition;
    const { url } = this.#options;
    return {
      id: postId,
      account,
      revision,
      contentFormat,
      language,
      url: postUrl(url, account, postId),
      title,
      body,
      caption,
      hashtags,
      altText,
      assets: assets.map((name) => ({ name, url: `${url}/assets/${name}` })),
    };
  }

  /** @returns what was answered, where it was taken. @throws TargetFailure */
  async #send(id: string, event: object, target: Target): Promise<Heard> {
    const secrets = createSecrets([this.#options.env[secretOf(target)]]);
    const message = {
      id,
      url: addressOf(target),
      secretVariable: secretOf(target),
      body: JSON.stringify(event),
    };
    const heard = await postSigned(message, this.#options, hear).catch((error: unknown) => {
      throw this.#failure(error, target);
    });
    if (heard.status >= 200 && heard.status <= 299) return heard;
    throw refusal(heard, target, secrets);
  }

  #failure(error: unknown, target: Target): TargetFailure {
    if (error instanceof UnusableSecret) return new TargetFailure('refused', 'Target.SignIn', error.message);
    const where = `the webhook at ${hostOf(addressOf(target))}`;
    const message = readable(`${where}: ${whyNoAnswer(error)}`);
    return new TargetFailure(...readNoAnswer(error, true), message);
  }
}

/** The status tells whether it was taken, however its body goes on. */
async function hear({ status, headers, body }: PublicAnswer): Promise<Heard> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of body) pieces.push(piece);
  } catch {
    // Too large, too slow or cut off: its words are lost.
  }
  const wait = retryAfterMs(headers.get('retry-after'));
  return {
    status,
    words: Buffer.concat(pieces).toString(),
    retryAfterSeconds: wait === null ? null : Math.ceil(wait / 1_000),
  };
}

/** What an answer that took nothing means. Of what a 5xx did before, nobody knows. */
function refusal(
  { status, words, retryAfterSeconds }: Heard,
  target: Target,
  secrets: Secrets,
): TargetFailure {
  const [outcome, type] = readMeaning(status);
  const variable = type === 'Target.SignIn' ? ` to what ${secretOf(target)} signed` : '';
  const said = bodyWords(words, secrets);
  const answered = `the webhook at ${hostOf(addressOf(target))} answered ${status}${variable}`;
  const message = readable(said === '' ? answered : `${answered}: ${said}`, secrets);
  return new TargetFailure(outcome, type, message, retryAfterSeconds);
}

/** A receiver has no limit of its own for a post, and one that gave up waiting for it has read none of it. */
function readMeaning(status: number): FailureMeaning {
  if (status === 408) return ['later', 'Target.Away'];
  return status === 413 ? ['refused', 'Target.Refused'] : readStatus(status, true);
}

/** Where the receiver says that the post stands; null where it says nothing of use. */
function urlIn(words: string): string | null {
  try {
    const { url } = JSON.parse(words) as { url?: unknown };
    return typeof url === 'string' && isWebAddress(url) ? new URL(url).href : null;
  } catch {
    return null;
  }
}

const addressOf = ({ settings }: Target): string => settings['url'] ?? '';
const secretOf = ({ settings }: Target): string => settings['secret'] ?? '';
