import { chatWorkflowId } from '../../contract/ids.js';
import { drawId, writePosts, ACCOUNT, ask } from '../chat/talk.js';
import { honest, type TextServer } from '../chat/text-server.js';
import type { Harness } from '../harness.js';
import { writeHistory } from './files.js';

const question = 'Does rye hold more water than wheat?';

export async function recordChats(desk: Harness, text: TextServer): Promise<void> {
  const handle = (id: string) => desk.client.workflow.getHandle(chatWorkflowId(id));
  await writePosts(desk.services.archive, ACCOUNT, [
    { title: 'Why rye keeps', body: 'Rye holds more water than wheat.' },
  ]);

  const quiet = drawId();
  await ask(desk, { id: quiet, question, idleMs: 1_000 });
  await ask(desk, { id: quiet, question: 'Quis custodiet?', visitor: 'b' });
  await handle(quiet).result();
  await writeHistory('chat-ended', handle(quiet));
  await ask(desk, { id: quiet, question, isNew: false });
  await writeHistory('chat-taken-up', handle(quiet));

  const meant = drawId();
  await ask(desk, { id: meant, question, embedding: 'text-embedding-3-small' });
  await writeHistory('chat-by-meaning', handle(meant));

  const declined = drawId();
  text.say(() => ({ answered: true, answer: 'The moon is rye.', citations: ['ZZZZZZZZZZZZ'] }));
  await ask(desk, { id: declined, question, idleMs: 1_000 });
  text.say(honest);
  await handle(declined).result();
  await writeHistory('chat-declined', handle(declined));

  const unknown = drawId();
  await ask(desk, { id: unknown, question, isNew: false }).catch(() => undefined);
  await handle(unknown).result();
  await writeHistory('chat-unknown', handle(unknown));

  const long = drawId();
  const first = desk.client.workflow.getHandle(chatWorkflowId(long), await beginLong(desk, long));
  // A history in which nothing has been done yet can't be replayed.
  await ask(desk, { id: long, question });
  await writeHistory('chat-continued-as-new', first);
  await writeHistory('chat-carried-on', handle(long));
}

/** Asks until the conversation has continued as new, which it does early on this server. Answers the id of its first run. */
async function beginLong(desk: Harness, id: string): Promise<string> {
  for (let turn = 1; turn <= 40; turn += 1) {
    await ask(desk, { id, question });
    const { raw, runId } = await desk.client.workflow.getHandle(chatWorkflowId(id)).describe();
    const firstRunId = raw.workflowExecutionInfo?.firstRunId;
    if (firstRunId && firstRunId !== runId) return firstRunId;
  }
  throw new Error(`chat ${id} did not continue as new`);
}
