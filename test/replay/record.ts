/** Records the histories that replay.test.ts replays. Those that are there stay: they are of runs that may be under way. */
import type { Environment } from '../../config/settings.js';
import { startHarness, type Harness } from '../harness.js';
import { environmentOf, openAccounts } from '../chat/talk.js';
import { startTextServer } from '../chat/text-server.js';
import { recordAfterPublication } from './after-publication.js';
import { recordBatches, recordContinuedBatch } from './batches.js';
import { recordChats } from './chats.js';
import { recordPosts } from './posts.js';
import { recordTargets } from './targets.js';

async function withDesk(
  extraArgs: string[],
  record: (desk: Harness) => Promise<void>,
  env: Environment = {},
): Promise<void> {
  const desk = await startHarness({ ...env, DATABASE_URL: '' }, { extraArgs, media: 'plain' });
  try {
    await record(desk);
  } finally {
    await desk.close();
  }
}

await withDesk([], async (desk) => {
  await recordPosts(desk);
  await recordBatches(desk);
  await recordTargets(desk);
  await recordAfterPublication(desk);
});
/** So that a batch of a few posts, and a conversation of a few turns, is long enough to continue as new. */
const early = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'];
await withDesk(early, recordContinuedBatch);

const text = await startTextServer();
const accounts = await openAccounts();
await withDesk(early, (desk) => recordChats(desk, text), environmentOf(text, accounts));
await accounts.remove();
await text.close();
