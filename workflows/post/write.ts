import { draftKey } from '../../contract/money/charge-keys.js';
import { STEP_LABEL } from '../../contract/states.js';
import { paid } from '../activities.js';
import { askForText } from '../paid/ask.js';
import { settleLost } from '../paid/settle-lost.js';
import { markMade, rowOf, type PostRun } from './run.js';
import { spendOf } from './spend.js';

/** Has the post written: asked again with the reason when an answer can't be used, every paid try on the record. */
export async function write(run: PostRun): Promise<void> {
  const row = rowOf(run, 'draft');
  Object.assign(row, { state: 'running', note: null });
  const { input: post, revision, draft, instructions } = run;
  const revise = draft && instructions.text !== null ? { draft, instructions: instructions.text } : null;
  const confirmed = run.confirmed.includes('draft');
  const { value } = await askForText({
    label: STEP_LABEL.draft,
    row,
    ask: (question) =>
      paid.draft.executeWithOptions({ summary: `Draft: ${post.title}`.slice(0, 120) }, [
        { post, revision, revise, confirmed, ...question },
      ]),
    settleLost: (call) =>
      settleLost({
        key: draftKey({ postId: post.id, revision, call }),
        step: 'draft',
        model: post.account.models.draft,
        payer: spendOf(run, 'draft').payer,
      }),
  });
  run.draft = value;
  row.state = 'done';
  markMade(run, 'draft');
}
