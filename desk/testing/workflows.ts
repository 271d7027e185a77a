import { randomInt } from 'node:crypto';
import { changedSchedule } from '../../client/change-schedule.js';
import type { Chats, Question } from '../../client/chats.js';
import { scheduleOrder } from '../../client/schedule-order.js';
import { NoWorkerError, RefusedError, UnknownIdError, UsedIdError } from '../../client/errors.js';
import type { Reply } from '../../contract/chat.js';
import { chatWords } from '../../contract/chat-words.js';
import { newId } from '../../contract/ids.js';
import type { ReviewRequest, ReviewResult } from '../../contract/messages.js';
import type { ScheduleStatus } from '../../contract/schedule.js';
import { isBatchFinal, type BatchState } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import type { Archive } from '../../services/archive/archive.js';
import type { DeskDeps } from '../deps.js';
import { onceSecrets } from '../sign-in/once-secrets.js';
import { sampleSchedule } from './samples.js';
import type { KeptMarks } from '../http/kept-marks.js';

/** What the desk sent to the workflows, in order, and what they answer: a test sets `answer` to refuse. */
export interface ToldWorkflows extends Pick<DeskDeps, 'posts' | 'batches' | 'schedules' | 'deliveries'> {
  readonly told: { readonly what: string; readonly id: string; readonly value: unknown }[];
  answer: (id: string, request: ReviewRequest) => ReviewResult | Promise<ReviewResult>;
  readonly chats: ToldChats;
  /** The targets that keep a post which is taken back. */
  keptBy: readonly string[];
  /** The schedules that there are, by id. */
  readonly kept: Map<string, ScheduleStatus>;
}

/**
 * The client's side of workflows that take every message; those of ended batches refuse it.
 *
 * @param running the batches that run: an order shows in their status, as a workflow's does
 */
export function toldWorkflows(
  running: Map<string, BatchStatus> = new Map(),
  chats: ToldChats = toldChats(),
): ToldWorkflows {
  const note = (what: string, id: string, value: unknown): void =>
    void workflows.told.push({ what, id, value });
  const noted =
    (what: string, effect: (before: BatchStatus, value: unknown) => Partial<BatchStatus> = () => ({})) =>
    async (id: string, value: unknown): Promise<void> => {
      const before = running.get(id);
      if (before && isBatchFinal(before.status))
        throw new RefusedError(`batch ${id} is ${before.status}; it is too late to ${what}`);
      note(what, id, value);
      if (before) running.set(id, { ...before, ...effect(before, value) });
    };
  const becomes = (status: BatchState) => (): Partial<BatchStatus> => ({ status });
  const kept = new Map<string, ScheduleStatus>();
  const scheduleOf = (id: string): ScheduleStatus => {
    const status = kept.get(id);
    if (!status) throw new UnknownIdError('schedule', id, 'default');
    return status;
  };
  const scheduled =
    (what: string, effect: (before: ScheduleStatus) => Partial<ScheduleStatus>) =>
    async (id: string, value: unknown): Promise<void> => {
      kept.set(id, { ...scheduleOf(id), ...effect(scheduleOf(id)) });
      note(what, id, value);
    };
  const workflows: ToldWorkflows = {
    told: [],
    keptBy: [],
    chats,
    kept,
    answer: (_id, request) => ({
      status: request.decision === 'approve' ? 'scheduled' : 'awaiting_approval',
      revision: ('revision' in request && request.revision) || 1,
    }),
    posts: {
      async review(id, request) {
        note('review', id, request);
        return workflows.answer(id, request);
      },
      async unpublish(id, value) {
        note('unpublish', id, value);
        return { status: 'unpublished', keptBy: workflows.keptBy };
      },
    },
    schedules: {
      async add(schedule) {
        const scheduleId = schedule.id ?? 'NewSchedule1';
        if (kept.has(scheduleId)) throw new UsedIdError(scheduleId, 'default', 'schedule');
        note('add', scheduleId, schedule);
        kept.set(scheduleId, sampleSchedule({ id: scheduleId }));
        return { scheduleId };
      },
      async change(id, change) {
        const now = scheduleOf(id);
        const changed = changedSchedule(now, change);
        kept.set(id, { ...now, ...scheduleOrder(changed, now.revision + 1), overlap: changed.overlap });
        note('change', id, { ...change, account: undefined });
        return scheduleOf(id);
      },
      list: async () => ({ schedules: [...kept.values()] }),
      status: async (id) => scheduleOf(id),
      pause: scheduled('pauseSchedule', () => ({ paused: true, next: [] })),
      resume: scheduled('resumeSchedule', () => ({ paused: false })),
      async run(id) {
        const { runningBatchId, overlap } = scheduleOf(id);
        if (runningBatchId !== null && overlap === 'skip')
          throw new RefusedError(
            `schedule ${id} starts no batch while its batch ${runningBatchId} still runs`,
          );
        note('runSchedule', id, null);
        return { batchId: runningBatchId === null ? 'NewBatch0001' : null };
      },
      async remove(id) {
        scheduleOf(id);
        note('removeSchedule', id, null);
        kept.delete(id);
      },
    },
    deliveries: { sendAgain: async (id) => note('sendAgain', id, null) },
    batches: {
      async start(order) {
        const batchId = order.id ?? 'NewBatch0001';
        note('start', batchId, order);
        return { batchId };
      },
      async status(id) {
        const status = running.get(id);
        if (!status) throw new UnknownIdError('batch', id, 'default');
        return status;
      },
      approveAll: noted('approveAll'),
      pause: noted('pause', becomes('paused')),
      resume: noted('resume', becomes('running')),
      setBudget: noted('setBudget', (_before, value) => ({ budgetUsd: (value as { usd: number }).usd })),
      cancel: noted('cancel', becomes('cancelled')),
    },
  };
  return workflows;
}

/** What a client throws where no worker polls. */
export const withoutWorker = (): never => {
  throw new NoWorkerError('copydesk', '127.0.0.1:7233');
};

type Answer = Omit<Reply, 'chatId' | 'turn'>;

/** What readers asked, in order, and what they are answered: a test sets `answer` to cite, to refuse or to wait. */
export interface ToldChats extends Pick<Chats, 'ask' | 'delete'> {
  readonly asked: Question[];
  /** The ids of conversations that were ended for good. */
  readonly deleted: string[];
  answer: (question: Question) => Answer | Promise<Answer>;
}

/** The rules of an account that answers readers. */
export const CHAT = { enabled: true, dailyBudget: 1_000_000_000 };

const answered = (outcome: Answer['outcome'], answer: string, citations: Answer['citations']): Answer => {
  return { outcome, answer, citations, offline: false };
};

export const NOTHING = answered('nothing_found', chatWords().nothing, []);

/** An answer that rests on posts of the sample account. */
export function citing(...ids: readonly string[]): Answer {
  const posts = 'http://127.0.0.1:8300/@harbor/posts';
  const citations = ids.map((postId) => ({ postId, title: 'x', url: `${posts}/${postId}` }));
  return answered('answered', 'The sea keeps the other time.', citations);
}

/** The client's side of conversations. @param kept where their turns are stored; nowhere when left out */
export function toldChats(kept?: { chats: Archive['chats']; now: () => Date }): ToldChats {
  const turns = new Map<string, number>();
  const told: ToldChats = {
    asked: [],
    deleted: [],
    answer: () => NOTHING,
    async ask(asked) {
      told.asked.push(asked);
      const { account, question, visitor } = asked;
      const chatId = asked.chatId ?? asked.newChatId ?? newId((max) => randomInt(max));
      const turn = (turns.get(chatId) ?? 0) + 1;
      turns.set(chatId, turn);
      const answer = await told.answer(asked);
      const { citations, offered = [], ...said } = answer;
      const citedIds = citations.map(({ postId }) => postId);
      const offeredIds = offered.map(({ postId }) => postId);
      const from = { chatId, turn, account: account.handle, visitor, question };
      await kept?.chats.saveTurn({ ...from, ...said, citedIds, offeredIds, at: kept.now().toISOString() });
      return { chatId, turn, ...answer };
    },
    delete: async (chatId) => void told.deleted.push(chatId),
  };
  return told;
}

/** Sessions of a desk of its own, which nothing outlives. */
export function sessionsInMemory(now: () => Date = () => new Date()): DeskDeps['sessions'] {
  return {
    secret: 'a-secret-for-the-tests',
    ended: marksInMemory(),
    spent: marksInMemory(),
    once: onceSecrets(now),
  };
}

function marksInMemory(): KeptMarks {
  const marks = new Set<string>();
  return {
    has: ({ id }) => marks.has(id),
    add: ({ id }) => !marks.has(id) && Boolean(marks.add(id)),
    remove: ({ id }) => void marks.delete(id),
  };
}
