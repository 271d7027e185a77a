import type { Draft } from '../../../contract/draft.js';
import type { Edit } from '../../../contract/messages.js';

/** What is written. */
export interface Words {
  /** Null until it is written for the first time. */
  readonly draft: Draft | null;
  /** What a person asked to be written otherwise; null when nothing. */
  readonly instructions: string | null;
  /** What people wrote for one target alone, by its name; left out where nobody did. */
  readonly own?: Readonly<Record<string, OwnText>>;
}

/** A person's text for one target, in place of the fitted one. */
export interface OwnText {
  readonly text: string;
  /** The fitted text that it stands for. */
  readonly instead: string;
}

export const NO_WORDS: Words = { draft: null, instructions: null };

/** Words of the model's. What people wrote for single targets was about the words before. */
export const putDraft = ({ instructions }: Words, draft: Draft): Words => ({ draft, instructions });

/** What a person may change of a draft. */
export type DraftChanges = Pick<Edit, 'title' | 'body' | 'caption' | 'hashtags' | 'altText'>;

/** A person's own words, where there is a draft to put them into. */
export const editDraft = (words: Words, changes: DraftChanges): Words =>
  words.draft === null ? words : { ...words, draft: { ...words.draft, ...changes } };

/** Puts a person's text in place of the fitted one; null gives that back. */
export function putOwnText({ own = {}, ...words }: Words, target: string, text: OwnText | null): Words {
  const others = Object.entries(own).filter(([name]) => name !== target);
  return { ...words, own: Object.fromEntries(text === null ? others : [...others, [target, text]]) };
}

export const askForWords = (words: Words, instructions: string | null): Words => ({ ...words, instructions });
