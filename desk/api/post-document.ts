import { sampleWords, type Made } from '../../contract/sample-words.js';
import type { CitingTurn } from '../../services/archive/records/records.js';
import type { PostView } from '../reading/reader.js';
import { turnPath } from '../shared/addresses.js';

/** As much of a view as a document is made of; only a public post's has the rest. */
type Shown = Pick<PostView, 'status' | 'turns'> &
  (
    | { readonly wholeRecord: true }
    | (Pick<PostView, 'models' | 'publishedAt'> & { readonly wholeRecord: boolean })
  );

/**
 * A post as the API answers it: the whole record with the chats that cited it, or what is public of it.
 *
 * @param url of the desk
 */
export function describePost(view: Shown, url: string): object {
  const { status, turns } = view;
  if (view.wholeRecord)
    return { ...status, chatReferences: turns.map(referenceOn(status.account, url)), ...noticeOf(status) };
  return { ...excerpt(view as Extract<Shown, { models: unknown }>), ...noticeOf(status) };
}

/** What a visitor may know of a post whose record stays at the desk. */
function excerpt({ status, models, publishedAt }: Pick<PostView, 'status' | 'models' | 'publishedAt'>) {
  const { id, account, contentFormat, title, body, caption, hashtags, altText, publications, offline } =
    status;
  const post = { id, account, contentFormat, status: 'published', title, body, caption, hashtags, altText };
  return { ...post, publications, publishedAt, models, offline };
}

const referenceOn =
  (account: string, url: string) =>
  ({ chatId, turn, question, at }: CitingTurn) => ({
    ...{ chatId, question, at },
    url: `${url}${turnPath(account, chatId, turn)}`,
  });

/** `{ notice: 'offline sample' }`, or which parts are. */
export function noticeOf(made: Made): { notice?: string } {
  const notice = sampleWords(made);
  return notice === null ? {} : { notice };
}
