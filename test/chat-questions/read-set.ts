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

/** Each file of `posts/` has the posts of one beat. */
export const readChatSet = (): ChatSet => ({
  posts: readdirSync(new URL('posts', folder))
    .toSorted()
    .flatMap((file) => postsIn(`posts/${file}`, file.replace('.txt', ''))),
  hidden: postsIn('unpublished.txt') as HiddenPost[],
  questions: questionsIn(parse(textOf('questions.yaml'))),
});

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
