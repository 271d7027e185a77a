import type { AtpAgent, AppBskyRichtextFacet } from '@atproto/api';
import type { Publication } from '../../contract/status.js';
import { bluesky } from '../../contract/targets/bluesky.js';
import type { Target } from '../../contract/account.js';
import type { Fetch } from '../http-fetch.js';
import { BlueskyAccounts } from './bluesky-client.js';
import {
  blueskyVideoService,
  clipAllowance,
  type ClipOptions,
  MOST_CLIP_BYTES,
  MOST_PICTURE_BYTES,
  uploadEmbed,
  type EmbedOptions,
} from './bluesky-media.js';
import {
  ChangeRefused,
  askToChange,
  TargetFailure,
  throwIfGivenUp,
  type Edition,
  type Publisher,
  type TargetFacts,
  editionKey,
} from './publisher.js';
import { createTargetFetch } from './target-fetch.js';

export interface BlueskyOptions
  extends Pick<EmbedOptions, 'assets' | 'now'>, Partial<Omit<ClipOptions, 'now'>> {
  /** Whether http and servers that are not public may be asked. */
  readonly allowPrivate: boolean;
  /** Where passwords are looked up; the environment of the process when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const COLLECTION = 'app.bsky.feed.post';
const PAGE = /^https:\/\/bsky\.app\/profile\/(did:[^/]+)\/post\/([^/]+)$/;

/**
 * Accounts on Bluesky, or on another server of the AT protocol. A post is one record, whose key and time are the same on every
 * attempt: written again it is the same record, so any attempt may be repeated. The protocol's client is loaded with the first call.
 */
export class BlueskyPublisher implements Publisher {
  readonly kind = bluesky.kind;
  readonly repeatable = true;
  readonly #accounts: BlueskyAccounts;
  readonly #options: EmbedOptions;

  constructor({ allowPrivate, env = process.env, ...options }: BlueskyOptions) {
    const fetch: Fetch = options.fetch ?? createTargetFetch({ allowPrivate });
    const pause = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms));
    this.#options = { pause, videoService: blueskyVideoService, ...options, fetch };
    this.#accounts = new BlueskyAccounts({ env, fetch, now: options.now });
  }

  async publish(edition: Edition, target: Target, signal?: AbortSignal): Promise<Publication> {
    const { text, createdAt } = said(edition);
    const account = this.#accounts.of(target);
    // What is there already needs no upload.
    const found = await this.find(edition, target);
    if (found) return found;
    const embed = await uploadEmbed(edition, account, this.#options);
    const record = {
      $type: COLLECTION,
      text,
      createdAt,
      facets: await facetsOf(text),
      ...(edition.language === undefined ? {} : { langs: [edition.language] }),
      ...(embed === null ? {} : { embed }),
    };
    const { did } = await account.identity();
    const rkey = recordKey(edition, target);
    throwIfGivenUp(signal);
    await account.write(({ com }: AtpAgent) =>
      com.atproto.repo.putRecord({ repo: did, collection: COLLECTION, rkey, record }),
    );
    return publicationOf(target, { did, rkey, createdAt });
  }

  async find(edition: Edition, target: Target): Promise<Publication | null> {
    const account = this.#accounts.of(target);
    const { did } = await account.identity();
    const rkey = recordKey(edition, target);
    const place = { repo: did, collection: COLLECTION, rkey };
    const record = await account.read(({ com }) =>
      com.atproto.repo.getRecord(place).then(
        ({ data }) => data.value as { readonly createdAt: string },
        (error: { error?: string }) => {
          if (error.error === 'RecordNotFound') return null;
          throw error;
        },
      ),
    );
    return record && publicationOf(target, { did, rkey, createdAt: record.createdAt });
  }

  async unpublish(_postId: string, { url }: Publication, target: Target): Promise<string> {
    await askToChange(() => this.#delete(url, target));
    return this.#options.now().toISOString();
  }

  /** Of a record that is gone already, a server says that it was deleted. */
  async #delete(url: string, target: Target): Promise<void> {
    const [, repo, rkey] = PAGE.exec(url) ?? [];
    if (repo === undefined || rkey === undefined)
      throw new ChangeRefused(`'${url}' is not the address of a post on Bluesky`);
    const account = this.#accounts.of(target);
    const { did } = await account.identity();
    if (did !== repo)
      throw new ChangeRefused(`it is a post of ${repo}, and the account file signs in ${did}`);
    await account.write(({ com }) => com.atproto.repo.deleteRecord({ repo, collection: COLLECTION, rkey }));
  }

  async check(target: Target): Promise<TargetFacts> {
    const account = this.#accounts.of(target);
    const { data } = await account.read(({ com }) => com.atproto.server.getSession());
    const allowance = await clipAllowance(account, this.#options);
    const clips = `clips up to ${MOST_CLIP_BYTES / 1_000_000} MB`;
    const left = allowance?.remainingDailyVideos;
    return {
      as: `@${data.handle}`,
      limits: [
        '300 characters',
        `pictures up to ${MOST_PICTURE_BYTES / 1_000_000} MB, made smaller where needed`,
        left === undefined ? clips : `${clips}, ${left} more today`,
      ],
    };
  }
}

/** What is written of an edition. @throws TargetFailure where there is no text of it that goes */
function said({ text, at }: Edition): { text: string; createdAt: string } {
  const refused = bluesky.refuses(text ?? '');
  if (!text || refused !== null)
    throw new TargetFailure('refused', 'Target.TooLong', refused ?? 'the text is empty');
  // A time of now would make each attempt another record.
  if (at === undefined) throw new TargetFailure('refused', 'Target.Refused', 'the edition has no time');
  return { text, createdAt: at };
}

/** By the account's DID, which stays when its handle changes. */
const publicationOf = (
  { name }: Target,
  { did, rkey, createdAt }: { readonly did: string; readonly rkey: string; readonly createdAt: string },
): Publication => ({
  target: name,
  url: `https://bsky.app/profile/${did}/post/${rkey}`,
  at: createdAt,
  removedAt: null,
});

type Facet = AppBskyRichtextFacet.Main;

/**
 * What of a text is a link or a hashtag, by its bytes in UTF-8, as Bluesky's own app finds them. Nobody is mentioned: a handle in
 * a text that a model wrote would call somebody in.
 */
export async function facetsOf(text: string): Promise<Facet[]> {
  const { RichText } = await import('@atproto/api');
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  return (rich.facets ?? []).filter(
    ({ features }) => !features.some(({ $type }) => $type === 'app.bsky.richtext.facet#mention'),
  );
}

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';
const LENGTH = 13;
/** Microseconds since 1970, from 2023 until the end of 2025: a key that claims a time to come may be taken for a forgery. */
const FROM = BigInt(Date.UTC(2023, 0, 1)) * 1_000n;
const SPAN = BigInt(Date.UTC(2026, 0, 1)) * 1_000n - FROM;

/**
 * The key of a post's record: the same on every attempt at a revision, so that any of them writes the same record. The lexicon
 * wants a TID there, a time in microseconds and ten bits of a clock; ours is drawn from 56 bits of a hash, and says nothing of
 * when it was.
 */
export function recordKey(edition: Edition, target: Target): string {
  const hash = BigInt(`0x${editionKey(edition, target).slice(0, 16)}`);
  let rest = ((FROM + ((hash >> 10n) % SPAN)) << 10n) | (hash & 1_023n);
  let key = '';
  for (let digit = 0; digit < LENGTH; digit += 1) {
    key = DIGITS.charAt(Number(rest & 31n)) + key;
    rest >>= 5n;
  }
  return key;
}
