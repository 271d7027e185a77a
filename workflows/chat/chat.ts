import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
} from '@temporalio/workflow';
import type { ChatInput, ChatStatus } from '../../contract/chat.js';
import { archive } from '../activities.js';
import { createCell, partOf, type Cell } from '../cell.js';
import { idleLeft, isQuiet, newDoing, type Doing } from './doing.js';
import { isChatDue } from '../history-length.js';
import { listenToChat, showChat } from './listen.js';
import { chatStatus, newChat, saidBefore, type CarriedChat, type Conversation } from './state.js';

/** How long a conversation waits for the next question before it ends. */
const IDLE_MS = 15 * 60_000;
/** How many of the turns before are read when it is taken up again. */
const READ_TURNS = 30;

/** The story of a conversation: each question is answered from the account's posts, until nobody asks any more. */
export async function chat(input: ChatInput, before?: CarriedChat): Promise<ChatStatus> {
  const state = createCell<Conversation>(before ? { ...before, input } : newChat(input));
  const doing = createCell(newDoing(Date.now()));
  listenToChat(state, doing);
  try {
    if (!before && !input.isNew) await takeUp(state, doing);
    partOf(doing, 'base').change(() => state.value.said.numbered);
    showChat(state.value);
    const end = await waitForEnd(input, doing);
    await atRest(doing);
    // A question that came meanwhile was answered; it makes the conversation no younger.
    if (end === 'long') return await continueAsNew<typeof chat>(input, carriedBy(state.value, doing.value));
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => atRest(doing));
    throw error;
  }
  return chatStatus(state.value);
}

/** Continues from the archive, where there is something. */
async function takeUp(state: Cell<Conversation>, doing: Cell<Doing>): Promise<void> {
  const { id } = state.value.input;
  const read = await archive.readChat.executeWithOptions({ summary: 'What was said before' }, [
    { chatId: id, limit: READ_TURNS },
  ]);
  if (read) partOf(state, 'said').change(() => saidBefore(read));
  else partOf(doing, 'isGone').change(() => true);
}

type End = 'gone' | 'long' | 'idle';

/** Waits until nobody asks any more, or the conversation can't go on in this run. One timer serves many questions. */
async function waitForEnd({ idleMs = IDLE_MS }: ChatInput, doing: Cell<Doing>): Promise<End> {
  for (;;) {
    if (doing.value.isGone) return 'gone';
    if (isChatDue()) return 'long';
    const leaves = (): boolean => doing.value.isGone || isChatDue();
    const left = idleLeft(doing.value, idleMs, Date.now());
    if (left > 0) await condition(leaves, left, { summary: 'Ends when nobody asks any more' });
    else if (isQuiet(doing.value)) return 'idle';
    else await condition(() => isQuiet(doing.value) || leaves());
  }
}

/** Every question has its answer, and the archive has every turn. */
const atRest = (doing: Cell<Doing>): Promise<void> =>
  condition(() => isQuiet(doing.value) && allHandlersFinished());

const carriedBy = ({ said, cost }: Conversation, { base, heard }: Doing): CarriedChat => ({
  said: { ...said, numbered: (base ?? 0) + heard },
  cost,
});
