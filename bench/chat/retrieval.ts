/** Figure 16: how often the post that answers is among those offered, and which questions are declined by rule. */
import { join } from 'node:path';
import { loadAccount } from '../../config/accounts/load.js';
import { startStandIns } from '../../offline/stand-ins.js';
import type { Archive } from '../../services/archive/archive.js';
import type { PostQuestion } from '../../services/archive/post-search/post-search.js';
import {
  publishSet,
  sharedRareWords,
  readChatSet,
  SET_ACCOUNT,
  SET_ACCOUNTS,
  type SetQuestion,
} from '../../test/chat-questions/chat-set.js';
import type { Figure } from '../lab/print.js';
import { embedderAt, embedPosts, MODEL, OFFERED, offeredFor, withArchive } from './stage.js';

/** By words alone, as without a provider of embeddings. */
export const byWords = (): Promise<Figure[]> =>
  withSet(async (archive) => figuresOf(archive, '16', 'by words', () => null));

/** By words and by embeddings together. The stand-in makes its embeddings from words: this shows that both are ranked as one, not how good they are. */
export const withEmbeddings = (): Promise<Figure[]> =>
  withSet(async (archive, folder) => {
    const standIns = await startStandIns({ folder: join(folder, 'stand-ins'), media: 'plain' });
    try {
      standIns.control.set({ openai: { latencyMs: 0 } });
      const embed = embedderAt(standIns.openAiBaseUrl);
      await embedPosts(archive, embed);
      const { questions } = readChatSet();
      const vectors = await embed(questions.map(({ question }) => question));
      const embeddings = new Map(questions.map(({ question }, at) => [question, vectors[at]!]));
      return await figuresOf(archive, '17', "by words and the stand-in's embeddings", (question) => ({
        model: MODEL,
        vector: embeddings.get(question)!,
      }));
    } finally {
      await standIns.close();
    }
  });

const withSet = (measure: (archive: Archive, folder: string) => Promise<Figure[]>): Promise<Figure[]> =>
  withArchive(async (archive, folder) => {
    await publishSet(archive, await loadAccount(SET_ACCOUNTS, SET_ACCOUNT), readChatSet());
    return measure(archive, folder);
  });

interface Asked extends SetQuestion {
  readonly offered: readonly string[];
}

async function figuresOf(
  archive: Archive,
  figure: string,
  how: string,
  embedding: (question: string) => PostQuestion['embedding'],
): Promise<Figure[]> {
  const { posts, questions } = readChatSet();
  const asked: Asked[] = [];
  for (const question of questions) {
    const offered = await offeredFor(archive, question.question, embedding(question.question));
    asked.push({ ...question, offered });
  }
  const titles = new Map(posts.map(({ id, title }) => [id, title]));
  const sharesTitle = ({ question, posts: ids }: SetQuestion): boolean =>
    ids.some((id) => sharedRareWords(question, titles.get(id) ?? '').length > 0);
  const answerable = asked.filter((one) => one.posts.length > 0);
  const [sharing, others] = [answerable.filter(sharesTitle), answerable.filter((one) => !sharesTitle(one))];
  const nothing = (kind: SetQuestion['nothing']): string =>
    shareOf(
      asked.filter((one) => one.nothing === kind),
      ({ offered }) => offered.length === 0,
    );
  const unanswerable = asked.filter((one) => one.posts.length === 0);
  for (const { question, posts: wanted } of answerable.filter((one) => !isFound(one)))
    console.error(`  missed ${how}: "${question}" (${wanted.join(', ')})`);
  return [
    {
      figure,
      what: `the post that answers among ${OFFERED} offered, ${how}`,
      measured: `${shareOf(answerable, isFound)}: ${shareOf(sharing, isFound)} that share a rare word with its title, ${shareOf(others, isFound)} that share none`,
      reach: '≥ 0.9',
    },
    {
      figure: `${figure}b`,
      what: 'the same as the first one offered',
      measured: shareOf(answerable, ({ posts: wanted, offered }) => wanted.includes(offered[0] ?? '')),
    },
    {
      figure: `${figure}c`,
      what: `unanswerable and declined by rule, ${how}`,
      measured: `${shareOf(unanswerable, ({ offered }) => offered.length === 0)}: ${nothing('far')} far from everything, ${nothing('tempting')} of the same trade`,
    },
  ];
}

const isFound = ({ posts, offered }: Asked): boolean => posts.some((id) => offered.includes(id));

/** `0.93 (56 of 60)`. */
function shareOf<T>(all: readonly T[], isCounted: (one: T) => boolean): string {
  const counted = all.filter(isCounted).length;
  return `${(counted / all.length).toFixed(2)} (${counted} of ${all.length})`;
}
