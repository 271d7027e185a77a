import { randomInt } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DeskDeps } from '../deps.js';
import type { Readers } from './asking.js';
import type { Session } from '../http/session.js';
import { createConversations } from './visitors.js';
import { neverKept } from '../http/headers.js';
import type { Account } from '../../contract/account.js';
import { chatPath, handleOf } from '../kit/addresses.js';
import { ApiRefusal, toldOf, TooOften } from '../api/refusal.js';
import { oneTurn, type ShownTurn, visitorsTurns, withPosts } from './shown-turns.js';
import { AskPage, ChatProblem, problemWords } from './ask-page.js';
import { printable } from '../http/printable.js';
import { pageWords } from './page-words.js';
import { suggestedQuestions } from './suggestions.js';
import { ownHostOnly } from '../http/gate.js';
import { ownFormsOnly } from '../http/origin.js';
import { MessagePage } from '../kit/layout.js';
import { answerStream, type StreamedAnswer } from './answer-stream.js';
import { type Reply } from '../../contract/chat.js';
import { newId } from '../../contract/ids.js';
import { TurnPage, TurnView } from './turn.js';
import { findAccount } from '../reading/accounts.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

/** More than the longest question as a form sends it, in bytes: each of its characters may take nine. */
const FORM_BYTES = 64 * 1024;
/** Titles that may be the same, of which three questions are made. */
const TITLES = 6;
const TURN = /^[1-9]\d{0,6}$/;

/** `/@<handle>/chat`: the page on which an account is asked, and the page of each turn that a post's record links to. */
export function askRoutes(deps: DeskDeps, readers: Readers, session: Session): Hono {
  const { archive, settings, sessions, now } = deps;
  const { asking, visitors } = readers;
  const conversations = createConversations({ secret: sessions.secret, url: settings.url });
  const routes = new Hono();
  routes.use(neverKept());

  /** The account that an address asks; null where it answers no readers. */
  const askedAccount = async (c: Context): Promise<Account | null> => {
    const handle = handleOf(c);
    return handle === null ? null : asking.account(handle);
  };

  async function page(
    c: Context,
    account: Account,
    failed: { question: string; refusal: ApiRefusal } | null = null,
  ) {
    const visitor = visitors.known(c);
    const chatId = conversations.held(c, account.handle, visitor);
    const [turns, posts] = await Promise.all([
      chatId === null ? null : visitorsTurns(deps, { chatId, handle: account.handle, visitor: visitor.hash }),
      archive.records.listPublishedPosts(account.handle, { limit: TITLES }),
    ]);
    const titles = posts.map(({ edition }) => edition.title);
    return c.html(
      <AskPage
        {...printable({ account, turns: turns ?? [], question: failed?.question ?? '' })}
        suggestions={printable(suggestedQuestions(titles, account.language))}
        hasPosts={posts.length > 0}
        problem={failed && problemWords(failed.refusal, account)}
        url={settings.url}
        now={now()}
      />,
      failed?.refusal.status ?? 200,
    );
  }

  routes.get('/', async (c) => {
    const account = await askedAccount(c);
    return account ? page(c, account) : c.notFound();
  });

  routes.post('*', ownHostOnly(session, settings.url), ownFormsOnly(settings.url));
  const tooLarge = { title: 'Refused', message: 'This question is too large.' };
  routes.post(
    '/',
    bodyLimit({ maxSize: FORM_BYTES, onError: (c) => c.html(<MessagePage {...tooLarge} />, 413) }),
    async (c) => {
      const account = await askedAccount(c);
      if (!account) return c.notFound();
      const isStreamed = (c.req.header('Accept') ?? '').startsWith('text/event-stream');
      const question = await sentQuestion(c);
      let ask: () => Promise<Reply>;
      try {
        ask = await admit(c, account, question);
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal instanceof TooOften) c.header('Retry-After', String(refusal.retryAfter));
        if (isStreamed) return c.html(problemHtml(account, refusal), refusal.status);
        return page(c, account, { question, refusal });
      }
      if (isStreamed)
        return c.body(answerStream(streamed(account, question, ask())), 200, {
          'Content-Type': 'text/event-stream; charset=utf-8',
          // What nginx needs to hear so that it passes each event on at once.
          'X-Accel-Buffering': 'no',
        });
      try {
        const { turn } = await ask();
        return c.redirect(`${chatPath(account.handle)}#turn-${turn}`, 303);
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal instanceof TooOften) c.header('Retry-After', String(refusal.retryAfter));
        return page(c, account, { question, refusal });
      }
    },
  );

  /** Lets a question in, in the conversation of its browser, which holds a new one from here on where it has none. */
  async function admit(c: Context, account: Account, question: string): Promise<() => Promise<Reply>> {
    const { handle, language } = account;
    const words = pageWords(language);
    if (question === '') throw new ApiRefusal(400, words.empty);
    if (question.length > TEXT_LIMITS.question)
      throw new ApiRefusal(400, words.tooLong(question.length, TEXT_LIMITS.question));
    const visitor = visitors.greet(c);
    const held = conversations.held(c, handle, visitor);
    const chat = held === null ? null : await archive.chats.findChat(held);
    if (held !== null && chat !== null) return asking.admit({ handle, question, visitor, chatId: held });
    const newChatId = newId((max) => randomInt(max));
    const ask = await asking.admit({ handle, question, visitor, newChatId });
    conversations.hold(c, handle, visitor, newChatId);
    return ask;
  }

  async function streamed(
    account: Account,
    question: string,
    reply: Promise<Reply>,
  ): Promise<StreamedAnswer> {
    try {
      const { turn, answer, outcome, offline, ...named } = await reply;
      const at = now().toISOString();
      const shown = await withPosts(deps, { turn, question, answer, outcome, offline, at }, named);
      return { event: 'answer', html: turnHtml(account, shown) };
    } catch (error) {
      return { event: 'problem', html: problemHtml(account, refusalOf(error)) };
    }
  }

  const turnHtml = (account: Account, shown: ShownTurn): string =>
    String(<TurnView {...printable({ account, shown })} isOwn now={now()} />);

  /** What is no refusal is the desk's own fault; its reader is told that it failed. */
  function refusalOf(error: unknown): ApiRefusal {
    if (error instanceof ApiRefusal) return error;
    const told = toldOf(error);
    if (told) return new ApiRefusal(told.status, told.message);
    deps.log(`chat: ${error instanceof Error ? error.message : String(error)}`);
    return new ApiRefusal(503, "The desk couldn't answer; ask again in a minute");
  }

  routes.post('/new', async (c) => {
    const account = await askedAccount(c);
    if (!account) return c.notFound();
    conversations.forget(c, account.handle);
    return c.redirect(chatPath(account.handle), 303);
  });

  routes.get('/:chatId/:turn', ownHostOnly(session, settings.url), async (c) => {
    const [handle, signedIn] = [handleOf(c), session.isSignedIn(c)];
    const { chatId, turn } = c.req.param();
    const account = handle === null || !TURN.test(turn) ? null : await findAccount(deps, handle);
    if (!account || !(signedIn || account.record === 'public')) return c.notFound();
    const shown = await oneTurn(deps, { chatId, handle: account.handle, turn: Number(turn) });
    // A stranger sees what a post's record links to, and can't walk through the rest of a conversation.
    if (!shown || !(signedIn || shown.posts.length > 0)) return c.notFound();
    c.header('X-Robots-Tag', 'noindex');
    return c.html(<TurnPage {...printable({ account, shown })} now={now()} />);
  });
  return routes;
}

const problemHtml = (account: Account, refusal: ApiRefusal): string =>
  String(
    <ChatProblem
      message={problemWords(refusal, account)}
      words={pageWords(account.language)}
      again={refusal.status === 503}
    />,
  );

/** The question of a form, its line breaks as one character each; empty where there is none. */
async function sentQuestion(c: Context): Promise<string> {
  const { question } = await c.req.parseBody().catch(() => ({ question: '' }));
  return typeof question === 'string' ? question.replace(/\r\n?/g, '\n').trim() : '';
}
