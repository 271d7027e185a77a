import type { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { addNewFormRoutes } from './new-form-routes.js';
import {
  emptyForm,
  type FormProblems,
  type NewBatchForm,
  orderOf,
  readNewBatchForm,
} from './new-batch-form.js';
import type { NewBatch } from '../../client/batches.js';
import { parameter } from '../http/bad-request.js';
import { batchPath } from './batch-words.js';
import { noOpenQuestion, OPEN_QUESTIONS_MOST } from '../../contract/open-questions.js';
import { checkedEstimate, EstimatePanel } from './estimate.js';
import { NewBatchPage } from './new-batch-page.js';
import { printable } from '../http/printable.js';
import { briefFromQuestions } from '../api/batch-routes.js';
import { ApiRefusal } from '../api/refusal.js';

type NewBatchDeps = Pick<DeskDeps, 'accounts' | 'archive' | 'batches' | 'now' | 'settings'>;

/** Adds the form of a new batch, its estimate and its start to the room of the batches. */
export function addNewBatchRoutes(room: Hono<RoomEnv>, deps: NewBatchDeps): void {
  addNewFormRoutes<NewBatchForm, NewBatch, FormProblems>(room, deps, {
    empty(c, account) {
      const planners = Object.keys(account?.planners ?? {});
      const planner = planners.find((name) => name === parameter(c, 'planner')) ?? planners[0] ?? '';
      const form = emptyForm(account?.handle ?? '', planner);
      return { ...form, fromQuestions: parameter(c, 'questions') === '1' };
    },
    read: readNewBatchForm,
    check: orderOf,
    async start(asked, form) {
      // Temporal forgets an ended batch in time, and the archive does not.
      if (await deps.archive.records.findBatch(form.id)) return startedBefore(form);
      const order = form.fromQuestions ? await withQuestions(asked) : asked;
      return `${batchPath((await deps.batches.start(order)).batchId)}?done=start`;
    },
    startedBefore,
    async page(shown, viewer) {
      const { account, form } = shown;
      const asked = account && orderOf(form, account);
      const questions = account
        ? await deps.archive.chats.listOpenQuestions(account.handle, OPEN_QUESTIONS_MOST)
        : [];
      const estimate = asked && 'order' in asked ? await checkedEstimate(asked.order, deps) : null;
      return String(<NewBatchPage viewer={viewer} {...printable({ ...shown, questions, estimate })} />);
    },
    part: {
      name: 'estimate',
      async write(order) {
        const estimate = order && (await checkedEstimate(order, deps));
        return String(<EstimatePanel estimate={printable(estimate)} />);
      },
    },
  });

  /** @throws Refusal where nobody asked in vain any more */
  async function withQuestions(order: NewBatch): Promise<NewBatch> {
    const { handle } = order.account;
    const brief = await briefFromQuestions(deps, handle, order.brief ?? null);
    if (brief === null) throw new ApiRefusal(409, `${noOpenQuestion(handle)}.`);
    return { ...order, brief };
  }
}

const startedBefore = ({ id }: NewBatchForm): string => `${batchPath(id)}?done=started-before`;
