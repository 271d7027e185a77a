import type { Context, Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { parameter } from '../http/bad-request.js';
import { isHandle } from '../kit/addresses.js';
import { findAccount, listAccounts } from '../reading/accounts.js';
import { chatListPath, CHATS_PATH } from './chat-words.js';
import { ChatListPage, QuestionsPage } from './chat-list-page.js';
import { printable } from '../http/printable.js';
import { findViewer } from '../kit/room-page.js';
import { MessagePage } from '../kit/layout.js';
import { ConversationPage, DeletePage } from './chat-page.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import { errorLine } from '../../contract/errors.js';
import type { Chat } from '../../services/archive/chats/chats.js';
import { ID_PATTERN } from '../../contract/ids.js';

const ROWS = 50;
const QUESTIONS = 100;

/** `/desk/chats`: the conversations with all accounts, each of them, its end, and what nobody could answer. */
export function chatRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { archive, chats, settings, log, now } = deps;
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    const asked = parameter(c, 'account');
    const account = asked !== undefined && isHandle(asked) ? asked : null;
    const cursor = parameter(c, 'cursor');
    const found = await archive.chats.listChats({
      limit: ROWS,
      ...(account !== null && { account }),
      ...(cursor !== undefined && { cursor }),
    });
    const handles = (await listAccounts(deps)).map(({ handle }) => handle);
    const list = {
      chats: found.chats,
      account,
      accounts: handles,
      isOlder: cursor !== undefined,
      older: found.next === null ? null : chatListPath({ account, cursor: found.next }),
      said: parameter(c, 'done') === 'delete' ? 'The conversation is deleted.' : null,
    };
    return c.html(<ChatListPage {...printable(list)} now={now()} viewer={await findViewer(c, deps)} />);
  });

  room.get('/questions', async (c) => {
    const asked = parameter(c, 'account') ?? '';
    const account = isHandle(asked) ? await findAccount(deps, asked) : null;
    if (!account) return c.notFound();
    const { handle } = account;
    const questions = printable(await archive.chats.listOpenQuestions(handle, QUESTIONS));
    const canPlan = (await deps.accounts.account(handle)) !== null;
    const shown = { viewer: await findViewer(c, deps), account: handle, canPlan, questions, now: now() };
    return c.html(<QuestionsPage {...shown} />);
  });

  room.get('/:id', async (c) => {
    const chat = await known(c.req.param('id'));
    return chat ? page(c, chat) : c.notFound();
  });

  room.get('/:id/delete', async (c) => {
    const chat = await known(c.req.param('id'));
    if (!chat) return c.notFound();
    if (c.get('person').role !== 'editor')
      return c.html(<MessagePage title="Refused" message="You may read here, and delete nothing." />, 403);
    return c.html(<DeletePage chat={printable(chat)} viewer={await findViewer(c, deps)} />);
  });

  room.post('/:id/delete', async (c) => {
    const chat = await known(c.req.param('id'));
    if (!chat) return c.notFound();
    // Temporal first: where it is away nothing is deleted, and the person may try again.
    try {
      await chats.delete(chat.id);
    } catch (error) {
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, chat, told);
    }
    await archive.chats.deleteChat(chat.id, now().toISOString());
    log(`chat ${chat.id} of @${chat.account} deleted by ${c.get('person').name}`);
    // A question that came in between has started a run; from here on none is answered any more.
    await chats.delete(chat.id).catch((error: unknown) => {
      log(`chat ${chat.id} may still be known to Temporal: ${errorLine(error)}`);
    });
    return c.redirect(`${CHATS_PATH}?done=delete`, 303);
  });
  return room;

  async function known(id: string): Promise<Chat | null> {
    return ID_PATTERN.test(id) ? archive.chats.findChat(id) : null;
  }

  async function page(c: Context<RoomEnv>, chat: Chat, told: ToldError | null = null) {
    const [turns, account, viewer] = await Promise.all([
      archive.chats.listTurns(chat.id),
      findAccount(deps, chat.account),
      findViewer(c, deps),
    ]);
    const shown = { viewer, temporalUi: settings.temporalUi ?? null, now: now() };
    const said = printable({ chat, turns, account });
    return c.html(
      <ConversationPage {...shown} {...said} problem={told?.message ?? null} />,
      told?.status ?? 200,
    );
  }
}
