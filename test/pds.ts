import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FaultyProxy } from '../services/publishers/testing/faulty-proxy.js';
// @ts-expect-error plain JavaScript, as all tools are
import { obtainPds } from '../tools/pds/obtain.mjs';
import { freePort } from './ports.js';

/** The first time, the server is installed. */
export const PDS_OPENING_MS = 600_000;

export interface TestAccount {
  readonly did: string;
  readonly handle: string;
  readonly password: string;
}

/** A real server of the AT protocol, which every client reaches through a proxy that can fail. */
export interface TestPds {
  readonly proxy: FaultyProxy;
  createAccount(name: string): Promise<TestAccount>;
  /** Asks without the proxy. @returns the answer's document, whatever its status */
  ask(method: string, question: Question): Promise<any>;
  /** The records of an account's posts. */
  postsOf(did: string): Promise<readonly PostRecord[]>;
  /** With a new password nobody stays signed in for long. */
  setPassword(did: string, password: string): Promise<void>;
  blob(did: string, cid: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface Question {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly authorization?: string;
}

export interface PostRecord {
  readonly uri: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, any>>;
}

const SERVER = fileURLToPath(new URL('../tools/pds/server.mjs', import.meta.url));

export async function startPds(): Promise<TestPds> {
  const installed = (await obtainPds()) as string;
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-pds-'));
  const proxy = await FaultyProxy.start();
  const ports = [await freePort(), await freePort()].map(String);
  const child = spawn(process.execPath, [SERVER, installed, folder, proxy.url, ...ports], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { url, adminPassword } = await ready(child.stdout);
  proxy.target = url;

  const ask: TestPds['ask'] = async (method, { params = {}, body, authorization }) => {
    const response = await fetch(`${url}/xrpc/${method}?${new URLSearchParams(params)}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(authorization ? { authorization } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    });
    return JSON.parse((await response.text()) || '{}') as unknown;
  };
  const admin = `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}`;

  return {
    proxy,
    ask,
    async createAccount(name) {
      const [handle, password] = [`${name}.test`, `${name}-abcd-efgh`];
      const body = { handle, email: `${name}@example.com`, password };
      const { did } = await ask('com.atproto.server.createAccount', { body });
      if (typeof did !== 'string') throw new Error(`the test's server made no account ${handle}`);
      return { did, handle, password };
    },
    async postsOf(repo) {
      const params = { repo, collection: 'app.bsky.feed.post', limit: '100' };
      return (await ask('com.atproto.repo.listRecords', { params })).records;
    },
    setPassword: (did, password) =>
      ask('com.atproto.admin.updateAccountPassword', { body: { did, password }, authorization: admin }),
    async blob(did, cid) {
      const response = await fetch(
        `${url}/xrpc/com.atproto.sync.getBlob?${new URLSearchParams({ did, cid })}`,
      );
      return new Uint8Array(await response.arrayBuffer());
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
      await proxy.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(stdout: NodeJS.ReadableStream): Promise<{ url: string; adminPassword: string }> {
  for await (const line of createInterface({ input: stdout }))
    return JSON.parse(line) as { url: string; adminPassword: string };
  throw new Error('the Bluesky server of the tests did not start: see above');
}
