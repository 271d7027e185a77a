import type { PastQuestion, PastTurn } from '../contract/chat.js';
import type { Services } from '../services/services.js';

/** What a visitor said before, as far as the model may be reminded of it. */
export interface PastTalk {
  readonly earlier: readonly PastTurn[];
  readonly before: readonly PastBefore[];
}

/** A question of longer ago, with the titles that its answer cited. */
export interface PastBefore {
  readonly question: string;
  readonly titles: readonly string[];
}

interface Remembered {
  readonly earlier: readonly PastTurn[];
  readonly before: readonly PastQuestion[];
}

/** Of what is remembered, what rests on posts that are public now: a post that was taken back is spoken of no more. */
export async function readPublicPast(
  { archive }: Pick<Services, 'archive'>,
  { earlier, before }: Remembered,
): Promise<PastTalk> {
  const ids = [...new Set([...earlier, ...before].flatMap(({ citedIds }) => citedIds))];
  const found = await Promise.all(ids.map((id) => archive.records.findPublishedPost(id).catch(() => null)));
  const titles = new Map(
    ids.flatMap((id, at) => (found[at] ? [[id, found[at].edition.title] as const] : [])),
  );
  return publicPast({ earlier, before }, titles);
}

/** @param titles of the posts that are public, by their ids. */
export function publicPast({ earlier, before }: Remembered, titles: ReadonlyMap<string, string>): PastTalk {
  const isPublic = ({ citedIds }: PastQuestion): boolean => citedIds.every((id) => titles.has(id));
  return {
    earlier: earlier.filter(isPublic),
    before: before
      .filter(isPublic)
      .map(({ question, citedIds }) => ({ question, titles: citedIds.map((id) => titles.get(id) ?? '') })),
  };
}
