import type { Person } from '../http/session.js';
import { type BarCounts, Frame } from '../kit/frame.js';
import type { FormProblems, NewBatchForm } from './new-batch-form.js';
import type { Account } from '../../contract/account.js';
import type { OpenQuestion } from '../../contract/open-questions.js';
import { type CheckedEstimate, EstimatePanel } from './estimate.js';
import { NoAccountYet } from '../kit/said.js';
import {
  AccountField,
  BriefField,
  BudgetField,
  CountFields,
  PlannerField,
  QuestionsField,
  RepeatField,
} from './batch-fields.js';

export interface NewBatchPageProps {
  readonly person: Person;
  readonly counts: BarCounts;
  readonly form: NewBatchForm;
  /** The one that the form is for; null where there is none to choose. */
  readonly account: Account | null;
  /** Those whose files can be used. */
  readonly handles: readonly string[];
  /** How many files can't. */
  readonly broken: number;
  readonly problems: FormProblems;
  /** What readers asked the account in vain, the newest first. */
  readonly questions: readonly OpenQuestion[];
  /** Why it could not be started, whatever the fields say. */
  readonly problem: string | null;
  readonly estimate: CheckedEstimate | null;
}

const FORM_ID = 'new-batch';
export const NEW_BATCH_PATH = '/desk/batches/new';

/** `/desk/batches/new`: what a batch is to be, and what it is expected to cost. */
export function NewBatchPage(props: NewBatchPageProps) {
  const { person, counts, account, problem, estimate } = props;
  return (
    <Frame title="New batch" person={person} counts={counts} place="batches" styles={['rooms.css']}>
      <main id="main" class="room">
        <header class="room-head">
          <h1>New batch</h1>
        </header>
        {problem !== null && (
          <div class="problem" role="alert">
            <p>{problem}</p>
          </div>
        )}
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
      </main>
    </Frame>
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
        <button type="submit" formaction="/desk/batches">
          Start batch
        </button>
        <button type="submit" class="plain-button">
          Estimate
        </button>
      </div>
    </form>
  );
}
