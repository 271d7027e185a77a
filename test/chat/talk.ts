import { randomInt } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Environment } from '../../config/settings.js';
import { CHAT_WORKFLOW, sayUpdate, type ChatInput, type Reply, type Say } from '../../contract/chat.js';
import { chatWorkflowId, newId } from '../../contract/ids.js';
import { QUEUES } from '../../contract/task-queues.js';
import type { Archive } from '../../services/archive/archive.js';
import { batchRecord, recordedEdition, postRecord } from '../../services/archive/sample-records.js';
import type { Harness } from '../harness.js';
import type { TextServer } from './text-server.js';

export const ACCOUNT = 'crumbandcrust';

export type AccountsFolder = Awaited<ReturnType<typeof openAccounts>>;

/** A folder with the sample accounts, one of which answers its readers. */
export async function openAccounts() {
  const path = await mkdtemp(join(tmpdir(), 'copydesk-accounts-'));
  await cp('accounts', path, { recursive: true });
  const file = join(path, `${ACCOUNT}.yaml`);
  const sample = (await readFile(file, 'utf8')).replace(/^chat:.*\n(?: .*\n)*/m, '');
  /** Writes what the account says of its chat; null for nothing. */
  const setChat = (chat: string | null): Promise<void> =>
    writeFile(file, chat === null ? sample : `${sample}\nchat: ${chat}\n`);
  await setChat('{ dailyBudget: 5 }');
  return { path, setChat, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A worker whose text provider is a server of a test, at OpenAI's prices. */
export const environmentOf = (text: TextServer, accounts: AccountsFolder): Environment => ({
  ...{ OPENAI_API_KEY: 'sk-test-of-chats', OPENAI_BASE_URL: text.url, OPENAI_API: 'responses' },
  ...{ OPENAI_PRICE: 'table', COPYDESK_ACCOUNTS: accounts.path },
});

export interface Question {
  readonly id: string;
  readonly question: string;
  readonly isNew?: boolean;
  readonly visitor?: string;
  readonly idleMs?: number;
  readonly embedding?: string | null;
}

export function ask({ client }: Pick<Harness, 'client'>, one: Question): Promise<Reply> {
  const { id, question, isNew = true, visitor = 'a', idleMs, embedding = null } = one;
  const say: Say = { question, visitor, models: { chat: 'gpt-6-luna', embedding } };
  const input: ChatInput = { id, account: ACCOUNT, isNew, ...(idleMs !== undefined && { idleMs }) };
  return client.workflow.executeUpdateWithStart(sayUpdate, {
    args: [say],
    startWorkflowOperation: new WithStartWorkflowOperation(CHAT_WORKFLOW, {
      workflowId: chatWorkflowId(id),
      taskQueue: QUEUES.workflows,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [input],
    }),
  });
}

export const failureType = async (asked: Promise<unknown>): Promise<unknown> => {
  const error = await asked.then(
    () => null,
    (reason: unknown) => reason as { cause?: { type?: string } },
  );
  return error?.cause?.type ?? error;
};

export interface Words {
  readonly title: string;
  readonly body: string;
  readonly caption?: string;
  /** Of its plan, which no reader sees. */
  readonly rationale?: string;
}

export const drawId = (): string => newId((max) => randomInt(max));

/** Writes posts of an account into the archive, published to its feed unless told otherwise. @returns their ids */
export async function writePosts(
  { records }: Archive,
  account: string,
  posts: readonly (Words & { readonly isPublished?: boolean })[],
): Promise<string[]> {
  const batch = batchRecord(drawId(), account);
  await records.saveBatch(batch);
  const ids: string[] = [];
  for (const { title, body, caption = 'A caption.', rationale = 'evergreen', isPublished = true } of posts) {
    const id = drawId();
    const plan = { topic: 'bread', angle: 'water', rationale, newsPeg: null, button: 'It keeps.' };
    const status = isPublished ? 'published' : 'awaiting_approval';
    const post = postRecord(id, batch, { ...{ title, body, caption, plan, status } });
    await records.savePost(post);
    if (isPublished) {
      const url = `https://desk.example/@${account}/${id}`;
      await records.savePublication(recordedEdition(post), {
        target: 'feed',
        url,
        at: new Date().toISOString(),
      });
    }
    ids.push(id);
  }
  return ids;
}
