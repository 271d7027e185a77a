import type { Context } from 'hono';
import type { FormReader } from '../post/decision-form.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { type BarCounts, barCountsOf } from '../kit/frame.js';
import { isQueue, neighbours, queuePage, type QueuePage, type QueueQuery, queueSearch } from './queue.js';
import type { DeskDeps } from '../deps.js';
import type { PostView, Reader } from '../reading/reader.js';
import type { Notice, Notices } from '../kit/said.js';
import { type PostListProps, Rows } from './post-list.js';
import { printable } from '../http/printable.js';
import { freeSlots } from '../reading/slots.js';
import type { PostReaderProps } from '../post/post-reader.js';
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

/** The pages of the review desk, as answers. */
export interface DeskPages {
  barCounts(): Promise<BarCounts>;
  /** The list with its first post. */
  desk(c: Ctx, query: QueueQuery): Promise<Response>;
  /** One post, with the list that it stands in; 404 for one that there is not. */
  post(c: Ctx, id: string, query: QueueQuery, said?: SaidBeside): Promise<Response>;
  /** The rows of the list alone. */
  rows(c: Ctx, query: QueueQuery): Promise<Response>;
}

export function createDeskPages(deps: DeskDeps, reader: Reader, notices: Notices): DeskPages {
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
    const props: PostListProps = {
      ...{ page: printable(page), query, shown: null, now: now() },
      ...{ decides: c.get('person').role === 'editor', zoneOf: await zonesOf(page) },
    };
    return { props, counts: barCountsOf(counts) };
  }

  /** The slots of the account as its batch keeps it: those count for its posts. */
  async function nextSlotOf({ hasSlots, status: { id, status } }: PostView): Promise<string | null> {
    if (!hasSlots || (status !== 'awaiting_approval' && status !== 'scheduled')) return null;
    const account = await records.findAccountOfPost(id);
    return account ? ((await freeSlots(deps, account, 1))[0] ?? null) : null;
  }

  async function readerOf(
    c: Ctx,
    id: string,
    list: PostListProps,
    said?: SaidBeside,
  ): Promise<PostReaderProps | null> {
    const view = await reader.postView(id, true);
    if (!view) return null;
    const wanted = parameter(c, 'edit') === '1' || said?.typed('decision') === 'edit';
    const since = said ? said.seen : Number(parameter(c, 'since')) || null;
    return {
      ...{ view: printable(view), stored: view.status, search: queueSearch(list.query) },
      revisions: printable(await records.listRevisions(id)),
      neighbours: neighbours(list.page.posts, id),
      ...{ decides: list.decides, editing: wanted, since },
      nextSlot: list.decides ? await nextSlotOf(view) : null,
      takesPictures: deps.storeUpload !== undefined,
      ...{ problem: said?.problem ?? null, typed: said?.typed ?? null },
      ...{ temporalUi: settings.temporalUi ?? null, heading: 'h1' as const, now: list.now },
    };
  }

  return {
    barCounts: async () => barCountsOf(await records.countPosts()),

    async desk(c, query) {
      const notice = notices.find(parameter(c, 'notice'));
      const { props, counts } = await listOf(c, query, notice);
      const first = props.page.posts[0]?.id ?? null;
      const post = first === null ? null : await readerOf(c, first, props);
      return c.html(
        <DeskPage
          person={c.get('person')}
          counts={counts}
          list={{ ...props, shown: post && first }}
          post={post && { ...post, heading: 'h2' }}
          isOfPost={false}
          notice={notice}
        />,
      );
    },

    async post(c, id, query, said) {
      const notice = notices.find(parameter(c, 'notice'));
      const { props, counts } = await listOf(c, query, notice);
      const post = await readerOf(c, id, props, said);
      if (!post) return c.notFound();
      // The address of a form that was sent is no page to come back to.
      if (said) c.header('HX-Push-Url', 'false');
      return c.html(
        <DeskPage
          person={c.get('person')}
          counts={counts}
          list={{ ...props, shown: id }}
          post={post}
          isOfPost
          notice={notice}
        />,
        said?.status ?? 200,
      );
    },

    async rows(c, query) {
      const { props } = await listOf(c, query, null);
      return c.html(<Rows {...props} shown={parameter(c, 'shown') ?? null} />);
    },
  };
}
