import type { Account, Target } from '../account.js';
import { FEED } from './target.js';

/** Where a post of an account goes: a sample stays in the house, unless the account says otherwise. */
export const listDestinations = (
  { targets, samples }: Pick<Account, 'targets' | 'samples'>,
  isSample: boolean,
): readonly Target[] =>
  isSample && samples !== 'publish' ? targets.filter(({ kind }) => kind === FEED.kind) : targets;
