/** Figure 20: what a conversation of 500 turns leaves in its history. */
import { chatWorkflowId } from '../../contract/ids.js';
import { listRuns } from '../../test/lean/actions.js';
import { readChatSet } from '../../test/chat-questions/chat-set.js';
import { spread, type Figure } from '../lab/print.js';
import { openChatStage } from './stage.js';

export async function long({ turns }: { turns: number }): Promise<Figure[]> {
  const questions = readChatSet().questions.filter(({ posts }) => posts.length > 0);
  const stage = await openChatStage();
  try {
    const { account, copydesk } = stage;
    const times: number[] = [];
    let chatId: string | undefined;
    for (let turn = 0; turn < turns; turn += 1) {
      const { question } = questions[turn % questions.length]!;
      const began = performance.now();
      const reply = await copydesk.chats.ask({ account, question, visitor: 'bench', chatId });
      times.push(performance.now() - began);
      if (reply.turn !== turn + 1) throw new Error(`turn ${reply.turn} after ${turn} turns`);
      chatId = reply.chatId;
    }
    const runs = await listRuns(stage.client, chatWorkflowId(chatId!));
    const longest = runs.toSorted((a, b) => b.events - a.events)[0]!;
    const kept = (await (await stage.afterwards()).chats.findChat(chatId!))?.turns ?? 0;
    return [
      {
        figure: '20',
        what: `a conversation of ${turns} turns: its longest run`,
        measured: `${longest.events} events, ${(longest.bytes / 1024 ** 2).toFixed(2)} MB, in ${runs.length} runs; ${kept} turns kept`,
        reach: '< 4,000 events',
      },
      {
        figure: '20b',
        what: 'a turn of it with a provider that answers at once, ms',
        measured: spread(times),
      },
    ];
  } finally {
    await stage.close();
  }
}
