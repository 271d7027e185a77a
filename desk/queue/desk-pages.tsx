import type { Context } from 'hono';
import type { FormReader } from '../kit/form.js';
import type { RoomEnv } from '../kit/desk-room.js';
import type { DeskDeps } from '../deps.js';
import type { PostCounts } from '../../contract/lists.js';
import type { PostView, Reader } from '../reading/reader.js';
import type { Notices, Notice } from '../kit/said.js';
import {
  isQueue,
  neighbours,
  queueAfter,
  queuePage,
  type QueuePage,
  type QueueQuery,
  queueSearch,
} from './queue.js';
import { type PostListProps, Rows } from './post-list.js';
import { readerZone } from '../http/reader-zone.js';
import { printable } from '../http/printable.js';
import { barCounts, barCountsOf } from '../kit/frame.js';
import { newsWords, PostChanged } from '../post/changed.js';
import type { PostReaderProps } from '../post/post-reader.js';
import { NOTHING_FOLLOWS, readWhatFollows } from '../post/what-follows.js';
import { parameter } from '../http/bad-request.js';
import { DeskPage } from './desk-page.js';

const ROWS = 50;

/** What a page says beside the post that it shows. */
export interface SaidBeside {
  /** Why a decision was not taken. */
  readonly problem: string;
  /** What the form had sent, so that nobody types it again. */
  readonly typed: FormReader;
  /** The revision that the form was made for. */
  readonly seen: number | null;
  readonly status: 400 | 409;
}

type Ctx = Context<RoomEnv>;
export type DeskPages = ReturnType<typeof createDeskPages>;

/** The pages of the review desk, as answers. */
export function createDeskPages(deps: DeskDeps, reader: Reader, notices: Notices) {
  const { archive, accounts, settings, now } = deps;
  const { records } = archive;

  /** The zones of the accounts in a list, each looked up once. */
  async function zonesOf({ posts }: QueuePage): Promise<(handle: string) => string> {
    const handles = [...new Set(posts.map(({ account }) => account))];
    const zones = await Promise.all(
      handles.map(async (handle) => {
        const kept = (await accounts.account(handle)) ?? (await records.findAccount(handle));
        return [handle, kept?.timeZone ?? 'UTC'] as const;
      }),
    );
    const known = new Map(zones);
    return (handle) => known.get(handle) ?? 'UTC';
  }

  async function listOf(c: Ctx, query: QueueQuery, notice: Notice | null) {
    const counts = await records.countPosts();
    const all = await queuePage(records, query, { counts, size: ROWS });
    const page = isQueue(query)
      ? { ...all, posts: all.posts.filter(({ id }) => !notice?.decided.includes(id)) }
      : all;
    const decides = c.get('person').role === 'editor';
    const zone = readerZone(c);
    const zoneOf = zone === null ? await zonesOf(page) : () => zone;
    const list: PostListProps = { page: printable(page), query, shown: null, now: now(), decides, zoneOf };
    return { list, posts: counts, counts: await barCountsOf(counts, c.get('attention')) };
  }

  /** What comes after a post that stands outside the list's page, or is its last; null where nothing does. */
  async function findAfter(
    post: Pick<PostView['status'], 'id' | 'account'>,
    { query, page }: PostListProps,
    counts: PostCounts,
  ): Promise<string | null> {
    const at = page.posts.findIndex(({ id }) => id === post.id);
    const isLast = at === page.posts.length - 1 && page.next !== null;
    if (at >= 0 && !isLast) return null;
    const { posts } = await queuePage(records, queueAfter(query, post), { counts, size: 1 });
    return posts[0]?.id ?? null;
  }

  async function readPost(
    c: Ctx,
    id: string,
    { list, posts: counts }: Pick<Awaited<ReturnType<typeof listOf>>, 'list' | 'posts'>,
    said?: SaidBeside,
  ): Promise<PostReaderProps | null> {
    const view = await reader.postView(id, true);
    if (!view) return null;
    return {
      view: printable(view),
      stored: view.status,
      search: queueSearch(list.query),
      revisions: printable(await records.listRevisions(id)),
      neighbours: neighbours(list.page.posts, id, await findAfter(view.status, list, counts)),
      decides: list.decides,
      editing: parameter(c, 'edit') === '1' || said?.typed('decision') === 'edit',
      since: said ? said.seen : Number(parameter(c, 'since')) || null,
      clocks: { reader: readerZone(c), own: view.account.timeZone },
      follows: list.decides ? await readWhatFollows(deps, reader, view) : NOTHING_FOLLOWS,
      handles: await deps.accounts.handles(),
      takesPictures: deps.storeUpload !== undefined,
      problem: said?.problem ?? null,
      typed: said?.typed ?? null,
      temporalUi: settings.temporalUi ?? null,
      now: list.now,
    };
  }

  /** @param id of the post that the address names; the list's first one is shown where it names none */
  async function page(c: Ctx, query: QueueQuery, id: string | null, said?: SaidBeside) {
    const notice = notices.find(parameter(c, 'notice'));
    const { list, posts, counts } = await listOf(c, query, notice);
    const shown = id ?? list.page.posts[0]?.id;
    const post = shown === undefined ? null : await readPost(c, shown, { list, posts }, said);
    if (id !== null && !post) return c.notFound();
    // The address of a form that was sent is no page to come back to.
    if (said) c.header('HX-Push-Url', 'false');
    return c.html(
      <DeskPage
        person={c.get('person')}
        counts={counts}
        list={{ ...list, shown: post && shown! }}
        post={post}
        isOfPost={id !== null}
        notice={notice}
      />,
      said?.status ?? 200,
    );
  }

  return {
    barCounts: (c: Ctx) => barCounts(records, c.get('attention')),
    /** The list with its first post. */
    desk: (c: Ctx, query: QueueQuery) => page(c, query, null),
    /** One post, with the list that it stands in; 404 for one that there is not. */
    post: (c: Ctx, id: string, query: QueueQuery, said?: SaidBeside) => page(c, query, id, said),
    /** What has become of a post since its page was made. */
    async changed(c: Ctx, id: string, query: QueueQuery) {
      const post = await reader.post(id);
      if (!post) return c.notFound();
      const seen = Number(parameter(c, 'seen')) || 0;
      const words = printable(newsWords(post, seen));
      return c.html(<PostChanged id={post.id} search={queueSearch(query)} seen={seen} words={words} />);
    },
    /** The rows of the list alone. */
    async rows(c: Ctx, query: QueueQuery) {
      const { list } = await listOf(c, query, null);
      return c.html(<Rows {...list} shown={parameter(c, 'shown') ?? null} />);
    },
  };
}
