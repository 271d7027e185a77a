import { condition } from '@temporalio/workflow';
import { isDue } from './carry-over.js';
import type { PostRun } from './run.js';
import type { Teller } from './tell.js';

/** Waits for the time that the approval named, unless a person changes the post in the meantime. */
export async function waitForSlot(run: PostRun, teller: Teller): Promise<void> {
  const { slot, revision } = run;
  if (slot === null) return;
  teller.enter('scheduled');
  const stays = (): boolean => run.status === 'scheduled' && run.revision === revision;
  const wait = Math.max(1, Date.parse(slot) - Date.now());
  const left = await condition(() => !stays() || isDue(teller), wait, { summary: `Publish at ${slot}` });
  // A decision may have come with the timer, and counts.
  if (!left && stays()) run.status = 'publishing';
}
