import type { Hono } from 'hono';
import { chatEndpoints } from '../../contract/api/chats.js';
import type { Asking } from '../public-chat/asking.js';
import type { Visitors } from '../public-chat/visitors.js';
import type { Session } from '../http/session.js';
import { serve } from './serve.js';

/** `/api/chats`: anyone may ask an account that answers readers. */
export function serveChats(api: Hono, session: Session, asking: Asking, visitors: Visitors): void {
  serve(api, session, chatEndpoints.ask, async ({ c, body }) => {
    const { account: handle, question, chatId } = body;
    const ask = await asking.admit({ handle, question, chatId, visitor: visitors.known(c) });
    const { answer, citations, ...reply } = await ask();
    return {
      ...{ chatId: reply.chatId, answer },
      citations: citations.map(({ postId, title, url }) => ({ postId, title, url })),
    };
  });
}
