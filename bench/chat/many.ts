/** Figure 21: a search among as many posts as an account has after years, in the embedded archive, by words. */
import { newId } from '../../contract/ids.js';
import { loadAccount } from '../../config/accounts/load.js';
import {
  publishSet,
  readChatSet,
  SET_ACCOUNT,
  SET_ACCOUNTS,
  type ChatSet,
} from '../../test/chat-questions/chat-set.js';
import { median, percentile, type Figure } from '../lab/print.js';
import { offeredFor, withArchive } from './stage.js';

export const many = ({ posts }: { posts: number }): Promise<Figure[]> =>
  withArchive(async (archive) => {
    const set = readChatSet();
    await publishSet(archive, await loadAccount(SET_ACCOUNTS, SET_ACCOUNT), manyOf(set, posts));
    const timed = async (question: string): Promise<number> => {
      const began = performance.now();
      await offeredFor(archive, question);
      return performance.now() - began;
    };
    const first = await timed(set.questions[0]!.question);
    const times: number[] = [];
    for (const { question } of set.questions) times.push(await timed(question));
    return [
      {
        figure: '21',
        what: `a search by words among ${posts} posts of one account, ms, median / p95; the first, which reads them all`,
        measured: `${median(times).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)}; ${first.toFixed(0)}`,
      },
    ];
  });

/** The posts of the set under other ids and numbers, each with the body of another one. */
function manyOf({ posts }: ChatSet, count: number): Pick<ChatSet, 'posts' | 'hidden'> {
  let drawn = 1;
  const draw = (max: number): number => (drawn = (drawn * 48_271) % 2_147_483_647) % max;
  const made = Array.from({ length: count }, (_, at) => {
    const [said, other] = [posts[at % posts.length]!, posts[draw(posts.length)]!];
    return { ...said, id: newId(draw), title: `${said.title}, ${at}`, body: other.body ?? said.body };
  });
  return { posts: made, hidden: [] };
}
