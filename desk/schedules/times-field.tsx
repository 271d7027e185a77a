import { WEEKDAY_NAMES } from '../../contract/cron-words.js';
import { CATCH_UP_WORDS } from '../../contract/schedule.js';
import { WEEKDAYS } from '../../contract/slot-moments.js';
import { FieldProblem } from '../batches/batch-fields.js';
import { dayField, type ScheduleForm, type ScheduleProblems } from './schedule-form.js';

interface TimesFieldProps {
  readonly form: ScheduleForm;
  /** The account's, in which the times count. */
  readonly zone: string;
  readonly problems: ScheduleProblems;
}

/** When it runs: on days at a time, or as a line of cron says. The style shows the fields of what is chosen. */
export function TimesField({ form, zone, problems }: TimesFieldProps) {
  const way = (value: ScheduleForm['times'], label: string) => (
    <label class="planner-choice">
      <input type="radio" name="times" value={value} checked={value === form.times} />
      <strong>{label}</strong>
    </label>
  );
  return (
    <fieldset class="field times">
      <legend>When</legend>
      <div class="times-ways">
        {way('days', 'Days and time')}
        {way('cron', 'Cron')}
      </div>
      <DaysFields form={form} zone={zone} problem={problems.days} />
      <CronField form={form} zone={zone} problem={problems.cron} />
      <p class="help">{CATCH_UP_WORDS}</p>
    </fieldset>
  );
}

interface WayProps extends Omit<TimesFieldProps, 'problems'> {
  readonly problem: string | undefined;
}

function DaysFields({ form, zone, problem }: WayProps) {
  return (
    <div class="by-days" role="group" aria-label="Days and time">
      <div class="day-choices">
        {WEEKDAYS.map((day) => (
          <label class="planner-choice">
            <input type="checkbox" name={dayField(day)} checked={form.days.includes(day)} />
            <span aria-hidden="true">{WEEKDAY_NAMES[day].slice(0, 3)}</span>
            <span class="hidden-text">{WEEKDAY_NAMES[day]}</span>
          </label>
        ))}
      </div>
      <label for="at">Time in {zone}</label>
      <input
        id="at"
        name="at"
        class="time-of-day"
        inputmode="numeric"
        autocomplete="off"
        placeholder="07:30"
        maxlength={5}
        value={form.at}
        aria-describedby={problem ? 'days-problem' : undefined}
        aria-invalid={problem ? 'true' : undefined}
      />
      <FieldProblem id="days-problem" text={problem} />
    </div>
  );
}

function CronField({ form, zone, problem }: WayProps) {
  return (
    <div class="by-cron">
      <label for="cron">Cron line</label>
      <input
        id="cron"
        name="cron"
        class="cron"
        autocomplete="off"
        spellcheck={false}
        maxlength={200}
        value={form.cron}
        aria-describedby={problem ? 'cron-problem' : 'cron-help'}
        aria-invalid={problem ? 'true' : undefined}
      />
      <FieldProblem id="cron-problem" text={problem} />
      <p id="cron-help" class="help">
        Minute, hour, day of the month, month and day of the week, in {zone}. <code>30 7 * * 1-5</code> is
        Mondays to Fridays 07:30, <code>0 9 1,15 * *</code> the 1st and 15th 09:00.
      </p>
    </div>
  );
}
