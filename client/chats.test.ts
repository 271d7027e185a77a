import { afterEach, expect, it, vi } from 'vitest';
import { sampleAccount } from '../desk/testing/samples.js';
import { Calls } from './calls.js';
import { Chats } from './chats.js';
import { deskApi } from './desk-api.js';
import type { Temporal } from './temporal.js';

afterEach(() => void vi.useRealTimers());

const account = sampleAccount({ chat: { enabled: true, dailyBudget: 1_000_000_000 } });

/** A server that takes a question and never answers it. */
async function asked(pollers: readonly object[]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let signal: AbortSignal | undefined;
  const client = {
    withDeadline: (_at: number, call: () => unknown) => call(),
    withAbortSignal: (given: AbortSignal, call: () => unknown) => {
      signal = given;
      return call();
    },
    workflow: { executeUpdateWithStart: () => new Promise(() => {}) },
    workflowService: { describeTaskQueue: () => Promise.resolve({ pollers }) },
  };
  const temporal = { client, address: '127.0.0.1:7233', namespace: 'default' };
  const desk = deskApi({ api: 'http://127.0.0.1:9', token: 'none', data: 'nowhere' });
  const chats = new Chats(new Calls(temporal as unknown as Temporal, desk));
  const state = { error: null as unknown, isGivenUp: () => signal?.aborted };
  chats.ask({ account, question: 'Why?', visitor: 'a' }).catch((error: unknown) => (state.error = error));
  while (!signal) await new Promise((resolve) => setImmediate(resolve));
  return state;
}

it('gives a question up that no worker takes', async () => {
  const question = await asked([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(question.error).toMatchObject({ name: 'NoWorkerError', message: /no worker is polling task queue/ });
  expect(question.isGivenUp()).toBe(true);
});

it('waits on for a worker that takes its time', async () => {
  const question = await asked([{}]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([question.error, question.isGivenUp()]).toEqual([null, false]);
});
