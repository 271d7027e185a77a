import { ApplicationFailure } from '@temporalio/common';
import type { Account, Planner } from '../contract/account.js';

/** The planner of that name. @throws ApplicationFailure: input is checked where it enters, so its lack is ours to mend */
export function plannerOf(account: Account, name: string): Planner {
  const planner = account.planners[name];
  if (!planner)
    throw ApplicationFailure.nonRetryable(
      `account ${account.handle} has no planner '${name}'`,
      'Input.UnknownPlanner',
    );
  return planner;
}

/** What every prompt says of an account and its house style. */
export function styleValues(account: Account): Record<string, string> {
  const { style } = account;
  return {
    account: account.name,
    handle: account.handle,
    bio: account.bio,
    voice: account.voice,
    look: account.look,
    language: account.language,
    titleMaxCharacters: String(style.titleMaxCharacters),
    bodyMinParagraphs: String(style.bodyMinParagraphs),
    bodyMaxWords: String(style.bodyMaxWords),
    captionMaxCharacters: String(style.captionMaxCharacters),
    hashtagsMin: String(style.hashtagsMin),
    hashtagsMax: String(style.hashtagsMax),
    bannedPhrases:
      style.bannedPhrases.length > 0 ? style.bannedPhrases.map((phrase) => `"${phrase}"`).join(', ') : 'none',
  };
}
