import { postUrl, isWebAddress } from '../../contract/address.js';
import type { Publication } from '../../contract/status.js';
import { mastodon } from '../../contract/targets/mastodon.js';
import type { Target } from '../../contract/account.js';
import type { AssetStore } from '../assets/assets.js';
import type { Fetch } from '../http-fetch.js';
import { hostOf } from '../signed-post.js';
import {
  createClient,
  type MastodonClient,
  type Status,
  readMastodonFailure,
  isUnfinished,
  type MastodonCall,
  isMissing,
} from './mastodon-client.js';
import { limitLines, readLimits, LOOK_MS, shortened, uploadMedia } from './mastodon-media.js';
import { findOwn, saysText } from './mastodon-statuses.js';
import {
  editionKey,
  askToChange,
  TargetFailure,
  throwIfGivenUp,
  type Edition,
  type Publisher,
  type TargetFacts,
} from './publisher.js';
import { createTargetFetch } from './target-fetch.js';

export interface MastodonOptions {
  readonly assets: Pick<AssetStore, 'read'>;
  /** Address of the desk, without a slash at the end. */
  readonly url: string;
  readonly now: () => Date;
  /** Whether http and instances that are not public may be asked. */
  readonly allowPrivate: boolean;
  /** Where tokens are looked up; the environment of the process when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Waits so many ms; real time when left out. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** How often a status is sent again whose file is still not processed, though the instance showed it. */
const MOST_UNFINISHED = 30;
/**
 * How long "it is not there" holds, in ms. An upload takes minutes, and a worker that sleeps or is cut off is given up after twenty
 * seconds: by then another attempt may have written.
 */
const LOOK_HOLDS_MS = 5_000;

/** An account that a token signs in, and how its calls fail. */
interface SignedIn {
  readonly client: MastodonClient;
  readonly asked: Omit<MastodonCall, 'phase' | 'now'>;
}

/**
 * Accounts on Mastodon, or on another server that speaks its API. A status has an idempotency key, which Mastodon keeps for an hour
 * and GoToSocial not at all; so before every write, and after one whose outcome is unknown, the account's own statuses are looked
 * through. The client is loaded with the first call.
 */
export class MastodonPublisher implements Publisher {
  readonly kind = mastodon.kind;
  readonly repeatable = false;
  readonly #options: MastodonOptions & Required<Pick<MastodonOptions, 'env' | 'pause'>>;
  readonly #fetch: Fetch;

  constructor(options: MastodonOptions) {
    const pause = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms));
    this.#options = { env: process.env, pause, ...options };
    this.#fetch = createTargetFetch(options);
  }

  async publish(edition: Edition, target: Target, signal?: AbortSignal): Promise<Publication> {
    const account = await this.#signIn(target);
    const text = this.#textOf(edition);
    const now = (): Date => this.#options.now();
    let lookedAt = now().getTime();
    const look = (): Promise<Publication | null> => {
      lookedAt = now().getTime();
      return this.#find(account, { ...edition, text }, target);
    };
    const found = await look();
    if (found) return found;
    const mediaIds = await this.#asking(account, 'before', async (client) =>
      uploadMedia(client, edition, { ...this.#options, limits: await readLimits(client) }),
    );
    const status = {
      status: text,
      mediaIds,
      visibility: 'public' as const,
      ...languageOf(edition),
    };
    const headers = { 'idempotency-key': editionKey(edition, target) };
    const write = async (client: MastodonClient): Promise<Publication> => {
      const other = now().getTime() - lookedAt > LOOK_HOLDS_MS ? await look() : null;
      if (other) return other;
      throwIfGivenUp(signal);
      const made = await client.v1.statuses.create(status, { requestInit: { headers } });
      return publicationOf(target, made, now());
    };
    return this.#asking(account, 'write', (client) => this.#whenFinished(() => write(client)));
  }

  async find(edition: Edition, target: Target): Promise<Publication | null> {
    const account = await this.#signIn(target);
    return this.#find(account, { ...edition, text: this.#textOf(edition) }, target);
  }

  async unpublish(_postId: string, publication: Publication, target: Target): Promise<string> {
    await askToChange(async () => {
      const account = await this.#signIn(target);
      await this.#asking(account, 'before', (client) => removeStatus(client, publication));
    });
    return this.#options.now().toISOString();
  }

  /** What is not named is taken off a status, so its files are named again. */
  async edit(edition: Edition, publication: Publication, target: Target): Promise<void> {
    const account = await this.#signIn(target);
    const status = this.#textOf(edition);
    await this.#asking(account, 'before', async (client) => {
      const stands = await findStanding(client, publication);
      if (!stands) throw new TargetFailure('refused', 'Target.Gone', `${account.asked.host} has it no more`);
      const { descriptionCharacters } = await readLimits(client);
      const description = shortened(edition.altText, descriptionCharacters);
      const mediaIds = stands.mediaAttachments.map(({ id }) => id);
      await client.v1.statuses.$select(stands.id).update({
        ...{ status, mediaIds, mediaAttributes: mediaIds.map((id) => ({ id, description })) },
        ...languageOf(edition),
      });
    });
  }

  async check(target: Target): Promise<TargetFacts> {
    const account = await this.#signIn(target);
    return this.#asking(account, 'before', async (client) => {
      const { username } = await client.v1.accounts.verifyCredentials();
      return { as: `@${username}@${account.asked.host}`, limits: limitLines(await readLimits(client)) };
    });
  }

  /** The text that was fitted, or else what fits. */
  #textOf(edition: Edition): string {
    const words = {
      ...edition,
      link: postUrl(this.#options.url, edition.account, edition.postId),
      disclosure: null,
    };
    return edition.text ?? mastodon.fit!(words).text;
  }

  async #find(
    account: SignedIn,
    { text, at }: Edition & { readonly text: string },
    target: Target,
  ): Promise<Publication | null> {
    const found = await this.#asking(account, 'before', async (client) => {
      const { id } = await client.v1.accounts.verifyCredentials();
      const since = at ?? new Date(0).toISOString();
      return findOwn(client, id, { since, isMeant: (status) => saysText(status, text) });
    });
    return found && publicationOf(target, found, this.#options.now());
  }

  /** Sends a status until the files of it are processed; while they are not, nothing is written. */
  async #whenFinished<T>(create: () => Promise<T>): Promise<T> {
    for (let times = 0; ; times += 1) {
      try {
        return await create();
      } catch (error) {
        if (!isUnfinished(error)) throw error;
        if (times === MOST_UNFINISHED)
          throw new TargetFailure('later', 'Target.Processing', 'a file is still being processed');
        await this.#options.pause(LOOK_MS);
      }
    }
  }

  /** @throws TargetFailure where the worker has no token */
  async #signIn({ settings }: Target): Promise<SignedIn> {
    const { instance: url = '', token: variable = '' } = settings;
    const token = this.#options.env[variable]?.trim() ?? '';
    const refusal = (problem: string): TargetFailure =>
      new TargetFailure('refused', 'Target.SignIn', `${variable} ${problem}`);
    if (token === '') throw refusal('is not set for this worker');
    // A header takes no other, and would name them in its error.
    if (!/^[\x21-\x7e]+$/.test(token)) throw refusal('has characters that are in no token');
    const client = await createClient({ url, token, fetch: this.#fetch });
    return { client, asked: { host: hostOf(url), variable, token } };
  }

  async #asking<T>(
    { client, asked }: SignedIn,
    phase: MastodonCall['phase'],
    ask: (client: MastodonClient) => Promise<T>,
  ): Promise<T> {
    try {
      return await ask(client);
    } catch (error) {
      throw readMastodonFailure(error, { ...asked, phase, now: this.#options.now() });
    }
  }
}

type Stands = Pick<Status, 'url' | 'uri' | 'createdAt'>;

/** Where a reader sees it; `uri` is for other servers, but leads there too. */
const pageOfStatus = ({ url, uri }: Pick<Stands, 'url' | 'uri'>): string => url ?? uri;

/** @throws TargetFailure for an answer that names no status: one may stand there all the same */
function publicationOf({ name }: Target, status: Stands, now: Date): Publication {
  const url: unknown = pageOfStatus(status);
  if (typeof url !== 'string' || !isWebAddress(url))
    throw new TargetFailure(
      'unknown',
      'Target.NoAnswer',
      'the instance answered with no address of a status',
    );
  const at = Number.isNaN(Date.parse(status.createdAt)) ? now : new Date(status.createdAt);
  return { target: name, url, at: at.toISOString(), removedAt: null };
}

const languageOf = ({ language }: Edition): { language?: string } =>
  language === undefined ? {} : { language: new Intl.Locale(language).language };

/** The id of a publication's status, which its address ends with on Mastodon and on GoToSocial. */
const idIn = ({ url }: Publication): string => new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';

/** Deletes the status of a publication. */
async function removeStatus(client: MastodonClient, publication: Publication): Promise<void> {
  const removed = await unlessMissing(client.v1.statuses.$select(idIn(publication)).remove());
  if (removed !== null) return;
  const kept = await findByAddress(client, publication);
  if (kept) await client.v1.statuses.$select(kept.id).remove();
}

const findStanding = async (client: MastodonClient, publication: Publication): Promise<Status | null> =>
  (await unlessMissing(client.v1.statuses.$select(idIn(publication)).fetch())) ??
  (await findByAddress(client, publication));

async function unlessMissing<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
}

/** So that none is missed because another server has other addresses. */
async function findByAddress(client: MastodonClient, { url, at }: Publication): Promise<Status | null> {
  const account = await client.v1.accounts.verifyCredentials();
  return findOwn(client, account.id, { since: at, isMeant: (status) => pageOfStatus(status) === url });
}
