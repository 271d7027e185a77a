import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatStatusQuery } from '../contract/chat.js';
import { chatWorkflowId } from '../contract/ids.js';
import { answerKey } from '../contract/money/charge.js';
import { spendForChat } from '../contract/money/spend.js';
import type { Services } from '../services/services.js';
import type { Activities } from '../activities/index.js';
import { createAnswer } from '../activities/answer.js';
import {
  drawId,
  writePosts,
  ACCOUNT,
  ask,
  environmentOf,
  failureType,
  openAccounts,
  type AccountsFolder,
  type Question,
} from './chat/talk.js';
import { startTextServer, honest, type TextServer } from './chat/text-server.js';
import { startHarness, type Harness } from './harness.js';
import { listRun, listRuns } from './lean/actions.js';
import { until } from './until.js';
import { againIfInterrupted } from '../client/wait.js';
import { wasNotHeard } from '../client/refused-turn.js';

let harness: Harness;
let text: TextServer;
let accounts: AccountsFolder;
let rye: string;

/** Where a worker dies over a question: a moment before its call, in it, with its charge written, with its turn stored. */
const DEATHS = ['before it is asked', 'as it is asked', 'when it is paid', 'when it is stored'] as const;
/** Conversations whose first answer comes to no end: nothing more is heard of its worker. */
const dying = new Map<string, (typeof DEATHS)[number]>();
const LONG_EVENTS = 300;
const ends: (() => void)[] = [];
/** 1,000 tokens in at 0.1 and 50 out at 0.5 USD per million. */
const CALL_USD = 0.000125;

const mortal = (activities: Activities, services: Services): Activities => ({
  ...activities,
  async answer(task) {
    const death = dying.get(task.chatId);
    if (!death) return activities.answer(task);
    dying.delete(task.chatId);
    const { archive } = services;
    if (death === 'as it is asked') {
      const account = await services.readAccount(task.account);
      const { payer, limits } = spendForChat(account, task.chatId);
      const held = { amount: 500_000, offline: false, leaseMs: 3_600_000 };
      await archive.ledger.reserve({ key: answerKey(task), payer, limits, ...held });
    }
    if (death === 'when it is paid') {
      const saveTurn = (): Promise<never> => Promise.reject(new Error('the archive is away'));
      await createAnswer({
        ...services,
        archive: { ...archive, chats: { ...archive.chats, saveTurn } },
      }).answer(task);
    }
    if (death === 'when it is stored') await activities.answer(task);
    // No heartbeat comes any more. The test's own worker must end some day.
    return new Promise<never>((_resolve, reject) => ends.push(() => reject(new Error('the worker is dead'))));
  },
});

beforeAll(async () => {
  [text, accounts] = await Promise.all([startTextServer(), openAccounts()]);
  harness = await startHarness(environmentOf(text, accounts), {
    activities: mortal,
    // So that a conversation of some turns is long enough to continue as new.
    extraArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${LONG_EVENTS}`],
  });
  [rye] = (await writePosts(harness.services.archive, ACCOUNT, [
    { title: 'Why rye keeps', body: 'Rye holds more water than wheat, so the loaf keeps for a week.' },
    { title: 'A starter in winter', body: 'Feed it lukewarm milk in winter.' },
  ])) as [string, string];
}, 300_000);
beforeEach(() => text.reset());
afterAll(async () => {
  ends.forEach((end) => end());
  await harness?.close();
  await accounts?.remove();
  await text?.close();
});

const turnsOf = (id: string) => harness.services.archive.chats.listTurns(id);
const handle = (id: string) => harness.client.workflow.getHandle(chatWorkflowId(id));
/** Asks as the client does where a run ends as it is asked. */
const askAgain = (one: Question) => againIfInterrupted(() => ask(harness, one), wasNotHeard);
const callsOf = (id: string) => text.asked.filter(({ key }) => key.startsWith(`chat/${id}/`));

describe('a question', () => {
  it('is answered from the posts, cites them, and is in the archive when the reader has the answer', async () => {
    const id = drawId();
    const reply = await ask(harness, { id, question: 'Why does rye hold more water than wheat?' });
    expect(reply).toEqual({
      ...{ chatId: id, turn: 1, answer: 'Rye holds more water, so the loaf keeps.', outcome: 'answered' },
      citations: [{ postId: rye, title: 'Why rye keeps', url: `https://desk.example/@${ACCOUNT}/${rye}` }],
      offline: false,
    });
    expect(await turnsOf(id)).toMatchObject([{ turn: 1, outcome: 'answered', answer: reply.answer }]);
    const status = await handle(id).query(chatStatusQuery);
    expect(status).toMatchObject({ id, account: ACCOUNT, turns: 1 });
    expect(status.costUsd).toBeGreaterThan(0);
  });

  it('that no post has to do with is told so, and pays nothing', async () => {
    const id = drawId();
    expect(await ask(harness, { id, question: 'Quis custodiet regatta?' })).toMatchObject({
      ...{ turn: 1, answer: "I haven't written about that.", outcome: 'nothing_found', citations: [] },
    });
    expect(text.asked).toEqual([]);
    expect(await turnsOf(id)).toMatchObject([{ turn: 1, outcome: 'nothing_found' }]);
  });

  it('that is malformed is refused with the reason, and the conversation goes on', async () => {
    const id = drawId();
    await ask(harness, { id, question: 'Why does rye hold water?' });
    expect(await failureType(ask(harness, { id, question: '' }))).toBe('Chat.BadQuestion');
    expect(await ask(harness, { id, question: 'And why does rye hold water?' })).toMatchObject({ turn: 2 });
  });
});

describe('several questions at once', () => {
  it('are numbered as they come; those of one visitor follow each other, and others do not wait for them', async () => {
    const id = drawId();
    await ask(harness, { id, question: 'Why does rye hold water?', visitor: 'first' });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    text.say(async (asked) => {
      if (asked.prompt.includes('slow')) await held;
      return honest(asked);
    });
    const slow = ask(harness, { id, question: 'slow: does rye hold water?', visitor: 'first' });
    await until(
      async () => callsOf(id).length,
      (count) => count === 2,
    );
    const next = ask(harness, { id, question: 'next: does rye hold water?', visitor: 'first' });
    const other = await ask(harness, { id, question: 'other: does rye hold water?', visitor: 'second' });
    expect(other.outcome).toBe('answered');
    expect(callsOf(id).some(({ prompt }) => prompt.includes('next:'))).toBe(false);
    letGo();
    const turns = [await slow, await next, other].map(({ turn }) => turn);
    expect(turns.toSorted()).toEqual([2, 3, 4]);
    expect(turns[0]).toBe(2);
    // The next one leans on the answer before it.
    expect(callsOf(id).find(({ prompt }) => prompt.includes('next:'))?.prompt).toContain('Reader: "slow:');
  });

  it('of two visitors never meet', async () => {
    const id = drawId();
    const asked = ['ada', 'bob'].flatMap((visitor) =>
      [1, 2, 3].map((n) => ({ visitor, question: `${visitor} wonders ${n}: does rye hold water?` })),
    );
    await Promise.all(asked.map((one) => ask(harness, { id, ...one })));
    for (const { prompt } of callsOf(id))
      expect(/ada wonders/.test(prompt) && /bob wonders/.test(prompt)).toBe(false);
    expect(callsOf(id)).toHaveLength(6);
    expect((await turnsOf(id)).map(({ turn }) => turn)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('what is paid', () => {
  it('once where the worker dies with the turn in the archive; else as every paid call whose worker dies', async () => {
    const ids = DEATHS.map((death) => {
      const id = drawId();
      dying.set(id, death);
      return id;
    });
    const asked = ids.map((id) => ask(harness, { id, question: 'Does rye hold water?' }));
    for (const reply of await Promise.all(asked))
      expect(reply).toMatchObject({ turn: 1, outcome: 'answered' });
    const told = await Promise.all(
      ids.map(async (id, at) => {
        const { costUsd, unknownUsd } = await handle(id).query(chatStatusQuery);
        const [turn, ...more] = await until(
          () => turnsOf(id),
          (turns) => turns.length > 0,
        );
        expect({ turn: turn?.outcome, more }).toEqual({ turn: 'answered', more: [] });
        const charges = [Math.round(costUsd / CALL_USD), unknownUsd > 0 ? 1 : 0];
        return [DEATHS[at], { calls: callsOf(id).length, charges }];
      }),
    );
    // Charges that are known, and whether there is one of an unknown outcome.
    expect(Object.fromEntries(told)).toEqual({
      'before it is asked': { calls: 1, charges: [1, 0] },
      'as it is asked': { calls: 1, charges: [1, 1] },
      'when it is paid': { calls: 2, charges: [2, 0] },
      'when it is stored': { calls: 1, charges: [1, 0] },
    });
  });

  it('twice at most: what cites nothing that was offered is told so, then declined', async () => {
    const id = drawId();
    text.say(() => ({ answered: true, answer: 'The moon is rye.', citations: ['000000000000'] }));
    expect(await ask(harness, { id, question: 'Does rye hold water?' })).toMatchObject({
      ...{ outcome: 'declined', answer: "I haven't written about that.", citations: [] },
    });
    expect(callsOf(id)).toHaveLength(2);
    expect(callsOf(id)[1]?.prompt).toContain('it cites none of the posts');
    expect(
      await until(
        () => turnsOf(id),
        (turns) => turns.length === 1,
      ),
    ).toMatchObject([{ outcome: 'declined' }]);
  });
});

describe('a conversation', () => {
  it('that nobody continues ends, and is taken up again from the archive', async () => {
    const id = drawId();
    await ask(harness, { id, question: 'Why does rye hold water?', idleMs: 50 });
    await handle(id).result();
    expect(await ask(harness, { id, question: 'Does wheat hold water longer?', isNew: false })).toMatchObject(
      {
        turn: 2,
      },
    );
    expect(await handle(id).query(chatStatusQuery)).toMatchObject({ turns: 2 });
    expect(callsOf(id)[1]?.prompt).toContain('- "Why does rye hold water?": "Why rye keeps"');
  });

  it('loses no question that comes as it ends', async () => {
    const id = drawId();
    for (let turn = 1; turn <= 25; turn += 1) {
      const reply = await askAgain({ id, question: 'Zzz?', isNew: turn === 1, idleMs: 40 });
      expect(reply.turn).toBe(turn);
      await new Promise((resolve) => setTimeout(resolve, randomInt(30, 50)));
    }
  });

  it('that is unknown is no conversation', async () => {
    const id = drawId();
    expect(await failureType(ask(harness, { id, question: 'Does rye hold water?', isNew: false }))).toBe(
      'Chat.Deleted',
    );
    await handle(id).result();
    expect(text.asked).toEqual([]);
  });

  it('has these events and billable actions a turn', async () => {
    const id = drawId();
    for (let turn = 1; turn <= 10; turn += 1)
      await ask(harness, { id, question: `Does rye hold water ${turn}?` });
    const { counts, actions, events } = await listRun(handle(id));
    const beside = Object.entries(counts).filter(([name]) => !name.startsWith('WorkflowTask'));
    expect(Object.fromEntries(beside)).toEqual({
      ...{ WorkflowExecutionStarted: 1, TimerStarted: 1 },
      ...{ WorkflowExecutionUpdateAccepted: 10, WorkflowExecutionUpdateCompleted: 10 },
      ...{ 'ActivityTaskScheduled answer': 10, ActivityTaskStarted: 10, ActivityTaskCompleted: 10 },
    });
    expect(actions).toEqual({
      ...{ WorkflowExecutionStarted: 1, TimerStarted: 1 },
      ...{ WorkflowExecutionUpdateAccepted: 10, 'ActivityTaskScheduled answer': 10 },
    });
    expect(events).toBeLessThanOrEqual(3 + 12 * 10);
  });

  it('that is long continues as new, with what it remembers and what it cost', async () => {
    const id = drawId();
    const visitors = Array.from({ length: 8 }, (_, at) => `visitor ${at}`);
    const rounds = 7;
    for (let round = 1; round <= rounds; round += 1)
      await Promise.all(
        visitors.map((visitor) => askAgain({ id, visitor, question: `${visitor}: does rye hold water?` })),
      );
    const runs = await listRuns(harness.client, chatWorkflowId(id));
    expect(runs.length).toBeGreaterThan(1);
    // A run comes to rest with the answers of those who asked at once.
    for (const { events } of runs) expect(events).toBeLessThan(LONG_EVENTS + visitors.length * 12);
    const count = rounds * visitors.length;
    const status = await handle(id).query(chatStatusQuery);
    expect(status.turns).toBe(count);
    expect(status.costUsd).toBeCloseTo(count * CALL_USD, 9);
    const turns = await turnsOf(id);
    expect(turns.map(({ turn }) => turn)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
    const last = callsOf(id).at(-1)!.prompt;
    expect(last).toContain('The last questions of the same reader');
    expect(new Set(last.match(/visitor \d/g)).size).toBe(1);
  });
});
