import {
  ApplicationFailure,
  condition,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  CHAT_BAD_QUESTION,
  CHAT_BUSY,
  CHAT_DELETED,
  chatStatusQuery,
  sayUpdate,
  type Reply,
  type Say,
} from '../../contract/chat.js';
import { whyBlocked } from '../blocked.js';
import type { Cell } from '../cell.js';
import { chatDetails } from './details.js';
import { arrive, isNext, leave, type Doing } from './doing.js';
import { isFull } from '../history-length.js';
import { lastQuestions, chatStatus, type Conversation } from './state.js';
import { sayProblem } from './read-say.js';
import { answerQuestion } from './turn.js';

const QUESTIONS_SHOWN = 5;

/** Registers what a conversation listens to. */
export function listenToChat(chat: Cell<Conversation>, doing: Cell<Doing>): void {
  setHandler(chatStatusQuery, () => chatStatus(chat.value), {
    description:
      'The conversation as it stands: how many turns, and what they cost since it was last taken up',
  });
  setHandler(sayUpdate, (say) => hear(chat, doing, say), {
    description:
      'A question, which is answered. {"question":"…","visitor":"you","models":{"chat":"gpt-6-luna","embedding":null}}',
    validator: refuseSay,
  });
}

/** The conversation for the Temporal UI. */
export const showChat = ({ said, ...rest }: Conversation): void =>
  setCurrentDetails(
    chatDetails(chatStatus({ said, ...rest }), lastQuestions(said.memories, QUESTIONS_SHOWN)),
  );

/** @throws ApplicationFailure with the reason: the update is refused and leaves no trace in history */
function refuseSay(say: unknown): void {
  const problem = sayProblem(say);
  if (problem !== null) throw ApplicationFailure.nonRetryable(problem, CHAT_BAD_QUESTION);
  if (isFull(workflowInfo()))
    throw ApplicationFailure.nonRetryable('the conversation is busy; ask again in a moment', CHAT_BUSY);
}

/** Gives a question its number and answers it in its turn. @throws ApplicationFailure, which fails the question alone */
async function hear(chat: Cell<Conversation>, doing: Cell<Doing>, say: Say): Promise<Reply> {
  const at = new Date();
  doing.change((now) => arrive(now, say.visitor, at.getTime()));
  const asked = { place: doing.value.heard, visitor: say.visitor };
  try {
    await condition(() => isNext(doing.value, asked));
    const { base, isGone } = doing.value;
    if (isGone || base === null)
      throw ApplicationFailure.nonRetryable('there is no such conversation', CHAT_DELETED);
    return await answerQuestion(chat, doing, { say, turn: base + asked.place, at: at.toISOString() });
  } catch (error) {
    const blocking = whyBlocked(error);
    throw ApplicationFailure.nonRetryable(blocking.message, blocking.type);
  } finally {
    doing.change((now) => leave(now, asked, Date.now()));
    showChat(chat.value);
  }
}
