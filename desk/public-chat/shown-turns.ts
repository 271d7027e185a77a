import { ID_PATTERN } from '../../contract/ids.js';
import type { Turn } from '../../contract/chat.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import type { DeskDeps } from '../deps.js';

/** The most of a conversation that a page shows: the last ones. */
export const MOST_TURNS = 50;

/** A turn with the posts that it cites, as far as they are public now. */
export interface ShownTurn {
  readonly turn: Omit<Turn, 'visitor' | 'citations' | 'offered'>;
  /** The newest first, so that they stand alike when they are told and when they are read again. */
  readonly posts: readonly PublishedPost[];
  /** Those that it offers instead of an answer, the nearest first. */
  readonly offered: readonly PublishedPost[];
}

type Sources = Pick<DeskDeps, 'archive'>;

/** What one visitor and an account said, the first first; null where the archive has no such conversation. */
export async function visitorsTurns(
  deps: Sources,
  { chatId, handle, visitor }: { chatId: string; handle: string; visitor: string },
): Promise<ShownTurn[] | null> {
  const chat = await deps.archive.chats.findChat(chatId);
  if (chat?.account !== handle) return null;
  const turns = await deps.archive.chats.listTurns(chatId);
  const own = turns.filter((turn) => turn.visitor === visitor).slice(-MOST_TURNS);
  return Promise.all(own.map((turn) => withPosts(deps, turn, turn)));
}

/** One turn of a conversation with an account; null where there is none. */
export async function oneTurn(
  deps: Sources,
  { chatId, handle, turn }: { chatId: string; handle: string; turn: number },
): Promise<ShownTurn | null> {
  const chat = ID_PATTERN.test(chatId) ? await deps.archive.chats.findChat(chatId) : null;
  if (chat?.account !== handle) return null;
  const found = await deps.archive.chats.findTurn(chatId, turn);
  return found ? withPosts(deps, found, found) : null;
}

/** A turn with its posts, of which some may have been taken down since. */
export async function withPosts(
  { archive }: Sources,
  turn: ShownTurn['turn'],
  { citations, offered = [] }: Pick<Turn, 'citations' | 'offered'>,
): Promise<ShownTurn> {
  const read = async (named: Turn['citations']): Promise<PublishedPost[]> => {
    const ids = [...new Set(named.map(({ postId }) => postId))];
    const posts = await Promise.all(ids.map((id) => archive.records.findPublishedPost(id)));
    return posts.filter((post) => post !== null);
  };
  const [posts, suggested] = await Promise.all([read(citations), read(offered)]);
  const newestFirst = posts.toSorted((one, other) => (one.publication.at < other.publication.at ? 1 : -1));
  return { turn, posts: newestFirst, offered: suggested };
}
