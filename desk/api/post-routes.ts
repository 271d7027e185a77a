import type { Serve } from './serve.js';
import type { DeskDeps } from '../deps.js';
import type { PostView, Reader } from '../reading/reader.js';
import { postEndpoints } from '../../contract/api/posts.js';
import { startCopy } from '../../client/duplicate.js';
import { ApiRefusal, requireAccount, requireAccountFile } from './refusal.js';
import { isHandle, turnPath } from '../kit/addresses.js';
import { shareLink } from '../share/link.js';
import { pastTimeProblem } from '../../contract/time.js';
import { FEED } from '../../contract/targets/target.js';
import { readersTargets } from '../post/piece.js';
import { type Made, sampleWords } from '../../contract/sample-words.js';

/** `/api/posts`: the list, a post, and what a person does to it. */
export function servePosts(serve: Serve, deps: DeskDeps, reader: Reader): void {
  const { archive, posts, settings, now } = deps;

  serve(postEndpoints.read, async ({ id, person }) => {
    const view = await reader.postView(id, person !== null);
    if (view) return view.wholeRecord ? wholePost(view, settings.url) : excerpt(view);
    // A post that has no account in the archive yet is known to its workflow alone.
    const young = person ? await reader.post(id) : null;
    if (!young) throw new ApiRefusal(404, `No such post, or none that is public: ${id.slice(0, 60)}`);
    return wholePost({ status: young, turns: [] }, settings.url);
  });

  serve(postEndpoints.list, async ({ query: { waiting, q: words, account, ...query } }) => {
    if (waiting === '1' && (query.status ?? 'awaiting_approval') !== 'awaiting_approval')
      throw new ApiRefusal(400, `waiting='1' and status='${query.status}' exclude each other`, 'waiting');
    const status = waiting === '1' ? 'awaiting_approval' : query.status;
    const isNone = account !== undefined && !isHandle(account);
    const page = isNone
      ? { posts: [], next: null }
      : await archive.records.listPosts({ ...query, status, account, words });
    if (account !== undefined && page.posts.length === 0) await requireAccount(deps, account);
    return page;
  });

  serve(postEndpoints.decide, async ({ id, body, by }) => {
    await requirePost(id);
    if (body.decision === 'approve' || body.decision === 'reschedule') requireFuture(body.publishAt, now());
    return posts.review(id, { ...body, by });
  });

  serve(postEndpoints.share, async ({ id, body }) => shareLink(deps, await requirePost(id), body.expiresIn));

  serve(postEndpoints.duplicate, async ({ id, body }) => {
    const post = await requirePost(id);
    return startCopy(
      deps.batches,
      post,
      await requireAccountFile(deps.accounts, body.account ?? post.account),
    );
  });

  serve(postEndpoints.unpublish, async ({ id, body, by }) => {
    await requirePost(id);
    const { status } = await posts.unpublish(id, { ...body, by });
    return { status };
  });

  /** A post that somebody signed in may know of. */
  async function requirePost(id: string) {
    const post = await reader.post(id);
    if (!post) throw new ApiRefusal(404, `No such post: ${id.slice(0, 60)}`);
    return post;
  }
}

/** @throws ApiRefusal for a time that has passed */
export function requireFuture(publishAt: string | undefined, now: Date): void {
  const problem = pastTimeProblem(publishAt, now);
  if (problem !== null) throw new ApiRefusal(400, problem, 'publishAt');
}

/** A post's record with the chats that cited it. @param url of the desk */
const wholePost = ({ status, turns }: Pick<PostView, 'status' | 'turns'>, url: string): object => ({
  ...status,
  chatReferences: turns.map(({ chatId, turn, question, at }) => {
    return { chatId, question, at, url: `${url}${turnPath(status.account, chatId, turn)}` };
  }),
  ...noticeOf(status),
});

/** What a visitor may know of a post whose record stays at the desk: where programs got it, whose address may be secret, is not it. */
function excerpt({ status: post, account: by, models, publishedAt }: PostView): object {
  const { id, account, contentFormat, title, body, caption, hashtags, altText, offline } = post;
  const words = { id, account, contentFormat, status: 'published', title, body, caption, hashtags, altText };
  const isForReaders = readersTargets(by);
  const publications = post.publications.filter(({ target }) => target === FEED.name || isForReaders(target));
  return { ...words, publications, publishedAt, models, offline, ...noticeOf(post) };
}

/** `{ notice: 'offline sample' }`, or which parts are. */
export function noticeOf(made: Made): { notice?: string } {
  const notice = sampleWords(made);
  return notice === null ? {} : { notice };
}
