import type { Hono } from 'hono';
import type { z } from 'zod';
import type { DeskDeps } from '../deps.js';
import type { PostView, Reader } from '../reading/reader.js';
import type { Person, Session } from '../http/session.js';
import { serve } from './serve.js';
import { postEndpoints } from '../../contract/api/posts.js';
import { ApiRefusal } from './refusal.js';
import { isHandle, turnPath } from '../kit/addresses.js';
import { deciderOf, requireAccount } from './require.js';
import { shareLink } from '../share/link.js';
import type { decision } from '../../contract/api/decisions.js';
import type { ReviewRequest } from '../../contract/messages.js';
import { parseIsoTime } from '../../contract/time.js';
import type { CitingTurn } from '../../services/archive/records/records.js';
import { type Made, sampleWords } from '../../contract/sample-words.js';

/** `/api/posts`: the list, a post, and what a person does to it. */
export function postRoutes(api: Hono, deps: DeskDeps, reader: Reader, session: Session): void {
  const { archive, posts, settings, now } = deps;

  serve(api, session, postEndpoints.read, async ({ id, person }) => {
    const view = await reader.postView(id, person !== null);
    if (view) return describePost(view, settings.url);
    // A post that has no account in the archive yet is known to its workflow alone.
    const young = person ? await reader.post(id) : null;
    if (!young) throw new ApiRefusal(404, `No such post, or none that is public: ${id.slice(0, 60)}`);
    return describePost({ status: young, turns: [], wholeRecord: true }, settings.url);
  });

  serve(api, session, postEndpoints.list, async ({ query: { waiting, q, account, ...query } }) => {
    if (waiting === '1' && (query.status ?? 'awaiting_approval') !== 'awaiting_approval')
      throw new ApiRefusal(400, `waiting='1' and status='${query.status}' exclude each other`, 'waiting');
    const asked = {
      ...query,
      ...(waiting === '1' && { status: 'awaiting_approval' as const }),
      ...(account !== undefined && { account }),
      ...(q !== undefined && { words: q }),
    };
    const isNone = account !== undefined && !isHandle(account);
    const page = isNone ? { posts: [], next: null } : await archive.records.listPosts(asked);
    if (account !== undefined && page.posts.length === 0) await requireAccount(deps, account);
    return page;
  });

  serve(api, session, postEndpoints.decide, async ({ id, body, person }) => {
    await requirePost(reader, id);
    return posts.review(id, requestOf(body, person, now()));
  });

  serve(api, session, postEndpoints.share, async ({ id, body }) =>
    shareLink(deps, await requirePost(reader, id), body.expiresIn),
  );

  serve(api, session, postEndpoints.unpublish, async ({ id, body, person }) => {
    await requirePost(reader, id);
    const { status } = await posts.unpublish(id, { ...body, by: deciderOf(person, body.by) });
    return { status };
  });
}

/** A post that somebody signed in may know of. @throws Refusal */
async function requirePost(reader: Reader, id: string) {
  const post = await reader.post(id);
  if (!post) throw new ApiRefusal(404, `No such post: ${id.slice(0, 60)}`);
  return post;
}

/** The update that a body stands for. @throws Refusal for a time that has passed */
function requestOf(body: z.output<typeof decision>, person: Person | null, now: Date): ReviewRequest {
  const request = { ...body, by: deciderOf(person, body.by) };
  if (request.decision === 'approve' || request.decision === 'reschedule')
    requireFuture(request.publishAt, now);
  return request;
}

/** @throws Refusal */
export function requireFuture(publishAt: string | undefined, now: Date): void {
  const time = publishAt === undefined ? null : parseIsoTime(publishAt);
  if (time === null || time > now.getTime()) return;
  const message = `publishAt='${publishAt}' is not in the future (it is ${now.toISOString()})`;
  throw new ApiRefusal(400, message, 'publishAt');
}

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
