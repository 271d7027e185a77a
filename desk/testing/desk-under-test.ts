import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { watchAccountFiles } from '../../config/accounts/account-files.js';
import type { Account } from '../../contract/account.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import { openArchive } from '../../services/archive/open.js';
import type { Archive } from '../../services/archive/archive.js';
import { FileAssets } from '../../services/assets/files.js';
import type { DeskDeps } from '../deps.js';
import { createDesk } from '../desk.js';
import type { LiveStatus } from '../reading/live.js';
import type { OnceSecrets } from '../review/once-secrets.js';
import { toldChats } from './chats.js';
import { toldWorkflows, type ToldWorkflows } from './workflows.js';
import { sessionsInMemory } from './sessions.js';
import { accountFileText, sampleAccount, sampleBatch } from './samples.js';

export const TOKEN = 'a-token-for-the-tests';
export const NOW = new Date('2026-06-28T15:20:00.000Z');
/** How long a test may wait for the embedded archive to open and fill, on a machine that does much else. */
export const OPENING_MS = 180_000;
export const DESK_URL = 'http://127.0.0.1:8300';

/** A desk over a real archive and real files, and what fills them as the workflows would. */
export interface DeskUnderTest {
  readonly app: Hono;
  /** What the desk is made of, for a room that is tested by itself. */
  readonly deps: DeskDeps;
  readonly archive: Archive;
  /** The secrets that sign in once. */
  readonly once: OnceSecrets;
  /** What decisions reached the workflows, and what they answer to them. */
  readonly workflows: ToldWorkflows;
  /** What the running workflows answer. */
  readonly running: { posts: Map<string, PostStatus>; batches: Map<string, BatchStatus> };
  /** Whether the Temporal server can be reached. */
  reachable: boolean;
  /** What the desk takes for now. */
  now: Date;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  getSignedIn(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form from a page of the desk. */
  postSignedIn(
    path: string,
    fields: Record<string, string> | [string, string][],
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Stores the batch's record, and the account's file as it was when the batch started. */
  saveBatch(status?: BatchStatus, account?: Account): Promise<unknown>;
  /** Writes the file of an account; null removes it. */
  writeAccount(handle: string, text: string | null): Promise<void>;
  /** What the desk said of the account files. */
  readonly said: string[];
  savePost(status: PostStatus, remindedAt?: string): Promise<unknown>;
  /** Stores the post's files and record, and publishes it to the feed. */
  publish(status: PostStatus, files?: Readonly<Record<string, Uint8Array>>): Promise<void>;
  storeFile(name: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** @param people with tokens of their own, beside the desk's */
export async function openDesk({ people }: { people?: DeskDeps['people'] } = {}): Promise<DeskUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-desk-'));
  const archive = await openArchive({ databaseUrl: null, folder: join(folder, 'archive') });
  await archive.migrate();
  const assets = new FileAssets(join(folder, 'assets'));
  const accountsFolder = join(folder, 'accounts');
  await mkdir(accountsFolder);
  const running = { posts: new Map<string, PostStatus>(), batches: new Map<string, BatchStatus>() };
  let sequence = 0;

  const answer = async <T>(value: T | undefined): Promise<T | null> => {
    if (!desk.reachable) throw new Error('the server can not be reached');
    return value ?? null;
  };
  const live: LiveStatus = {
    post: (id) => answer(running.posts.get(id)),
    batch: (id) => answer(running.batches.get(id)),
  };
  const workflows = toldWorkflows(running.batches, toldChats({ chats: archive.chats, now: () => desk.now }));
  const sessions = sessionsInMemory(() => desk.now);
  const deps: DeskDeps = {
    archive,
    accounts: watchAccountFiles(accountsFolder, (line) => desk.said.push(line)),
    assets,
    storeUpload: async (postId, picture) => {
      const asset = `${postId}_hero_2.png`;
      const bytes: Uint8Array[] = [];
      for await (const chunk of picture) bytes.push(chunk);
      await assets.put(asset, Buffer.concat(bytes));
      return { asset };
    },
    live,
    posts: workflows.posts,
    batches: workflows.batches,
    schedules: workflows.schedules,
    deliveries: workflows.deliveries,
    chats: workflows.chats,
    settings: { url: DESK_URL, api: DESK_URL, token: TOKEN },
    sessions,
    people,
    log: (line) => desk.said.push(line),
    now: () => desk.now,
  };
  const app = createDesk(deps);

  const desk: DeskUnderTest = {
    app,
    deps,
    archive,
    workflows,
    once: sessions.once,
    running,
    reachable: true,
    now: NOW,
    get: async (path, headers = {}) => app.request(path, { headers }),
    getSignedIn: async (path, headers = {}) =>
      app.request(path, { headers: { Authorization: `Bearer ${TOKEN}`, ...headers } }),
    postSignedIn: async (path, fields, headers = {}) =>
      app.request(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Authorization: `Bearer ${TOKEN}`, Origin: DESK_URL, ...headers },
      }),
    said: [],
    async saveBatch(status = sampleBatch(), account = sampleAccount()) {
      await desk.writeAccount(account.handle, accountFileText(account));
      return archive.records.saveBatch({ sequence: (sequence += 1), status, account, charges: [] });
    },
    async writeAccount(handle, text) {
      const file = join(accountsFolder, `${handle}.yaml`);
      await (text === null ? rm(file, { force: true }) : writeFile(file, text));
    },
    savePost: (status, remindedAt) =>
      archive.records.savePost({ sequence: (sequence += 1), status, remindedAt, charges: [] }),
    async publish(status, files = { [`${status.id}_hero.png`]: new Uint8Array([1, 2, 3]) }) {
      for (const [name, bytes] of Object.entries(files)) await assets.put(name, bytes);
      const { id, account, revision, contentFormat, title, body, caption, hashtags, altText } = status;
      const words = { revision, contentFormat, title, body, caption, hashtags, altText };
      const url = `${DESK_URL}/@${account}/posts/${id}`;
      const publication = { target: 'feed', url, at: status.publishedAt ?? NOW.toISOString() };
      await desk.savePost({ ...status, publications: [{ ...publication, removedAt: null }] });
      await archive.records.savePublication(
        { postId: id, account, assets: Object.keys(files), ...words },
        publication,
      );
    },
    async storeFile(name, bytes) {
      await assets.put(name, bytes);
    },
    async close() {
      await archive.close();
      await rm(folder, { recursive: true });
    },
  };
  return desk;
}
