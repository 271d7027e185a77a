import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A post of the set. One without a body is a clip. */
export interface SetPost {
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
export interface HiddenPost extends SetPost {
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
}

const folder = new URL('.', import.meta.url);

/** The account of the set lies in this folder, as `COPYDESK_ACCOUNTS` takes it. */
export const SET_ACCOUNTS = fileURLToPath(new URL('accounts', folder));
export const SET_ACCOUNT = 'standtwo';

export const readChatSet = (): ChatSet => ({
  posts: readdirSync(new URL('posts', folder)).toSorted().flatMap(postsOf),
  hidden: read<HiddenPost[]>('unpublished.yaml').map(whole),
  questions: questionsIn(read('questions.yaml')),
});

/** Each file has the posts of one beat. */
const postsOf = (file: string): SetPost[] =>
  read<SetPost[]>(`posts/${file}`).map((post) => whole({ ...post, planner: file.replace('.yaml', '') }));

/** A body stands in its file with a paragraph a line. */
const whole = <P extends SetPost>(post: P): P => ({
  ...post,
  body: post.body?.trim().replaceAll('\n', '\n\n') ?? null,
});

/** Questions by the ids of posts, and questions alone. */
interface QuestionsFile {
  readonly answered: readonly Record<string, string>[];
  readonly far: readonly string[];
  readonly tempting: readonly string[];
  readonly hidden: readonly Record<string, string>[];
}

function questionsIn({ answered, far, tempting, hidden }: QuestionsFile): SetQuestion[] {
  const none = { posts: [], nothing: 'tempting', unpublished: null } as const;
  const byIds = (list: readonly Record<string, string>[]) => list.flatMap((one) => Object.entries(one));
  return [
    ...byIds(answered).map(([ids, question]) => ({
      ...none,
      question,
      posts: ids.split(' '),
      nothing: null,
    })),
    ...far.map((question) => ({ ...none, question, nothing: 'far' as const })),
    ...tempting.map((question) => ({ ...none, question })),
    ...byIds(hidden).map(([unpublished, question]) => ({ ...none, question, unpublished })),
  ];
}

const read = <T>(file: string): T => parse(readFileSync(new URL(file, folder), 'utf8')) as T;
