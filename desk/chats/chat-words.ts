import type { TurnOutcome } from '../../contract/chat.js';
import type { Tone } from '../kit/chip.js';
import { addressWith } from '../kit/room-page.js';

export const CHATS_PATH = '/desk/chats';
/** The address of a conversation at the desk. */
export const deskChatPath = (id: string): string => `${CHATS_PATH}/${encodeURIComponent(id)}`;
export const questionsPath = (account: string): string =>
  `${CHATS_PATH}/questions?account=${encodeURIComponent(account)}`;

/** What came of a turn, as a person says it. */
export const OUTCOME_WORDS: Readonly<Record<TurnOutcome, { readonly word: string; readonly tone: Tone }>> = {
  answered: { word: 'answered', tone: 'good' },
  nothing_found: { word: 'no post found', tone: 'wait' },
  declined: { word: 'no answer in the posts', tone: 'wait' },
  flagged: { word: 'not to be shown', tone: 'bad' },
  hosted: { word: 'said by rule', tone: 'good' },
};

/** `1 question`, `2 questions`. */
export const questionCount = (count: number): string => `${count} ${count === 1 ? 'question' : 'questions'}`;

/** The address of the list, or of a page of it. */
export const chatListPath = (given: { readonly account: string | null; readonly cursor?: string }): string =>
  addressWith(CHATS_PATH, given);
