import type { ShownForm } from './new-form-routes.js';
import type { FormProblems, NewBatchForm } from './new-batch-form.js';
import { RoomPage, type Viewer } from '../kit/room-page.js';
import type { OpenQuestion } from '../../contract/open-questions.js';
import { type CheckedEstimate, EstimatePanel } from './estimate.js';
import { BATCHES_PATH, NEW_BATCH_PATH } from './batch-words.js';
import { NoAccountYet } from '../kit/said.js';
import type { Account } from '../../contract/account.js';
import {
  AccountField,
  BriefField,
  BudgetField,
  CountFields,
  PlannerField,
  QuestionsField,
  RepeatField,
} from './batch-fields.js';

interface NewBatchPageProps extends ShownForm<NewBatchForm, FormProblems> {
  readonly viewer: Viewer;
  /** What readers asked the account in vain, the newest first. */
  readonly questions: readonly OpenQuestion[];
  readonly estimate: CheckedEstimate | null;
}

const FORM_ID = 'new-batch';

/** `/desk/batches/new`: what a batch is to be, and what it is expected to cost. */
export function NewBatchPage(props: NewBatchPageProps) {
  const { viewer, account, problem, estimate } = props;
  return (
    <RoomPage {...viewer} title="New batch" place="batches" problem={problem}>
      {account === null ? (
        <NoAccount broken={props.broken} />
      ) : (
        <div class="columns">
          <Form {...props} account={account} />
          <aside class="side" aria-labelledby="estimate-head">
            <h2 id="estimate-head">Estimate</h2>
            <div
              id="estimate"
              aria-live="polite"
              hx-post={`${NEW_BATCH_PATH}?part=estimate`}
              hx-trigger={`input from:#${FORM_ID} delay:300ms`}
              hx-include={`#${FORM_ID}`}
              hx-sync="this:replace"
              hx-swap="morph:innerHTML"
            >
              <EstimatePanel estimate={estimate} />
            </div>
          </aside>
        </div>
      )}
    </RoomPage>
  );
}

/** In place of a form, where there is no account to choose. */
export function NoAccount({ broken }: { broken: number }) {
  if (broken === 0) return <NoAccountYet />;
  return (
    <p class="empty">
      No account file can be used as it is. <a href="/desk/accounts">Accounts</a> has what is wrong in each.
    </p>
  );
}

function Form(props: NewBatchPageProps & { account: Account }) {
  const { form, account, problems } = props;
  return (
    <form id={FORM_ID} class="form" method="post" action={`${NEW_BATCH_PATH}#estimate-head`}>
      <input type="hidden" name="id" value={form.id} />
      <input type="hidden" name="account" value={account.handle} />
      {/* What the Enter key presses: the first button of a form. */}
      <button class="first-button" type="submit" tabindex={-1} aria-hidden="true">
        Estimate
      </button>
      <AccountField {...props} />
      <PlannerField form={form} account={account} problem={problems.planner} />
      <CountFields form={form} problem={problems.mix} />
      <BudgetField form={form} account={account} problem={problems.budget} />
      <BriefField form={form} problem={problems.brief} />
      <QuestionsField form={form} questions={props.questions} />
      <RepeatField form={form} problem={problems.repeat} />
      <div class="buttons">
        <button type="submit" formaction={BATCHES_PATH}>
          Start batch
        </button>
        <button type="submit" class="plain-button">
          Estimate
        </button>
      </div>
    </form>
  );
}
