/** Conversations of readers with an account: what is asked, answered and kept. */
import type { QueryDefinition, UpdateDefinition } from '@temporalio/common';

/** The workflow of one conversation, `chat/<chatId>`. It ends when nobody asks, and is taken up again from the archive. */
export const CHAT_WORKFLOW = 'chat';

/** What came of a turn. */
export const TURN_OUTCOMES = [
  /** An answer from the posts that it cites. */
  'answered',
  /** No post of the account has anything to do with it: said by rule, nothing was paid. */
  'nothing_found',
  /** The model had posts to look at and found no answer in them, or cited none of them. */
  'declined',
  /** The question or its answer is not to be shown, says the provider's moderation. */
  'flagged',
  /** A greeting, thanks, or what the account is and what is new: said by rule from its file, nothing was paid. */
  'hosted',
] as const;
export type TurnOutcome = (typeof TURN_OUTCOMES)[number];

/** A published post that an answer rests on. */
export interface Citation {
  readonly postId: string;
  readonly title: string;
  /** Its public page. */
  readonly url: string;
}

/** One question and its answer. */
export interface Turn {
  /** From 1. */
  readonly turn: number;
  /** Who asked, told by a hash that leads back to nobody. */
  readonly visitor: string;
  readonly question: string;
  readonly answer: string;
  readonly outcome: TurnOutcome;
  /** None where nothing was answered. */
  readonly citations: readonly Citation[];
  /** Posts that the reader may like instead of an answer, the nearest first: at most three, left out for none. */
  readonly offered?: readonly Citation[];
  /** Answered by a stand-in. */
  readonly offline: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** A turn as the model is reminded of it, as long as what it cites is public. */
export interface PastTurn extends Pick<Turn, 'turn' | 'visitor' | 'question' | 'answer'> {
  readonly citedIds: readonly string[];
}

/** A turn of longer ago: its question in short, and what it cited. */
export type PastQuestion = Pick<PastTurn, 'question' | 'citedIds'>;

/** What a conversation is started, or taken up again, with. */
export interface ChatInput {
  readonly id: string;
  /** The account's handle; its file is read at each turn, so that it counts as it is now. */
  readonly account: string;
  /** Nothing of it is in the archive: it is new. */
  readonly isNew: boolean;
  /** How long it waits for the next question before it ends, in ms; a quarter of an hour when left out. */
  readonly idleMs?: number;
}

/** A question. The models are those of the account's file now: a lost call must be priced without it. */
export interface Say {
  readonly question: string;
  /** BCP 47 tag of the account's language: English when left out. */
  readonly language?: string;
  readonly visitor: string;
  readonly models: { readonly chat: string; readonly embedding: string | null };
}

/** What the reader gets. */
export interface Reply {
  readonly chatId: string;
  readonly turn: number;
  readonly answer: string;
  readonly outcome: TurnOutcome;
  readonly citations: readonly Citation[];
  readonly offered?: readonly Citation[];
  readonly offline: boolean;
}

/** A conversation as its workflow tells it. */
export interface ChatStatus {
  readonly id: string;
  readonly account: string;
  /** How many turns it has. */
  readonly turns: number;
  /** Of the last turn, ISO 8601; null before it. */
  readonly lastAt: string | null;
  readonly costUsd: number;
  readonly unknownUsd: number;
}

export const sayUpdate = { type: 'update', name: 'say' } as UpdateDefinition<Reply, [Say]>;
export const chatStatusQuery = { type: 'query', name: 'status' } as QueryDefinition<ChatStatus>;

// The types of the errors that `say` fails with, beside those of a budget and a provider.

/** The conversation was deleted, or never was. */
export const CHAT_DELETED = 'Chat.Deleted';
/** The account answers nobody. */
export const CHAT_OFF = 'Chat.Off';
/** So many ask in this conversation that it has to finish first: the same question is taken in a moment. */
export const CHAT_BUSY = 'Chat.Busy';
/** It can't be read as a question; the message says why. */
export const CHAT_BAD_QUESTION = 'Chat.BadQuestion';
