import { condition } from '@temporalio/workflow';
import { partOf, type Cell } from '../cell.js';
import { isDue } from './carry-over.js';
import { enterStatus } from './decisions.js';
import { enter } from './enter.js';
import type { PostReporter } from './reporter.js';
import type { Post } from './state.js';

/** Waits for the time that the approval named, unless a person changes the post in the meantime. */
export async function waitForSlot(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const decisions = partOf(post, 'decisions');
  const { slot, revision } = decisions.value;
  if (slot === null) return;
  enter(post, reporter, 'scheduled');
  const stays = (): boolean =>
    decisions.value.status === 'scheduled' && decisions.value.revision === revision;
  const wait = Math.max(1, Date.parse(slot) - Date.now());
  const left = await condition(() => !stays() || isDue(reporter), wait, { summary: `Publish at ${slot}` });
  // A decision may have come with the timer, and counts.
  if (!left && stays()) decisions.change((now) => enterStatus(now, 'publishing'));
}
