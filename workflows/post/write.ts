import type { Draft, DraftAttempt } from '../../activities/draft.js';
import { askUntilKept } from '../ask.js';
import { text } from '../activities.js';
import { markMade, rowOf, type PostRun } from './run.js';

/** Has the post written: asked again with the reason when an answer can't be used, every paid try on the record. */
export async function write(run: PostRun): Promise<void> {
  const row = rowOf(run, 'draft');
  Object.assign(row, { state: 'running', note: null });
  const { input: post, revision, draft, instructions } = run;
  const revise = draft && instructions.text !== null ? { draft, instructions: instructions.text } : null;
  run.draft = await askUntilKept<Draft, DraftAttempt>(row, (ask, again) =>
    text.draft.executeWithOptions({ summary: `Draft: ${post.title}`.slice(0, 120) }, [
      { post, revision, ask, again, revise, confirmed: run.confirmed.includes('draft') },
    ]),
  );
  row.state = 'done';
  markMade(run, 'draft');
}
