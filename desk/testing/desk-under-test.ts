import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchAccountFiles } from '../../config/accounts/account-files.js';
import type { Account } from '../../contract/account.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import { FileAssets } from '../../services/assets/files.js';
import type { DeskDeps } from '../deps.js';
import { createDesk } from '../desk.js';
import { toldChats } from './chats.js';
import { toldWorkflows } from './workflows.js';
import { borrowArchive } from '../../test/servers/borrow.js';
import { sessionsInMemory } from './sessions.js';
import { accountFileText, sampleAccount, sampleBatch } from './samples.js';

export const TOKEN = 'a-token-for-the-tests';
export const NOW = new Date('2026-06-28T15:20:00.000Z');
/** How long a test may wait for the embedded archive to open and fill, on a machine that does much else. */
export const OPENING_MS = 180_000;
export const DESK_URL = 'http://127.0.0.1:8300';

/** A desk over a real archive and real files, and what fills them as the workflows would. */
export type DeskUnderTest = Awaited<ReturnType<typeof openDesk>>;

type Headers = Readonly<Record<string, string>>;

export interface OpenDesk {
  /** With tokens of their own, beside the desk's. */
  people?: DeskDeps['people'];
}

/** @param place becomes the desk; a hook hands it out before the desk is open */
export async function openDesk({ people }: OpenDesk = {}, place: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-desk-'));
  const archive = await borrowArchive();
  const assets = new FileAssets(join(folder, 'assets'));
  const accountsFolder = join(folder, 'accounts');
  await mkdir(accountsFolder);
  const running = { posts: new Map<string, PostStatus>(), batches: new Map<string, BatchStatus>() };
  let sequence = 0;

  const now = (): Date => desk.now;
  const log = (line: string): void => void desk.said.push(line);
  const answer = async <T>(value: T | undefined): Promise<T | null> => {
    if (!desk.reachable) throw new Error('the server can not be reached');
    return value ?? null;
  };
  const workflows = toldWorkflows(running.batches, toldChats({ chats: archive.chats, now }));
  const sessions = sessionsInMemory(now);
  const deps: DeskDeps = {
    archive,
    accounts: watchAccountFiles(accountsFolder, log),
    assets,
    async storeUpload(postId, picture) {
      const asset = `${postId}_hero_2.png`;
      const bytes: Uint8Array[] = [];
      for await (const chunk of picture) bytes.push(chunk);
      await assets.put(asset, Buffer.concat(bytes));
      return { asset };
    },
    live: { post: (id) => answer(running.posts.get(id)), batch: (id) => answer(running.batches.get(id)) },
    posts: workflows.posts,
    batches: workflows.batches,
    schedules: workflows.schedules,
    deliveries: workflows.deliveries,
    chats: workflows.chats,
    settings: { url: DESK_URL, api: DESK_URL, token: TOKEN },
    sessions,
    people,
    log,
    now,
  };
  const app = createDesk(deps);
  const signedIn = { Authorization: `Bearer ${TOKEN}` };

  const desk = Object.assign(place, {
    app,
    /** What the desk is made of, for a room that is tested by itself. */
    deps,
    archive,
    /** The secrets that sign in once. */
    once: sessions.once,
    /** What decisions reached the workflows, and what they answer to them. */
    workflows,
    /** What the running workflows answer. */
    running,
    /** Whether the Temporal server can be reached. */
    reachable: true,
    /** What the desk takes for now. */
    now: NOW,
    /** What the desk said of the account files. */
    said: [] as string[],
    async get(path: string, headers: Headers = {}): Promise<Response> {
      return app.request(path, { headers });
    },
    async getSignedIn(path: string, headers: Headers = {}): Promise<Response> {
      return app.request(path, { headers: { ...signedIn, ...headers } });
    },
    /** A page or a feed as a stranger gets it. */
    async text(path: string): Promise<string> {
      return (await desk.get(path)).text();
    },
    /** A page as the signed-in get it. */
    async textSignedIn(path: string): Promise<string> {
      return (await desk.getSignedIn(path)).text();
    },
    /** Posts a form from a page of the desk. */
    async postSignedIn(
      path: string,
      fields: Record<string, string> | [string, string][] = {},
      headers: Headers = {},
    ): Promise<Response> {
      const body = new URLSearchParams(fields);
      return app.request(path, {
        method: 'POST',
        body,
        headers: { ...signedIn, Origin: DESK_URL, ...headers },
      });
    },
    /** Stores the batch's record, and the account's file as it was when the batch started. */
    async saveBatch(status = sampleBatch(), account = sampleAccount()): Promise<unknown> {
      await desk.saveAccount(account);
      return archive.records.saveBatch({ sequence: (sequence += 1), status, account, charges: [] });
    },
    /** Writes the file of a sample account. */
    async saveAccount(changes: Partial<Account>): Promise<void> {
      const account = sampleAccount(changes);
      await desk.writeAccount(account.handle, accountFileText(account));
    },
    /** Writes the file of an account; null removes it. */
    async writeAccount(handle: string, text: string | null): Promise<void> {
      const file = join(accountsFolder, `${handle}.yaml`);
      await (text === null ? rm(file, { force: true }) : writeFile(file, text));
    },
    savePost: (status: PostStatus, remindedAt?: string): Promise<unknown> =>
      archive.records.savePost({ sequence: (sequence += 1), status, remindedAt, charges: [] }),
    /** Stores the post's files and record, and publishes it to the feed. */
    async publish(
      status: PostStatus,
      files: Readonly<Record<string, Uint8Array>> = { [`${status.id}_hero.png`]: new Uint8Array([1, 2, 3]) },
    ): Promise<void> {
      for (const [name, bytes] of Object.entries(files)) await assets.put(name, bytes);
      const { id, account, revision, contentFormat, title, body, caption, hashtags, altText } = status;
      const words = { revision, contentFormat, title, body, caption, hashtags, altText };
      const url = `${DESK_URL}/@${account}/posts/${id}`;
      const publication = { target: 'feed', url, at: status.publishedAt ?? NOW.toISOString() };
      await desk.savePost({ ...status, publications: [{ ...publication, removedAt: null }] });
      const edition = { postId: id, account, assets: Object.keys(files), ...words };
      await archive.records.savePublication(edition, publication);
    },
    async storeFile(name: string, bytes: Uint8Array): Promise<void> {
      await assets.put(name, bytes);
    },
    async close(): Promise<void> {
      await archive.close();
      await rm(folder, { recursive: true });
    },
  });
  return desk;
}
