import { condition } from '@temporalio/workflow';
import { isFinal } from '../../contract/states.js';
import type { PostRun } from './run.js';
import type { Teller } from './tell.js';

/** Waits for the time that the approval named, unless a person changes the post in the meantime. */
export async function waitForSlot(run: PostRun, teller: Teller): Promise<void> {
  const { slot } = run;
  if (slot === null) return;
  await teller.tell();
  const changed = (): boolean => run.status !== 'scheduled' && !isFinal(run.status);
  const wait = Math.max(1, Date.parse(slot) - Date.now());
  if (!(await condition(changed, wait, { summary: `Publish at ${slot}` }))) run.status = 'publishing';
}
