import type { Draft } from '../../contract/draft.js';
import { draftKey } from '../../contract/money/charge-keys.js';
import { STEP_LABEL } from '../../contract/states.js';
import { paid } from '../activities.js';
import type { Cell } from '../cell.js';
import { askForText } from '../paid/ask.js';
import { settleLost } from '../paid/settle-lost.js';
import type { StepRow } from './state/rows.js';
import { spendOf } from './spend.js';
import type { Post } from './state/state.js';

/** Has the post written: asked again with the reason when an answer can't be used, every paid try on its row. */
export async function write(post: Post, row: Cell<StepRow>): Promise<Draft> {
  row.change((now) => ({ ...now, state: 'running', note: null }));
  const { input, words, work, decisions } = post;
  const { revision } = decisions;
  const { draft, instructions } = words;
  const revise = draft && instructions !== null ? { draft, instructions } : null;
  const confirmed = work.confirmed.includes('draft');
  const { payer } = spendOf(post, 'draft');
  const { value } = await askForText({
    label: STEP_LABEL.draft,
    row,
    ask: (question) =>
      paid.draft.executeWithOptions({ summary: `Draft: ${input.title}`.slice(0, 120) }, [
        { post: input, revision, revise, confirmed, ...question },
      ]),
    settleLost: (call) =>
      settleLost({
        key: draftKey({ postId: input.id, revision, call }),
        ...{ step: 'draft', model: input.account.models.draft, payer },
      }),
  });
  return value;
}
