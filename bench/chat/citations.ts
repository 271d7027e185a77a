/** Figure 18: whether what the answers cite was offered and is public, over the whole set, asked of the worker. */
import type { TurnOutcome } from '../../contract/chat.js';
import { readChatSet } from '../../test/chat-questions/chat-set.js';
import type { Figure } from '../lab/print.js';
import { offeredFor, openChatStage } from './stage.js';

export async function countCitations(): Promise<Figure[]> {
  const { posts, questions } = readChatSet();
  const published = new Set(posts.map(({ id }) => id));
  const stage = await openChatStage();
  try {
    const { account, copydesk } = stage;
    const replies = [];
    for (const { question, posts: wanted } of questions) {
      const reply = await copydesk.chats.ask({ account, question, visitor: 'bench' });
      replies.push({ ...reply, question, wanted });
    }
    const archive = await stage.afterwards();
    let [cited, valid] = [0, 0];
    const outcomes: Partial<Record<TurnOutcome, number>> = {};
    for (const reply of replies) {
      outcomes[reply.outcome] = (outcomes[reply.outcome] ?? 0) + 1;
      const offered = await offeredFor(archive, reply.question);
      for (const { postId } of reply.citations) {
        cited += 1;
        if (published.has(postId) && offered.includes(postId)) valid += 1;
      }
    }
    const uncited = replies.filter(
      ({ outcome, citations: all }) => outcome === 'answered' && all.length === 0,
    );
    const right = replies.filter(({ wanted, citations: all }) =>
      all.some(({ postId }) => wanted.includes(postId)),
    );
    const came = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    return [
      {
        figure: '18',
        what: `citations of posts that were offered and are public, ${questions.length} questions to the stand-in`,
        measured: `${valid} of ${cited}; ${came.join(', ')}; ${uncited.length} answers without a citation; ${right.length} cite the post that answers`,
        reach: 'all',
      },
    ];
  } finally {
    await stage.close();
  }
}
