import type { Context } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { deskRoom } from '../kit/desk-room.js';
import { MessagePage } from '../kit/layout.js';
import {
  type AccountChoice,
  accountsToChoose,
  chosen,
  emptyForm,
  type FormProblems,
  type NewBatchForm,
  ofAccount,
  orderOf,
  readNewBatchForm,
} from './new-batch-form.js';
import { parameter } from '../http/bad-request.js';
import { formTexts } from '../kit/form.js';
import { checkedEstimate, EstimatePanel } from './estimate.js';
import { printable } from '../http/printable.js';
import { batchPath } from './batch-words.js';
import { UsedIdError } from '../../client/errors.js';
import { ApiRefusal, type ToldError, toldOf } from '../api/refusal.js';
import type { NewBatch } from '../../client/batches.js';
import { briefFromQuestions } from '../api/batch-routes.js';
import { noOpenQuestion, OPEN_QUESTIONS_MOST } from '../../contract/open-questions.js';
import type { Account } from '../../contract/account.js';
import type { Person } from '../http/session.js';
import { barCounts } from '../kit/frame.js';
import { NewBatchPage } from './new-batch-page.js';

type NewBatchDeps = Pick<DeskDeps, 'accounts' | 'archive' | 'batches' | 'now' | 'settings'>;

/** Adds the form of a new batch, its estimate and its start to the room of the batches. */
export function addNewBatchRoutes(room: ReturnType<typeof deskRoom>, deps: NewBatchDeps): void {
  room.get('/new', async (c) => {
    if (c.get('person').role !== 'editor')
      return c.html(<MessagePage title="Refused" message="You may read here, and start nothing." />, 403);
    const choice = await accountsToChoose(deps);
    const account = chosen(choice, parameter(c, 'account'));
    const planners = Object.keys(account?.planners ?? {});
    const planner = planners.find((name) => name === parameter(c, 'planner')) ?? planners[0] ?? '';
    const form = emptyForm(account?.handle ?? '', planner);
    return page(c, { choice, account, form: { ...form, fromQuestions: parameter(c, 'questions') === '1' } });
  });

  /** Starts nothing: the form again, for another account or with its estimate. */
  room.post('/new', async (c) => {
    const texts = await formTexts(c);
    const choice = await accountsToChoose(deps);
    const account = chosen(choice, texts.choose ?? texts.account);
    const form = ofAccount(readNewBatchForm(texts), account);
    const asked = account && orderOf(form, account);
    if (parameter(c, 'part') === 'estimate') {
      const estimate = asked && 'order' in asked ? await checkedEstimate(asked.order, deps) : null;
      return c.html(<EstimatePanel estimate={printable(estimate)} />);
    }
    const isChoice = texts.choose !== undefined;
    const problems = !isChoice && asked && 'problems' in asked ? asked.problems : {};
    return page(c, { choice, account, form, problems });
  });

  room.post('/', async (c) => {
    const choice = await accountsToChoose(deps);
    const form = readNewBatchForm(await formTexts(c));
    const account = choice.accounts.find(({ handle }) => handle === form.account) ?? null;
    if (account === null) {
      const problem = `@${form.account.slice(0, 60)} has no account file that can be used just now.`;
      return page(c, { choice, account: choice.accounts[0] ?? null, form, problem }, 400);
    }
    const asked = orderOf(form, account);
    if ('problems' in asked) return page(c, { choice, account, form, problems: asked.problems }, 400);
    // Temporal forgets an ended batch in time, and the archive does not.
    if (await deps.archive.records.findBatch(form.id)) return c.redirect(startedBefore(form.id), 303);
    try {
      const order = form.fromQuestions ? await withQuestions(asked.order) : asked.order;
      const { batchId } = await deps.batches.start(order);
      return c.redirect(`${batchPath(batchId)}?done=start`, 303);
    } catch (error) {
      if (error instanceof UsedIdError) return c.redirect(startedBefore(form.id), 303);
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, { choice, account, form, problem: told.message }, told.status);
    }
  });

  /** @throws Refusal where nobody asked in vain any more */
  async function withQuestions(order: NewBatch): Promise<NewBatch> {
    const { handle } = order.account;
    const brief = await briefFromQuestions(deps, handle, order.brief ?? null);
    if (brief === null) throw new ApiRefusal(409, `${noOpenQuestion(handle)}.`);
    return { ...order, brief };
  }

  interface Shown {
    readonly choice: AccountChoice;
    readonly account: Account | null;
    readonly form: NewBatchForm;
    readonly problems?: FormProblems;
    readonly problem?: string;
  }

  async function page(
    c: Context<{ Variables: { person: Person } }>,
    { choice, account, form, problems = {}, problem }: Shown,
    status: 200 | ToldError['status'] = 200,
  ) {
    const asked = account && orderOf(form, account);
    const questions = account
      ? await deps.archive.chats.listOpenQuestions(account.handle, OPEN_QUESTIONS_MOST)
      : [];
    const props = {
      questions,
      form,
      account,
      handles: choice.accounts.map(({ handle }) => handle),
      broken: choice.broken,
      problems,
      problem: problem ?? null,
      estimate: asked && 'order' in asked ? await checkedEstimate(asked.order, deps) : null,
    };
    const counts = await barCounts(deps.archive.records);
    return c.html(<NewBatchPage person={c.get('person')} counts={counts} {...printable(props)} />, status);
  }
}

const startedBefore = (id: string): string => `${batchPath(id)}?done=started-before`;
