import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Account } from '../../contract/account.js';
import type { Archive } from '../../services/archive/archive.js';
import type { PostRecord } from '../../services/archive/records/records.js';
import { batchRecord, recordedEdition, postRecord } from '../../services/archive/sample-records.js';

/** A post of the set. One without a body is a clip. */
interface SetPost {
  readonly id: string;
  readonly title: string;
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly altText: string;
  /** The beat that it belongs to. */
  readonly planner: string;
}

/** A post that nobody may be answered from: it waits for approval, or was public and is no more. */
interface HiddenPost extends SetPost {
  readonly state: 'waiting' | 'unpublished';
}

export interface SetQuestion {
  readonly question: string;
  /** The posts that answer it, each on its own; none where nothing does. */
  readonly posts: readonly string[];
  /** Of one without posts: far away from everything, or of the same trade. */
  readonly nothing: 'far' | 'tempting' | null;
  /** The hidden post that would answer it. */
  readonly unpublished: string | null;
}

export interface ChatSet {
  readonly posts: readonly SetPost[];
  readonly hidden: readonly HiddenPost[];
  readonly questions: readonly SetQuestion[];
  /** What is said to whoever answers, with the intent that it has. */
  readonly host: readonly (readonly [intent: string, question: string])[];
  readonly followUps: readonly string[];
  /** Questions to the posts that begin or sound like the other two. */
  readonly neither: readonly string[];
}

const folder = new URL('.', import.meta.url);

/** The account of the set lies in this folder, as `COPYDESK_ACCOUNTS` takes it. */
export const SET_ACCOUNTS = fileURLToPath(new URL('accounts', folder));
export const SET_ACCOUNT = 'standtwo';

/** Each file of `posts/` has the posts of one beat. */
export function readChatSet(): ChatSet {
  const file = parse(textOf('questions.yaml')) as QuestionsFile;
  return {
    posts: readdirSync(new URL('posts', folder))
      .toSorted()
      .flatMap((name) => postsIn(`posts/${name}`, name.replace('.txt', ''))),
    hidden: postsIn('unpublished.txt') as HiddenPost[],
    questions: questionsIn(file),
    host: entriesOf(file.host),
    followUps: file.follow_ups,
    neither: file.neither,
  };
}

const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8').trim();

/** A post is a line of "id | title | hashtags | alt text | state | beat", its caption, and its body with a paragraph a line. */
const postsIn = (file: string, beat?: string): SetPost[] =>
  textOf(file)
    .split('\n\n')
    .map((block) => {
      const [head = '', caption = '', ...paragraphs] = block.split('\n');
      const [id = '', title = '', hashtags = '', altText = '', state, planner = beat ?? ''] =
        head.split(' | ');
      const body = paragraphs.length > 0 ? paragraphs.join('\n\n') : null;
      return {
        id,
        title,
        body,
        caption,
        hashtags: hashtags.split(' '),
        altText,
        planner,
        ...(state && { state }),
      };
    });

/** Questions by the ids of posts, and questions alone. */
interface QuestionsFile {
  readonly answered: readonly Record<string, string>[];
  readonly far: readonly string[];
  readonly tempting: readonly string[];
  readonly hidden: readonly Record<string, string>[];
  readonly host: readonly Record<string, string>[];
  readonly follow_ups: readonly string[];
  readonly neither: readonly string[];
}

const entriesOf = (list: readonly Record<string, string>[]): [string, string][] =>
  list.flatMap(Object.entries<string>);

function questionsIn({ answered, far, tempting, hidden }: QuestionsFile): SetQuestion[] {
  const none = { posts: [], nothing: 'tempting', unpublished: null } as const;
  return [
    ...entriesOf(answered).map(([ids, question]) => ({
      ...none,
      question,
      posts: ids.split(' '),
      nothing: null,
    })),
    ...far.map((question) => ({ ...none, question, nothing: 'far' as const })),
    ...tempting.map((question) => ({ ...none, question })),
    ...entriesOf(hidden).map(([unpublished, question]) => ({ ...none, question, unpublished })),
  ];
}

const FIRST = Date.parse('2026-08-01T07:00:00.000Z');
const DAY_MS = 24 * 3_600_000;
const BATCH = 'StandTwoSet1';

/** Puts the set into an archive as its workflows would: one post a day, and those that are hidden as they came to be so. */
export async function publishSet(
  archive: Archive,
  account: Account,
  { posts, hidden }: Pick<ChatSet, 'posts' | 'hidden'>,
): Promise<void> {
  const batch = batchRecord(BATCH, account.handle);
  await archive.records.saveBatch({ ...batch, account });
  const record = (post: SetPost, at: string, change: Partial<PostRecord['status']>): PostRecord => {
    const { id, title, body, caption, hashtags, altText, planner } = post;
    const contentFormat = body === null ? 'video' : 'hero_text';
    const words = { title, body, caption, hashtags, altText };
    return postRecord(id, batch, { planner, contentFormat, ...words, createdAt: at, ...change });
  };
  const publish = async (post: SetPost, at: string): Promise<void> => {
    const published = record(post, at, { status: 'published', publishedAt: at });
    await archive.records.savePost(published);
    const url = `http://127.0.0.1:4400/@${account.handle}/posts/${post.id}`;
    await archive.records.savePublication(recordedEdition(published), { target: 'feed', url, at });
  };
  const hide = async (post: HiddenPost, at: string): Promise<void> => {
    if (post.state === 'waiting') {
      await archive.records.savePost(record(post, at, { status: 'awaiting_approval', gate: 'publish' }));
      return;
    }
    await publish(post, at);
    await archive.records.unpublishPost({ postId: post.id, by: 'tess', reason: 'wrong', at });
    await archive.records.saveRemoval(post.id, { target: 'feed', removedAt: at, reason: null });
  };
  const day = (index: number): string => new Date(FIRST + index * DAY_MS).toISOString();
  for (const [index, post] of posts.entries()) await publish(post, day(index));
  for (const [index, post] of hidden.entries()) await hide(post, day(posts.length + index));
}

/** What no title is told by. */
const COMMON = new Set(
  (
    'about after again also been before does doing down even every from have having here into just less like make more most much ' +
    'only other over same should some such than that their them then there these they this those through under until very want ' +
    'were what when where which while with without would your'
  ).split(' '),
);

const wordsOf = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .replaceAll("'", '')
      .match(/\p{L}{4,}/gu) ?? []
  ).filter((word) => !COMMON.has(word));

const BEGINNING = 5;

/** Stricter than a stemmer: "tick" is "ticking", and "brake" is "braking" to nobody. */
const isSame = (a: string, b: string): boolean =>
  a.startsWith(b) ||
  b.startsWith(a) ||
  (a.length >= BEGINNING && b.length >= BEGINNING && a.slice(0, BEGINNING) === b.slice(0, BEGINNING));

/** The rare words of a question that stand in a title too. */
export function sharedRareWords(question: string, title: string): string[] {
  const titleWords = wordsOf(title);
  return wordsOf(question).filter((word) => titleWords.some((other) => isSame(word, other)));
}
