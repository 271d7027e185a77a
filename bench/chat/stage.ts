import { join } from 'node:path';
import { loadAccount } from '../../config/accounts/load.js';
import { readSettings } from '../../config/settings.js';
import type { Account } from '../../contract/account.js';
import { Copydesk } from '../../client/copydesk.js';
import { type Archive, openArchive } from '../../services/archive/archive.js';
import { startPostgres } from '../../test/postgres.js';
import { publishSet } from '../../test/chat-questions/publish-set.js';
import { readChatSet, SET_ACCOUNT, SET_ACCOUNTS } from '../../test/chat-questions/read-set.js';
import { startProgram } from '../lab/process.js';
import { AT_ONCE, openStage, type Stage } from '../lab/stage.js';

export type Engine = 'PGlite' | 'PostgreSQL';

export interface ChatStageOptions {
  readonly engine?: Engine;
  /** How long the provider takes for each answer, in ms. */
  readonly textMs?: number;
}

/** A worker over an archive that has the posts of the set, and the client that asks it. */
export interface ChatStage extends Stage {
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
    const worker = await startProgram(['dist/workers/worker.js', '--json'], {
      ...env,
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    });
    stage.adds(() => worker.stop());
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
