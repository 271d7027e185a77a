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
  hidden: read<HiddenPost>('unpublished.yaml').map(trimmed),
  questions: read<Partial<SetQuestion> & Pick<SetQuestion, 'question'>>('questions.yaml').map((question) => ({
    ...{ posts: [], nothing: null, unpublished: null },
    ...question,
  })),
});

/** Each file has the posts of one beat. */
const postsOf = (file: string): SetPost[] =>
  read<Omit<SetPost, 'planner'>>(`posts/${file}`).map((post) =>
    trimmed({ ...post, planner: file.replace('.yaml', '') }),
  );

const trimmed = <P extends SetPost>(post: P): P => ({ ...post, body: post.body?.trim() ?? null });

const read = <T>(file: string): T[] => parse(readFileSync(new URL(file, folder), 'utf8')) as T[];
