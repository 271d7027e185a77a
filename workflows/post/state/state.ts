import type { PostInput } from '../../../contract/batch.js';
import type { Revision } from '../../../contract/revision.js';
import { NO_CLAIM, type Claim } from './claim.js';
import { NO_DECISIONS, type Decisions } from './decisions.js';
import { NOTHING_OUT, type Out } from './out.js';
import { copyWork, newWork, type Work } from './work.js';
import { NO_WORDS, putDraft, type Words } from './words.js';
import { spendFor, type Spend } from '../../../contract/money/spend.js';
import { chargesIn, type MadeStep } from './rows.js';
import { listDestinations } from '../../../contract/targets/destinations.js';

/**
 * Everything a post knows, in five values: what is written, what is made, what is decided, what is out, and which slot it has.
 * Each is changed by the functions of its own file only. Plain JSON, since a post carries it over when it continues as new.
 */
export interface Post {
  readonly input: PostInput;
  readonly createdAt: string;
  readonly words: Words;
  readonly work: Work;
  readonly decisions: Decisions;
  readonly out: Out;
  /** What the archive has of the post's slot. */
  readonly claim: Claim;
  /** How many records have been written; the archive takes only a newer one. */
  readonly recorded: number;
  /** Revisions that people made by edits and that no record carries yet. */
  readonly unrecorded: readonly Revision[];
}

/** The names of the account's targets, in its order. */
export const targetNames = ({ account }: PostInput): string[] => account.targets.map(({ name }) => name);

/** Whether a stand-in made some of it. */
export const isSample = ({ input, work }: Pick<Post, 'input' | 'work'>): boolean =>
  input.offline || chargesIn(work.rows).some((charge) => charge.offline);

/** The names of the targets that the post does not go to: a sample stays in the house, unless its account says otherwise. */
export const targetsOutside = (post: Pick<Post, 'input' | 'work'>): string[] => {
  const { account } = post.input;
  const destinations = listDestinations(account, isSample(post));
  return account.targets.filter((target) => !destinations.includes(target)).map(({ name }) => name);
};

/** A post at its start: planned, and nothing else. */
export const newPost = (input: PostInput, now: string): Post => ({
  input,
  createdAt: now,
  words: input.copied ? putDraft(NO_WORDS, input.copied.draft) : NO_WORDS,
  work: copyWork(newWork(input.contentFormat, targetNames(input), now), input.copied, now),
  // Nobody has seen a copy at its account, also where that asks nobody.
  decisions: input.copied ? { ...NO_DECISIONS, asksAgain: true } : NO_DECISIONS,
  out: NOTHING_OUT,
  claim: NO_CLAIM,
  recorded: 0,
  unrecorded: [],
});

/** What a run of a post hands to the next one. Its input goes beside it. */
export type CarriedPost = Omit<Post, 'input'>;

/** Whose money a step of a post spends, and what its budgets and its person allow. */
export function spendOf(post: Post, step: MadeStep): Spend {
  return spendFor({ ...post.input, postId: post.input.id, confirmed: isConfirmed(post, step) });
}

/** Who has opened the media gate for this revision has said to pay for what comes after it. */
const isConfirmed = ({ work, decisions }: Post, step: MadeStep): boolean =>
  work.confirmed.includes(step) || (step !== 'draft' && decisions.passed.includes('media'));
