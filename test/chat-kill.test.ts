/** A reader's question through the death of the worker, really killed, at each moment at which money is at stake. */
import { randomInt } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Copydesk } from '../client/copydesk.js';
import { loadAccount } from '../config/accounts/load.js';
import type { Reply } from '../contract/chat.js';
import { newId } from '../contract/ids.js';
import type { Program } from './bad-days/program.js';
import { LONGEST_MS, Scene, waiting } from './bad-days/scene.js';
import type { BoundaryAt } from './kill/ambush.js';
import { startSqlFront } from './kill/stage.js';
import { until } from './until.js';

const ACCOUNT = 'ashtalksai';

vi.setConfig({ testTimeout: LONGEST_MS });
let scene: Scene;
let worker: Program;
let database: pg.Client;
let copydesk: Copydesk;
let question: string;
let workerEnv: Record<string, string>;

/** The write to the archive at which the worker is killed next; null while it may live. */
let trap: BoundaryAt<'write'> | null = null;

async function killAndStartAgain(): Promise<void> {
  await worker.end('SIGKILL');
  worker = await scene.startWorker(workerEnv);
}

beforeAll(async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const front = await startSqlFront(scene.databaseUrl, {
    take(_at, statement) {
      if (!trap?.subject.test(statement)) return null;
      const taken = trap as never;
      trap = null;
      return taken;
    },
    spring: killAndStartAgain,
    giveBack: (boundary) => (trap = boundary as BoundaryAt<'write'>),
  });
  scene.defer(() => front.close());
  workerEnv = { DATABASE_URL: front.url };
  worker = await scene.startWorker(workerEnv);
  database = new pg.Client(scene.databaseUrl);
  await database.connect();
  scene.defer(() => database.end());
  copydesk = await Copydesk.connect({ env: scene.env });
  scene.defer(() => copydesk.close());

  const batchId = await scene.startBatch({ hero_text: 1 });
  const { posts } = await scene.batchUntil(batchId, waiting);
  const [post] = posts;
  await scene.signal(String(post?.id), 'approve', { by: 'mo' });
  await scene.postUntil(String(post?.id), ({ status }) => status === 'published');
  question = `What did you write of "${post?.title}"?`;
}, LONGEST_MS);
afterAll(() => scene?.close());

/** Asks in a conversation of its own. */
async function ask(): Promise<{ chatId: string; reply: Promise<Reply> }> {
  const chatId = newId((max) => randomInt(max));
  const account = await loadAccount('accounts', ACCOUNT);
  return { chatId, reply: copydesk.chats.ask({ account, question, newChatId: chatId, visitor: 'ada' }) };
}

const rowsOf = async (table: 'charges' | 'chat_turns' | 'citations', chatId: string) =>
  (await database.query<Record<string, unknown>>(`select * from ${table} where chat_id = $1`, [chatId])).rows;

const bills = async (): Promise<number> =>
  (await scene.standIns.ledger()).filter(({ provider }) => provider === 'openai').length;

/** One answer for the reader, one turn on record, with its citation. */
async function expectOneTurn(chatId: string, { answer, citations }: Reply): Promise<void> {
  expect(citations).toHaveLength(1);
  expect(await rowsOf('chat_turns', chatId)).toMatchObject([{ turn: 1, answer, outcome: 'answered' }]);
  expect(await rowsOf('citations', chatId)).toMatchObject([{ post_id: citations[0]?.postId }]);
}

const KEPT = ['priced', 'kept'] as const;
/** What was held back may have been paid, for all that anybody knows. */
const LOST = ['unknown', 'lost'] as const;
const expectCharges = async (chatId: string, ...expected: (typeof KEPT | typeof LOST)[]): Promise<void> => {
  const charges = await rowsOf('charges', chatId);
  expect(charges.map(({ basis, outcome }) => [basis, outcome]).toSorted()).toEqual(expected);
};

it.each([
  ['the turn is stored, and nobody was told', /insert into "chat_turns"/, [KEPT]],
  ['money is held back, and nothing was asked', /insert into "reservations"/, [KEPT, LOST]],
])('is answered once and paid once where the worker is killed as %s', async (_when, subject, charges) => {
  const before = await bills();
  trap = { name: 'kill', at: 'write', moment: 'answered', subject };
  const { chatId, reply } = await ask();
  await expectOneTurn(chatId, await reply);
  expect(trap, 'it was killed').toBeNull();
  expect(await bills()).toBe(before + 1);
  await expectCharges(chatId, ...charges);
});

it('is answered once where the worker is killed as the model answers, and the lost call is on record beside the new one', async () => {
  const before = await bills();
  scene.standIns.control.set({ openai: { latencyMs: 600_000 } });
  const { chatId, reply } = await ask();
  await until(bills, (now) => now === before + 1);
  scene.standIns.control.set({ openai: { latencyMs: 50 } });
  await killAndStartAgain();
  await expectOneTurn(chatId, await reply);
  expect(await bills()).toBe(before + 2);
  await expectCharges(chatId, KEPT, LOST);
});
