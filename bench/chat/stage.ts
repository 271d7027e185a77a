import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Copydesk } from '../../client/copydesk.js';
import { loadAccount } from '../../config/accounts/load.js';
import { readSettings } from '../../config/settings.js';
import type { Account } from '../../contract/account.js';
import { type Archive, openArchive } from '../../services/archive/archive.js';
import type { PostQuestion } from '../../services/archive/post-search/post-search.js';
import { OpenAiText } from '../../services/text/openai.js';
import type { TextService } from '../../services/text/text.js';
import { publishSet, readChatSet, SET_ACCOUNT, SET_ACCOUNTS } from '../../test/chat-questions/chat-set.js';
import { startPostgres } from '../../test/postgres.js';
import { AT_ONCE, openStage, type Stage } from '../lab/stage.js';

export type Engine = 'PGlite' | 'PostgreSQL';

interface ChatStageOptions {
  readonly engine?: Engine;
  /** How long the provider takes for each answer, in ms. */
  readonly textMs?: number;
}

/** A worker over an archive that has the posts of the set, and the client that asks it. */
interface ChatStage extends Stage {
  readonly account: Account;
  readonly copydesk: Copydesk;
  readonly workerPid: number;
  /** Ends the worker, which holds the embedded archive, and opens the archive here. */
  afterwards(): Promise<Archive>;
}

export async function openChatStage({
  engine = 'PGlite',
  textMs = 0,
}: ChatStageOptions = {}): Promise<ChatStage> {
  const stage = await openStage();
  try {
    const given = await stage.environment({ ...AT_ONCE, text: textMs });
    const env: NodeJS.ProcessEnv = { ...given, COPYDESK_ACCOUNTS: SET_ACCOUNTS };
    const databaseUrl = engine === 'PGlite' ? null : await postgresOf(stage);
    const open = (): Promise<Archive> =>
      openArchive({ databaseUrl, folder: join(env.COPYDESK_DATA!, 'archive') });
    const account = await loadAccount(SET_ACCOUNTS, SET_ACCOUNT);
    const archive = await open();
    await archive.migrate();
    await publishSet(archive, account, readChatSet());
    await archive.close();
    const worker = await stage.startWorker({ ...env, ...(databaseUrl && { DATABASE_URL: databaseUrl }) });
    const copydesk = await Copydesk.connect({ env, settings: readSettings(env) });
    stage.adds(() => copydesk.close());
    return {
      ...stage,
      account,
      copydesk,
      workerPid: worker.pid,
      async afterwards() {
        await worker.stop();
        const reopened = await open();
        stage.adds(() => reopened.close());
        return reopened;
      },
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function postgresOf(stage: Stage): Promise<string> {
  const postgres = await startPostgres();
  stage.adds(() => postgres.stop());
  return postgres.database();
}

/** Measures on an embedded archive of its own, in a folder that goes afterwards. */
export async function withArchive<T>(measure: (archive: Archive, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  const archive = await openArchive({ databaseUrl: null, folder: join(folder, 'archive') });
  try {
    await archive.migrate();
    return await measure(archive, folder);
  } finally {
    await archive.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How many posts a chat is offered. */
export const OFFERED = 6;

/** The ids of the posts that a question is answered from. */
export async function offeredFor(
  archive: Archive,
  question: string,
  embedding: PostQuestion['embedding'] = null,
): Promise<string[]> {
  const asked = { account: SET_ACCOUNT, language: 'en', question, embedding, limit: OFFERED };
  const found = await archive.postSearch.find(asked);
  return found.map(({ postId }) => postId);
}

export const MODEL = 'text-embedding-3-small';

/** A vector a text, in their order. */
type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/** @throws Error where the server has no embeddings */
export function embedderAt(baseUrl: string): Embed {
  const text: TextService = new OpenAiText({ apiKey: 'bench', baseUrl, api: 'responses', offline: true });
  return async (texts) => {
    const answer = await text.embed({ model: MODEL, texts, key: 'bench' });
    if (answer.outcome !== 'ok') throw new Error(`no embeddings: ${answer.detail}`);
    return answer.vectors;
  };
}

const POSTS_A_CALL = 100;

/** Embeds all posts of the set that are public. */
export async function embedPosts(archive: Archive, embed: Embed): Promise<void> {
  for (;;) {
    const posts = await archive.postSearch.listUnembedded(SET_ACCOUNT, MODEL, POSTS_A_CALL);
    if (posts.length === 0) return;
    const vectors = await embed(posts.map(({ text }) => text));
    const embeddings = posts.map(({ postId }, at) => ({ postId, vector: vectors[at]! }));
    await archive.postSearch.saveEmbeddings(MODEL, embeddings);
  }
}
