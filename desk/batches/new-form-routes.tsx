import type { Context, Hono } from 'hono';
import { UsedIdError } from '../../client/errors.js';
import type { Account } from '../../contract/account.js';
import { toldOf, type ToldError } from '../api/refusal.js';
import type { DeskDeps } from '../deps.js';
import { parameter } from '../http/bad-request.js';
import { findViewer, type Viewer } from '../kit/room-page.js';
import {
  type AccountChoice,
  accountsToChoose,
  chosen,
  type NewBatchForm,
  ofAccount,
} from './new-batch-form.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { formTexts } from '../kit/form.js';
import { MessagePage } from '../kit/layout.js';

/** What the page of a form shows. */
export interface ShownForm<Form, Problems> {
  readonly form: Form;
  /** The one that the form is for; null where there is none to choose. */
  readonly account: Account | null;
  /** Those whose files can be used. */
  readonly handles: readonly string[];
  /** How many files can't. */
  readonly broken: number;
  /** What is wrong, by the field at fault. */
  readonly problems: Problems;
  /** Why nothing was started, whatever the fields say. */
  readonly problem: string | null;
}

type Checked<Order, Problems> = { order: Order } | { problems: Problems };

/** A form that asks for batches: for one, or for one again and again. */
export interface NewForm<Form extends NewBatchForm, Order, Problems> {
  /** As nobody has filled it in. */
  empty(c: Context, account: Account | null): Form;
  read(texts: Readonly<Record<string, string>>): Form;
  check(form: Form, account: Account): Checked<Order, Problems>;
  /** @returns where it can be looked at. @throws UsedIdError where the form was sent before, and the client's other errors */
  start(order: Order, form: Form): Promise<string>;
  startedBefore(form: Form): string;
  page(shown: ShownForm<Form, Problems>, viewer: Viewer): Promise<string>;
  /** A part of the page that shows what the form asks for so far; null where that can't be said. */
  readonly part?: { readonly name: string; write(order: Order | null): Promise<string> };
}

/** Adds a form, and what it starts, to a room. Its id is drawn with it, so that sending it twice starts one. */
export function addNewFormRoutes<Form extends NewBatchForm, Order, Problems extends object>(
  room: Hono<RoomEnv>,
  deps: Pick<DeskDeps, 'accounts' | 'archive'>,
  kind: NewForm<Form, Order, Problems>,
): void {
  room.get('/new', async (c) => {
    if (c.get('person').role !== 'editor')
      return c.html(<MessagePage title="Refused" message="You may read here, and start nothing." />, 403);
    const choice = await accountsToChoose(deps);
    const account = chosen(choice, parameter(c, 'account'));
    return page(c, { choice, account, form: kind.empty(c, account) });
  });

  /** Starts nothing: the form again, for another account or with its problems. */
  room.post('/new', async (c) => {
    const texts = await formTexts(c);
    const choice = await accountsToChoose(deps);
    const account = chosen(choice, texts.choose ?? texts.account);
    const form = ofAccount(kind.read(texts), account);
    const asked = account && kind.check(form, account);
    if (kind.part && parameter(c, 'part') === kind.part.name)
      return c.html(await kind.part.write(asked && 'order' in asked ? asked.order : null));
    const isChoice = texts.choose !== undefined;
    const problems = !isChoice && asked && 'problems' in asked ? asked.problems : undefined;
    return page(c, { choice, account, form, problems });
  });

  room.post('/', async (c) => {
    const choice = await accountsToChoose(deps);
    const form = kind.read(await formTexts(c));
    const account = choice.accounts.find(({ handle }) => handle === form.account) ?? null;
    if (account === null) {
      const problem = `@${form.account.slice(0, 60)} has no account file that can be used just now.`;
      return page(c, { choice, account: choice.accounts[0] ?? null, form, problem }, 400);
    }
    const asked = kind.check(form, account);
    if ('problems' in asked) return page(c, { choice, account, form, problems: asked.problems }, 400);
    try {
      return c.redirect(await kind.start(asked.order, form), 303);
    } catch (error) {
      if (error instanceof UsedIdError) return c.redirect(kind.startedBefore(form), 303);
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, { choice, account, form, problem: told.message }, told.status);
    }
  });

  interface Shown extends Pick<ShownForm<Form, Problems>, 'account' | 'form'> {
    readonly choice: AccountChoice;
    readonly problems?: Problems;
    readonly problem?: string;
  }

  async function page(c: Context<RoomEnv>, shown: Shown, status: 200 | ToldError['status'] = 200) {
    const { choice, account, form, problems = {} as Problems, problem = null } = shown;
    const handles = choice.accounts.map(({ handle }) => handle);
    const page = { account, form, problems, problem, handles, broken: choice.broken };
    return c.html(await kind.page(page, await findViewer(c, deps)), status);
  }
}
