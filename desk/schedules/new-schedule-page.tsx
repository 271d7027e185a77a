import { TimesField } from './times-field.js';
import type { ShownForm } from '../batches/new-form-routes.js';
import type { ScheduleForm, ScheduleProblems } from './schedule-form.js';
import { RoomPage, type Viewer } from '../kit/room-page.js';
import { NEW_SCHEDULE_PATH, SCHEDULES_PATH } from './schedule-list.js';
import { NoAccount } from '../batches/new-batch-page.js';
import type { Account } from '../../contract/account.js';
import { AccountField, BriefField, BudgetField, CountFields, PlannerField } from '../batches/batch-fields.js';
import { type Overlap, OVERLAP_WORDS, OVERLAPS } from '../../contract/schedule.js';

interface NewSchedulePageProps extends ShownForm<ScheduleForm, ScheduleProblems> {
  readonly viewer: Viewer;
}

/** `/desk/schedules/new`: which batch, and when. */
export function NewSchedulePage(props: NewSchedulePageProps) {
  const { viewer, account, problem } = props;
  return (
    <RoomPage
      {...viewer}
      title="New schedule"
      place="schedules"
      width="narrow"
      trail={<a href={SCHEDULES_PATH}>Schedules</a>}
      problem={problem}
    >
      {account === null ? <NoAccount broken={props.broken} /> : <Form {...props} account={account} />}
    </RoomPage>
  );
}

function Form(props: NewSchedulePageProps & { account: Account }) {
  const { form, account, problems } = props;
  return (
    <form class="form" method="post" action={NEW_SCHEDULE_PATH}>
      <input type="hidden" name="id" value={form.id} />
      <input type="hidden" name="account" value={account.handle} />
      {/* What the Enter key presses: the first button of a form. */}
      <button class="first-button" type="submit" formaction={SCHEDULES_PATH} tabindex={-1} aria-hidden="true">
        Add schedule
      </button>
      <AccountField {...props} account={account} />
      <ScheduleFields form={form} account={account} problems={problems} />
      <div class="buttons">
        <button type="submit" formaction={SCHEDULES_PATH}>
          Add schedule
        </button>
      </div>
    </form>
  );
}

/** What a schedule can be asked to be, at its making and later. */
export function ScheduleFields({
  form,
  account,
  problems,
}: Pick<NewSchedulePageProps, 'form' | 'problems'> & { account: Account }) {
  return (
    <>
      <PlannerField form={form} account={account} problem={problems.planner} />
      <CountFields form={form} problem={problems.mix} />
      <TimesField form={form} zone={account.timeZone} problems={problems} />
      <OverlapField form={form} />
      <BudgetField form={form} account={account} problem={problems.budget} />
      <BriefField form={form} problem={problems.brief} />
    </>
  );
}

const OVERLAP_LABELS: Readonly<Record<Overlap, string>> = { skip: 'Skip', queue: 'Queue' };

function OverlapField({ form }: { form: ScheduleForm }) {
  return (
    <fieldset class="field">
      <legend>Overlap</legend>
      <div class="planner-choices">
        {OVERLAPS.map((overlap) => (
          <label class="planner-choice">
            <input type="radio" name="overlap" value={overlap} checked={overlap === form.overlap} />
            <span>
              <strong>{OVERLAP_LABELS[overlap]}</strong>
              <span class="under sentence">{OVERLAP_WORDS[overlap]}.</span>
            </span>
          </label>
        ))}
      </div>
      <p class="help">A batch runs until each of its posts is published or otherwise at its end.</p>
    </fieldset>
  );
}
