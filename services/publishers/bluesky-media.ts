import { AssetMissing, type AssetStore } from '../assets/assets.js';
import type { Fetch } from '../http-fetch.js';
import type { BlueskyAccount, Identity } from './bluesky-client.js';
import { fitPicture, type FittedPicture } from './picture.js';
import { TargetFailure, type Edition } from './publisher.js';

/** Of a picture in bytes: what servers of before April 2026 take too. */
export const MOST_PICTURE_BYTES = 1_000_000;
/** Of a clip in bytes. */
export const MOST_CLIP_BYTES = 100_000_000;

export interface EmbedOptions extends ClipOptions {
  readonly assets: Pick<AssetStore, 'read' | 'size'>;
}

/**
 * Uploads what the post shows, and describes it for its record: the clip of a video, else the picture, with its alt text and
 * shape. Uploading the same bytes again is no other file.
 *
 * @returns null for a post that shows nothing
 * @throws TargetFailure
 */
export async function uploadEmbed(
  edition: Edition,
  account: BlueskyAccount,
  options: EmbedOptions,
): Promise<object | null> {
  const { assets, altText: alt } = edition;
  const [picture, clip] = [assets.find((name) => !isClip(name)), assets.findLast(isClip)];
  if (clip !== undefined) {
    const bytes = await readClip(clip, options.assets);
    const video = await uploadClip(bytes, account, options);
    return { $type: 'app.bsky.embed.video', video, alt, aspectRatio: await clipSize(bytes) };
  }
  if (picture === undefined) return null;
  const { bytes, mimeType, width, height } = await readPicture(picture, options.assets);
  const { data } = await account.read((agent) => agent.uploadBlob(bytes, { encoding: mimeType }));
  const image = { image: data.blob, alt, aspectRatio: { width, height } };
  return { $type: 'app.bsky.embed.images', images: [image] };
}

const isClip = (name: string): boolean => name.endsWith('.mp4');

async function readPicture(name: string, assets: Pick<AssetStore, 'read'>): Promise<FittedPicture> {
  const bytes = await read(name, assets);
  return fitPicture(bytes, { maxBytes: MOST_PICTURE_BYTES }).catch((error: unknown) => {
    throw new TargetFailure('refused', 'Target.TooLarge', error instanceof Error ? error.message : name);
  });
}

async function readClip(name: string, assets: Pick<AssetStore, 'read' | 'size'>): Promise<Uint8Array> {
  const size = (await assets.size(name)) ?? 0;
  if (size > MOST_CLIP_BYTES) {
    const most = `${MOST_CLIP_BYTES / 1_000_000} MB`;
    throw new TargetFailure('refused', 'Target.TooLarge', `the clip is larger than ${most}`);
  }
  return read(name, assets);
}

function read(name: string, assets: Pick<AssetStore, 'read'>): Promise<Uint8Array> {
  return assets.read(name).catch((error: unknown) => {
    if (error instanceof AssetMissing) throw new TargetFailure('refused', 'Target.NoFile', error.message);
    const message = error instanceof Error ? error.message : String(error);
    throw new TargetFailure('later', 'Target.NoFile', `${name} can't be read: ${message}`);
  });
}

/** Pixels, as the clip is shown. It was checked when it was stored. */
async function clipSize(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new TargetFailure('refused', 'Target.Clip', 'the clip has no video track');
    return { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() };
  } finally {
    input.dispose();
  }
}

/** What a record says of an uploaded file, as the server gave it. */
type UploadedFile = object;

export interface ClipOptions {
  readonly fetch: Fetch;
  readonly now: () => Date;
  /** Waits so many ms. */
  readonly pause: (ms: number) => Promise<void>;
  /** The video service that makes clips ready for accounts of this server; null where there is none. */
  readonly videoService: (server: URL) => string | null;
}

const POLL_MS = 2_000;
/** How long a clip is waited for. It goes on there, and is found again by its bytes. */
const MOST_POLLS = 150;
const TOKEN_SECONDS = 30 * 60;
/** Until a day's allowance of clips is asked for again. */
const ALLOWANCE_SECONDS = 3_600;

/** `app.bsky.video.defs#jobStatus`, of which a server may leave out anything. */
interface Job {
  readonly jobId?: string;
  readonly state?: string;
  readonly blob?: UploadedFile;
  readonly error?: string;
  readonly message?: string;
}

/** `app.bsky.video.getUploadLimits`. */
interface ClipAllowance {
  readonly canUpload?: boolean;
  readonly remainingDailyVideos?: number;
  readonly remainingDailyBytes?: number;
  readonly message?: string;
}

/** The video service of Bluesky's own servers. Others make a clip ready once the post is seen. */
export const blueskyVideoService = ({ hostname }: URL): string | null =>
  hostname === 'bsky.social' || hostname.endsWith('.bsky.network') ? 'https://video.bsky.app' : null;

/**
 * Uploads a clip, and waits until the video service has made it ready where there is one: a post whose clip could not be made
 * ready would show none.
 *
 * @throws TargetFailure
 */
async function uploadClip(
  bytes: Uint8Array,
  account: BlueskyAccount,
  options: ClipOptions,
): Promise<UploadedFile> {
  const identity = await account.identity();
  const url = options.videoService(identity.server);
  if (url === null) {
    const upload = await account.read((agent) => agent.uploadBlob(bytes, { encoding: 'video/mp4' }));
    return upload.data.blob;
  }
  const service = new VideoService(url, account, options);
  refuseOverAllowance(await service.allowance(), bytes.length);
  let job = await service.upload(bytes, identity);
  for (let polls = 0; !job.blob && polls < MOST_POLLS; polls += 1) {
    if (job.state === 'JOB_STATE_FAILED' || !job.jobId) throw notReady(job);
    await options.pause(POLL_MS);
    job = await service.status(job.jobId);
  }
  if (job.blob) return job.blob;
  throw new TargetFailure('later', 'Target.Clip', 'the clip is still being made ready');
}

/** What an account may upload today; null where its server has no video service. */
export async function clipAllowance(
  account: BlueskyAccount,
  options: ClipOptions,
): Promise<ClipAllowance | null> {
  const { server } = await account.identity();
  const url = options.videoService(server);
  return url === null ? null : new VideoService(url, account, options).allowance();
}

function refuseOverAllowance(allowance: ClipAllowance, bytes: number): void {
  const { canUpload, remainingDailyVideos = 1, remainingDailyBytes = bytes, message } = allowance;
  const words = message ?? 'the account may upload no clip';
  if (remainingDailyVideos < 1 || remainingDailyBytes < bytes)
    throw new TargetFailure('later', 'Target.RateLimit', words, ALLOWANCE_SECONDS);
  if (canUpload === false) throw new TargetFailure('refused', 'Target.Clip', words);
}

/** `unconfirmed_email` and the like are said in the job. */
const notReady = ({ error, message }: Job): TargetFailure =>
  new TargetFailure('refused', 'Target.Clip', `the clip: ${[error, message].filter(Boolean).join(', ')}`);

interface Question {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  /** Whom the token is for, and for what. */
  readonly token: { readonly aud: string; readonly lxm: string };
  readonly body?: Uint8Array;
}

/** Asked over HTTP, since it answers otherwise than its lexicon says, with tokens that the account's server signs. */
class VideoService {
  readonly #url: string;
  readonly #account: BlueskyAccount;
  readonly #options: ClipOptions;

  constructor(url: string, account: BlueskyAccount, options: ClipOptions) {
    [this.#url, this.#account, this.#options] = [url, account, options];
  }

  allowance(): Promise<ClipAllowance> {
    const method = 'app.bsky.video.getUploadLimits';
    return this.#ask({ method, params: {}, token: { aud: didOf(new URL(this.#url)), lxm: method } });
  }

  /** The service gives the clip to the account's server, for which the token is. The same bytes again are the job of before. */
  upload(body: Uint8Array, { did, server }: Identity): Promise<Job> {
    const token = { aud: didOf(server), lxm: 'com.atproto.repo.uploadBlob' };
    return this.#job({
      method: 'app.bsky.video.uploadVideo',
      params: { did, name: 'clip.mp4' },
      token,
      body,
    });
  }

  status(jobId: string): Promise<Job> {
    const method = 'app.bsky.video.getJobStatus';
    return this.#job({ method, params: { jobId }, token: { aud: didOf(new URL(this.#url)), lxm: method } });
  }

  /** The job stands in the answer itself where it is of an upload, and in `jobStatus` where it is of a question. */
  async #job(question: Question): Promise<Job> {
    const answer = await this.#ask<Job & { readonly jobStatus?: Job }>(question);
    return answer.jobStatus ?? answer;
  }

  #ask<T>({ method, params, token, body }: Question): Promise<T> {
    const { fetch, now } = this.#options;
    return this.#account.read(async (agent) => {
      const exp = Math.floor(now().getTime() / 1_000) + TOKEN_SECONDS;
      const { data } = await agent.com.atproto.server.getServiceAuth({ ...token, exp });
      const response = await fetch(`${this.#url}/xrpc/${method}?${new URLSearchParams(params)}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${data.token}`, ...(body ? { 'content-type': 'video/mp4' } : {}) },
        body,
      });
      const answer = asObject(await response.text());
      // A clip that it knows already is answered with 409, and its job.
      if (response.ok || (response.status === 409 && 'jobId' in answer)) return answer as T;
      const { error = '', message = error } = answer as { error?: string; message?: string };
      const { status, headers } = response;
      throw Object.assign(new Error(String(message)), {
        status,
        error,
        headers: Object.fromEntries(headers),
      });
    });
  }
}

function asObject(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}

const didOf = ({ hostname }: URL): string => `did:web:${hostname}`;
