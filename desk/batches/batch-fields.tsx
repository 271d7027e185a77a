import type { Child } from 'hono/jsx';
import type { Account } from '../../contract/account.js';
import { cutText } from '../../contract/draft.js';
import { FORMATS } from '../../contract/formats/registry.js';
import { MAX_BATCH } from '../../contract/mix.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import type { OpenQuestion } from '../../contract/open-questions.js';
import { stateWords } from '../../contract/states.js';
import { plannerWords } from './batch-words.js';
import { countField, type NewBatchForm } from './new-batch-form.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

/* The fields of a form that asks for a batch: a new one, or a recurring one. */

/** Whose batch it is: each a button that answers the form for that account. */
export function AccountField({
  account,
  handles,
  broken,
}: {
  account: Account;
  /** Those whose files can be used. */
  handles: readonly string[];
  /** How many files can't. */
  broken: number;
}) {
  return (
    <fieldset class="field">
      <legend>Account</legend>
      <div class="choices">
        {handles.map((handle) => (
          <button
            type="submit"
            class="choice"
            name="choose"
            value={handle}
            aria-pressed={handle === account.handle ? 'true' : 'false'}
          >
            @{handle}
          </button>
        ))}
      </div>
      {broken > 0 && (
        <p class="help">
          {broken === 1 ? 'One account file' : `${broken} account files`} can't be used as{' '}
          {broken === 1 ? 'it is' : 'they are'}: <a href="/desk/accounts">see what is wrong</a>.
        </p>
      )}
    </fieldset>
  );
}

interface OfAccountProps {
  readonly form: NewBatchForm;
  readonly account: Account;
  readonly problem?: string;
}

export function PlannerField({ form, account, problem }: OfAccountProps) {
  return (
    <fieldset class="field" aria-describedby={problem ? 'planner-problem' : undefined}>
      <legend>Planner</legend>
      <FieldProblem id="planner-problem" text={problem} />
      <div class="planner-choices">
        {Object.entries(account.planners).map(([name, { covers }]) => (
          <label class="planner-choice">
            <input type="radio" name="planner" value={name} checked={name === form.planner} required />
            <span>
              <strong>{plannerWords(name)}</strong>
              <span class="under">{covers}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** How many posts of each format. */
export function CountFields({ form, problem }: { form: NewBatchForm; problem?: string }) {
  return (
    <fieldset class="field" aria-describedby={problem ? 'mix-problem' : undefined}>
      <legend>Posts</legend>
      <FieldProblem id="mix-problem" text={problem} />
      <div class="count-fields">
        {FORMATS.toReversed().map(({ name, purpose }) => (
          <div>
            <label for={countField(name)}>{plannerWords(stateWords(name))}</label>
            <input
              id={countField(name)}
              name={countField(name)}
              type="number"
              min="0"
              max={MAX_BATCH}
              value={form.counts[name] ?? ''}
              aria-describedby={`${countField(name)}-help`}
            />
            <p id={`${countField(name)}-help`} class="help">
              {purpose}
            </p>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** The most that a batch may spend. */
export function BudgetField({ form, account, problem }: OfAccountProps) {
  return (
    <div class="field">
      <label for="budget">Budget in US dollars</label>
      <input
        id="budget"
        name="budget"
        inputmode="decimal"
        autocomplete="off"
        value={form.budget}
        placeholder={dollars(toUsd(account.budget.batch)).slice(1)}
        aria-describedby={problem ? 'budget-problem' : 'budget-help'}
        aria-invalid={problem ? 'true' : undefined}
      />
      <FieldProblem id="budget-problem" text={problem} />
      <p id="budget-help" class="help">
        The most that it may spend. Left empty, it is the account's own:{' '}
        {dollars(toUsd(account.budget.batch))}.
      </p>
    </div>
  );
}

export function BriefField({ form, problem }: { form: NewBatchForm; problem?: string }) {
  return (
    <OptionalText
      name="brief"
      label="Brief"
      rows={4}
      most={TEXT_LIMITS.brief}
      text={form.brief}
      problem={problem}
    >
      What this batch should be about, in your words.
    </OptionalText>
  );
}

export function RepeatField({ form, problem }: { form: NewBatchForm; problem?: string }) {
  return (
    <OptionalText
      {...{ name: 'repeat', label: 'Why it may repeat a post', rows: 2, most: TEXT_LIMITS.repeat }}
      {...{ text: form.repeat, problem }}
    >
      Only where this batch should tell something again that the account posted lately. Left empty, a plan
      that repeats an earlier post is sent back.
    </OptionalText>
  );
}

/** What readers asked in vain, for the planner to plan with; nothing where they asked nothing. */
export function QuestionsField({
  form,
  questions,
}: {
  form: NewBatchForm;
  questions: readonly OpenQuestion[];
}) {
  if (questions.length === 0) return <></>;
  return (
    <fieldset class="field" aria-describedby="questions-help">
      <legend>
        Questions without an answer <span class="quiet">(optional)</span>
      </legend>
      <div class="planner-choices">
        <label class="planner-choice">
          <input type="checkbox" name="from_questions" value="1" checked={form.fromQuestions} />
          <span>
            <strong>
              Plan what answers {questions.length === 1 ? 'the newest one' : `the newest ${questions.length}`}
            </strong>
            {questions.map(({ question }) => (
              <span class="under asked-question">{cutText(question, QUESTION_SHOWN)}</span>
            ))}
          </span>
        </label>
      </div>
      <p id="questions-help" class="help">
        They go to the planner as quotes of strangers, after your brief, and are no instructions to it.
      </p>
    </fieldset>
  );
}

/** Of a question in the form, in characters. */
const QUESTION_SHOWN = 140;

interface OptionalTextProps {
  readonly name: string;
  readonly label: string;
  readonly rows: number;
  /** Characters that it takes at most. */
  readonly most: number;
  readonly text: string;
  readonly problem?: string;
  /** What it is for. */
  readonly children?: Child;
}

function OptionalText({ name, label, rows, most, text, problem, children }: OptionalTextProps) {
  return (
    <div class="field">
      <label for={name}>
        {label} <span class="quiet">(optional)</span>
      </label>
      <textarea
        {...{ id: name, name, rows, maxlength: most }}
        aria-describedby={problem ? `${name}-problem` : `${name}-help`}
        aria-invalid={problem ? 'true' : undefined}
      >
        {text}
      </textarea>
      <FieldProblem id={`${name}-problem`} text={problem} />
      <p id={`${name}-help`} class="help">
        {children}
      </p>
    </div>
  );
}

/** What is wrong with a field; nothing where nothing is. */
export function FieldProblem({ id, text }: { id: string; text?: string }) {
  if (!text) return <></>;
  return (
    <p id={id} class="field-problem">
      {text}
    </p>
  );
}
