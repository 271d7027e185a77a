import type { Draft, DraftAttempt } from '../../activities/draft.js';
import { askUntilKept } from '../ask.js';
import { text } from '../activities.js';
import { rowOf, type PostRun } from './run.js';

/** Has the post written: asked again with the reason when an answer can't be used, every paid try on the record. */
export async function write(run: PostRun): Promise<void> {
  const row = rowOf(run, 'draft');
  Object.assign(row, { state: 'running', note: null });
  const { input: post, revision } = run;
  run.draft = await askUntilKept<Draft, DraftAttempt>(
    row.attempts,
    (ask, again) =>
      text.draft.executeWithOptions({ summary: `Draft: ${post.title}`.slice(0, 120) }, [
        { post, revision, ask, again },
      ]),
    (attempt) => {
      run.charges.push(...attempt.charges);
      row.attempts += 1;
      row.provider = attempt.provider;
      row.model = attempt.model;
      row.apiSeconds = attempt.seconds;
      row.at = attempt.at;
      row.note = `prompt ${attempt.prompt}`;
    },
  );
  row.state = 'done';
}
