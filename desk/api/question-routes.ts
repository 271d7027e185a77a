import type { Hono } from 'hono';
import { questionEndpoints } from '../../contract/api/questions.js';
import type { DeskDeps } from '../deps.js';
import { isHandle } from '../shared/handle.js';
import type { Session } from '../http/session.js';
import { requireAccount } from './require-account.js';
import { serve } from './serve.js';

/** `/api/questions`: what the posts of an account don't answer. */
export function questionRoutes(api: Hono, deps: DeskDeps, session: Session): void {
  serve(api, session, questionEndpoints.list, async ({ query: { account, limit } }) => {
    await requireAccount(deps, account);
    const questions = isHandle(account) ? await deps.archive.chats.listOpenQuestions(account, limit) : [];
    return { questions };
  });
}
