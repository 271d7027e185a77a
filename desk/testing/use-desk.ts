import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect } from 'vitest';
import { watchAccountFiles } from '../../config/accounts/account-files.js';
import { hashToken, type KnownPerson } from '../../config/people/person.js';
import type { People } from '../../config/people/watch.js';
import type { Account } from '../../contract/account.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import { FileAssets } from '../../services/assets/files.js';
import { borrowArchive } from '../../test/servers/borrow.js';
import type { DeskDeps } from '../deps.js';
import { createDesk } from '../desk.js';
import { serveDesk, type Served } from '../serve.js';
import { accountFileText, sampleAccount, sampleBatch } from './samples.js';
import { toldChats, toldWorkflows, sessionsInMemory } from './workflows.js';

/** A desk that is reached over HTTP too. */
export interface DeskOverHttp {
  readonly desk: DeskUnderTest;
  readonly served: Served;
}

/** Opens a desk for the tests around, still empty, and closes it after them. Hooks that follow may fill it. */
export function useDesk(options?: OpenDesk): DeskUnderTest {
  const desk = {} as DeskUnderTest;
  beforeAll(() => openDesk(options, desk), OPENING_MS);
  afterAll(() => desk.close?.());
  return desk;
}

/** The same, served at a free port too. */
export function useDeskOverHttp(options?: OpenDesk): DeskOverHttp {
  const desk = useDesk(options);
  const served = {} as Served;
  beforeAll(async () => {
    Object.assign(served, await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 }));
  });
  // Hooks after all run in reverse: it is closed before the desk's archive.
  afterAll(() => served.close?.());
  return { desk, served };
}

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

export const EDITOR_TOKEN = 'the-token-of-maria-alone';
export const VIEWER_TOKEN = 'the-token-of-jo-alone-00';

/** Maria, who decides, and Jo, who reads; a test may change who there is. */
export function twoPeople(): People & { all: KnownPerson[] } {
  const people = {
    all: [
      { name: 'maria', role: 'editor', token: hashToken(EDITOR_TOKEN) },
      { name: 'jo', role: 'viewer', token: hashToken(VIEWER_TOKEN) },
    ] as KnownPerson[],
    byToken: (token: string) => people.all.find((one) => one.token === hashToken(token)) ?? null,
    byName: (name: string) => people.all.find((one) => one.name === name) ?? null,
  };
  return people;
}

/** The text of a page as a reader gets it: without its head and tags, one space between words. */
export async function pageText(answer: Response | Promise<Response>): Promise<string> {
  const html = await (await answer).text();
  const plain = html.replace(/<head>[^]*<\/head>/, '').replace(/<[^>]*>/g, '');
  return plain.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}

/** Fails unless a text has all of some parts, and none of others. */
export function expectShown(text: string, shown: readonly string[], hidden: readonly string[] = []): void {
  for (const part of shown) expect(text).toContain(part);
  for (const part of hidden) expect(text).not.toContain(part);
}

/** A PNG of one colour. */
export const plainPicture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
