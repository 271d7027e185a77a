/** Hostile inputs against the running program: `copydesk up` as npm start runs it, with its providers played on loopback. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Mix } from '../contract/mix.js';
import type { BatchStatus } from '../contract/status.js';
import { rawRequest } from '../desk/testing/raw-request.js';
import { accountFileText, sampleAccount } from '../desk/testing/samples.js';
import { startStandIns, type StandIns } from '../offline/stand-ins.js';
import { tempFolder } from '../services/testing/temp-folder.js';
import { AllInOne } from './all-in-one.js';
import { ACCOUNT_FILES, EXPORTS, REQUESTS } from './hostile/desk-inputs.js';
import {
  ANSWERS,
  clips,
  type Corpus,
  type HostileAnswer,
  ERROR_BODIES,
  KEY,
  PICTURES,
} from './hostile/provider-inputs.js';
import { asDraft, startHostileFront, type HostileFront, type Place } from './hostile/front.js';
import { peakMemory, startProber, type Prober } from './hostile/prober.js';

/** A freeze takes minutes; an answer of a busy machine takes a second or two. */
const FREEZE_MS = 5_000;
/** Of a hundred answers. On a machine that does nothing else it is none. */
const MOST_SLOW = 5;
const MOST_MB = 1_200;
/** How long a post may take to be blocked by what it got, or to ask for it again. */
const SETTLED_MS = 20_000;
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const HANDLE = sampleAccount().handle;
const PLANNER = Object.keys(sampleAccount().planners)[0]!;
const PATHS = [
  ...['/', `/@${HANDLE}`, `/@${HANDLE}/feed.xml`, '/desk'],
  ...['/api/posts', '/api/batches', '/api/costs', '/healthz'],
];

const folder = tempFolder();
const accounts = join(folder, 'accounts');
const install = new AllInOne();
const CLIPS = await clips();
let standIns: StandIns;
let front: HostileFront;
let prober: Prober;
let desk: string;
let token: string;

beforeAll(async () => {
  mkdirSync(accounts);
  writeGoodAccount();
  standIns = await startStandIns({ folder: join(folder, 'stand-ins'), media: 'plain' });
  standIns.control.set({ openai: { latencyMs: 0 }, image: { latencyMs: 0 }, video: { latencyMs: 0 } });
  front = await startHostileFront(new URL(standIns.openAiBaseUrl).origin);
  const ready = await install.start({
    COPYDESK_ACCOUNTS: accounts,
    ...{ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: front.openAi, OPENAI_API: 'responses', OPENAI_PRICE: 'table' },
    ...{ FAL_KEY: KEY, FAL_BASE_URL: front.fal, COPYDESK_ADOPT_SECONDS: '2' },
  });
  desk = ready.desk;
  token = readFileSync(join(install.data, 'token'), 'utf8').trim();
  // Something that the pages can show.
  const shown = await startBatch({ hero_text: 2 }, (batch) => isWaiting(batch, 2));
  await install.command('approve', '--batch', shown);
  await settled(shown, ({ posts }) => posts.every(({ status }) => status === 'published'));
  prober = startProber({ desk, pid: install.pid, token, paths: PATHS });
});
afterAll(async () => {
  await prober?.stop();
  const { asked, slow, slowestMs, peakMb } = seen;
  process.stderr.write(
    `${asked} answers meanwhile, ${slow} of them over a second, the slowest ${slowestMs} ms; ${peakMb.toFixed(0)} MB at most\n`,
  );
  await install.close();
  await front?.close();
  await standIns?.close();
});
// One that has frozen, filled or ended the program is a failure of its own, and of no other.
afterEach(async ({ task }) => {
  front.answerWith('draft', null);
  if (task.result?.state === 'fail') await startAgain();
});

async function startAgain(): Promise<void> {
  await prober.stop();
  ({ desk } = await install.restart());
  prober = startProber({ desk, pid: install.pid, token, paths: PATHS });
}

function writeGoodAccount(): void {
  writeFileSync(join(accounts, `${HANDLE}.yaml`), accountFileText(sampleAccount()));
}

const isWaiting = ({ posts }: BatchStatus, count: number): boolean =>
  posts.length === count && posts.every(({ status }) => status === 'awaiting_approval');

async function api<T>(path: string): Promise<T> {
  const answer = await fetch(`${desk}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return (await answer.json()) as T;
}

/** Waits until a batch is as told, or so long that it does not matter any more; answers how it is. */
async function settled(
  id: string,
  wanted: (batch: BatchStatus) => boolean,
  within = 60_000,
): Promise<BatchStatus> {
  for (const end = performance.now() + within; ;) {
    const batch = await api<BatchStatus>(`/api/batches/${id}`);
    if ((Array.isArray(batch.posts) && wanted(batch)) || performance.now() > end) return batch;
    await sleep(100);
  }
}

/** By the API: a command is a process of its own, and there are many cases. */
async function startBatch(mix: Mix, wanted?: (batch: BatchStatus) => boolean): Promise<string> {
  const wish = { account: HANDLE, planner: PLANNER, mix, budgetUsd: 1_000 };
  const { batchId } = await order<{ batchId: string }>('/api/batches', wish);
  if (wanted) await settled(batchId, wanted);
  return batchId;
}

async function order<T>(path: string, body: object): Promise<T> {
  const headers = { Authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${desk}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Of the whole run, for who wants to see figures. */
const seen = { asked: 0, slow: 0, slowestMs: 0, peakMb: 0 };

/** What whoever reads the pages meanwhile must not notice. */
async function expectUnmoved(): Promise<void> {
  await prober.answered();
  const { asked, wrong, slow, slowestMs } = prober.report();
  const peakMb = peakMemory(install.pid);
  seen.asked += asked;
  seen.slow += slow;
  seen.slowestMs = Math.max(seen.slowestMs, slowestMs);
  seen.peakMb = Math.max(seen.peakMb, peakMb);
  expect(wrong).toEqual([]);
  expect(slowestMs).toBeLessThan(FREEZE_MS);
  expect(slow).toBeLessThanOrEqual(Math.max(1, (asked * MOST_SLOW) / 100));
  expect(peakMb).toBeLessThan(MOST_MB);
}

/** A post that gets a hostile answer: it comes to rest, or tries again, and nobody else notices. */
async function suffer(place: Place, answer: HostileAnswer): Promise<void> {
  prober.report();
  front.answerWith(place, answer);
  const id = await startBatch(place === 'clip' ? { video: 1 } : { hero_text: 1 });
  const isOver = ({ posts }: BatchStatus): boolean =>
    front.given > 1 ||
    (front.given === 1 && ['blocked', 'awaiting_approval'].includes(posts[0]?.status ?? ''));
  await settled(id, () => front.given > 0);
  await settled(id, isOver, SETTLED_MS);
  expect(front.given).toBeGreaterThan(0);
  front.answerWith(place, null);
  await order(`/api/batches/${id}/cancel`, {});
  await expectUnmoved();
}

type Suffered = [name: string, place: Place, answer: () => HostileAnswer];
const inPlace = <T>(
  place: Place,
  corpus: Corpus<T>,
  answer: (one: T) => HostileAnswer,
  whose = '',
): Suffered[] => Object.entries(corpus).map(([name, one]) => [`${name}${whose}`, place, () => answer(one)]);

it.each([
  ...inPlace('clip', CLIPS, (body) => ({ body })),
  ...inPlace('picture', PICTURES, (make) => make()),
  ...inPlace('job', ERROR_BODIES, (answer) => ({ status: 422, ...answer }), ', for a job'),
  ...inPlace('draft', ERROR_BODIES, (answer) => ({ status: 400, ...answer }), ', for a draft'),
  ...inPlace('draft', ANSWERS, asDraft),
])('from a provider: %s', (_name, place, answer) => suffer(place, answer()));

it.each(Object.entries(ACCOUNT_FILES))('from the file of an account: %s', async (_name, file) => {
  prober.report();
  writeFileSync(join(accounts, `${HANDLE}.yaml`), file);
  const { code, stdout } = await install.command('accounts', 'check', '--json');
  const { accounts: checked } = JSON.parse(stdout) as { accounts: { problems: unknown[] }[] };
  expect([code, checked[0]!.problems.length > 0]).toEqual([2, true]);
  for (const path of [`/@${HANDLE}`, '/', '/desk']) expect((await fetch(`${desk}${path}`)).status).toBe(200);
  await expectUnmoved();
  writeGoodAccount();
});

async function expectRefusedExports(): Promise<void> {
  for (const [name, body] of Object.entries(EXPORTS)) {
    const headers = { Authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
    const answer = await fetch(`${desk}/api/archive`, { method: 'POST', headers, body });
    const { error } = (await answer.json()) as { error: { message: string } };
    expect([name, answer.status, error.message.length < 1_000]).toEqual([name, 400, true]);
    expect(error.message, name).toMatch(/^line \d+: /);
  }
}

async function expectAnsweredRequests(): Promise<void> {
  for (const { path, headers, ...request } of REQUESTS)
    for (const own of [[], [`Authorization: Bearer ${token}`]]) {
      const asked = { ...request, path: path.replace('HANDLE', HANDLE), headers: [...own, ...headers] };
      const { status } = await rawRequest(desk, asked);
      const what = `${request.method} ${path.slice(0, 100)} ${headers[0]?.slice(0, 100)}: ${status}`;
      expect(status >= 200 && status < 500, what).toBe(true);
    }
}

it.each([
  ['requests', expectAnsweredRequests],
  ['exports', expectRefusedExports],
])('from whoever asks the desk: %s of every kind', async (_what, expectRefusals) => {
  prober.report();
  await expectRefusals();
  await expectUnmoved();
});

describe('what came in', () => {
  it("shows the providers' key nowhere", async () => {
    const exported = await fetch(`${desk}/api/archive`, { headers: { Authorization: `Bearer ${token}` } });
    const list = await install.command('post', 'list', '--json');
    const places = { archive: await exported.text(), log: install.said, list: list.stdout };
    for (const form of [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString('base64')])
      for (const [place, text] of Object.entries(places))
        expect(text.includes(form), `${form} in the ${place}`).toBe(false);
  });

  it('steers neither a log nor a terminal', async () => {
    writeFileSync(join(accounts, `${HANDLE}.yaml`), ACCOUNT_FILES['the file terminal.yaml']!);
    const said = await Promise.all(
      ['post list', 'batch list', 'accounts check'].map((words) => install.command(...words.split(' '))),
    );
    writeGoodAccount();
    for (const { stdout, stderr } of [...said, { stdout: install.said, stderr: '' }])
      expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
  });
});

it('killed in the midst of it, and started again, goes on, and so do the posts that have nothing to do with it', async () => {
  front.answerWith('clip', { body: CLIPS['a clip with endless samples in a chunk']! });
  const id = await startBatch({ video: 1 });
  await settled(id, () => front.given > 0);
  expect(front.given).toBeGreaterThan(0);
  await startAgain();
  // The first answers of a program that has just started take their time.
  await prober.round();
  prober.report();
  const other = await startBatch({ hero_text: 2 }, (batch) => isWaiting(batch, 2));
  expect(isWaiting(await api<BatchStatus>(`/api/batches/${other}`), 2)).toBe(true);
  await expectAnsweredRequests();
  await expectRefusedExports();
  await prober.round();
  await expectUnmoved();
});
