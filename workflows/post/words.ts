import type { Draft } from '../../contract/draft.js';
import type { Edit } from '../../contract/messages.js';

/** What is written. */
export interface Words {
  /** Null until it is written for the first time. */
  readonly draft: Draft | null;
  /** What a person asked to be written otherwise; null when nothing. */
  readonly instructions: string | null;
}

export const NO_WORDS: Words = { draft: null, instructions: null };

export const putDraft = (words: Words, draft: Draft): Words => ({ ...words, draft });

/** A person's own words, where there is a draft to put them into. */
export const editDraft = (words: Words, changes: Omit<Edit, 'by'>): Words =>
  words.draft === null ? words : putDraft(words, { ...words.draft, ...changes });

export const askForWords = (words: Words, instructions: string | null): Words => ({ ...words, instructions });
