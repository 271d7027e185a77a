import type { PostStatus, TargetText } from '../../contract/status.js';
import { countText } from '../../contract/targets/count-text.js';
import type { TextLimit } from '../../contract/targets/target.js';
import { deskPostPath } from '../kit/addresses.js';
import { SEND_ONCE, SWAP_MAIN } from '../kit/swap.js';
import { ShownFields } from './decision-bar.js';
import { FIELD_WORDS, isChanged, textOf, type FormReader, type FormContext } from './decision-form.js';
import { countersOf, FIELDS, type Counter, type LimitedField, type Limit } from './limits.js';

export interface EditFormProps {
  readonly status: PostStatus;
  readonly search: string;
  readonly language: string;
  /** Of the house style and of whatever targets the post has. */
  readonly limits: readonly Limit[];
  /** What a form sent that could not be taken. */
  readonly typed: FormReader | null;
  /** The words that it was made for, where others came meanwhile; null for none, and where they are not known. */
  readonly seen: FormContext['status'] | null;
}

const ROWS: Readonly<Record<LimitedField, number>> = {
  title: 2,
  body: 18,
  caption: 4,
  hashtags: 1,
  altText: 3,
};

/** A post's words, to be changed where they stand, each with how far it is from its limits. */
export function EditForm(props: EditFormProps) {
  const { status, search } = props;
  const fields = FIELDS.filter((field) => field !== 'body' || status.body !== null);
  return (
    <form
      method="post"
      action={`${deskPostPath(status.id)}/decide`}
      class="edit"
      aria-label="Edit"
      {...SEND_ONCE}
    >
      <ShownFields status={status} search={search} next={null} />
      {fields.map((field) => (
        <EditField field={field} {...props} />
      ))}
      <div class="decide-row">
        <button type="submit" name="decision" value="edit" class="main-button">
          Edit
        </button>
        <a href={deskPostPath(status.id, search)} {...SWAP_MAIN}>
          Leave it as it is
        </a>
      </div>
    </form>
  );
}

function EditField({
  field,
  status,
  language,
  limits,
  typed,
  seen,
}: EditFormProps & { field: LimitedField }) {
  // What nobody typed anew is as it is now: sent as it was, it would take back what somebody else has changed meanwhile.
  const isTyped = typed !== null && (seen === null || isChanged(typed, field, seen));
  const text = isTyped ? typed(field) : textOf(status, field);
  const counters = countersOf(field, text, limits);
  const id = `edit-${field}-${status.id}`;
  return (
    <div class="edit-field">
      <label for={id}>{FIELD_WORDS[field]}</label>
      <textarea
        id={id}
        name={field}
        rows={ROWS[field]}
        lang={language}
        dir="auto"
        aria-describedby={`${id}-counters`}
      >
        {text}
      </textarea>
      <p id={`${id}-counters`} class="counters">
        {counters.map((counter) => (
          <CounterWords counter={counter} />
        ))}
      </p>
    </div>
  );
}

/** The data is for scripts, which count on while somebody types. */
function CounterWords({ counter }: { counter: Counter }) {
  const { unit, least, most, of, holds, words } = counter;
  return (
    <span
      class={holds ? 'counter' : 'counter missed'}
      data-unit={unit}
      data-least={least}
      data-most={most}
      title={`The limit of ${of}`}
    >
      {words}
    </span>
  );
}

interface TargetTextFormProps {
  readonly status: PostStatus;
  readonly text: TargetText;
  readonly limit: TextLimit | null;
  readonly search: string;
  readonly language: string;
  /** What a form sent that could not be taken. */
  readonly typed: FormReader | null;
}

/** The text of one target, to be written by a person in place of the fitted one. */
export function TargetTextForm({ status, text, limit, search, language, typed }: TargetTextFormProps) {
  const { target } = text;
  const id = `text-${target}-${status.id}`;
  const words = typed?.('target') === target ? typed('text') : text.text;
  return (
    <form
      method="post"
      action={`${deskPostPath(status.id)}/decide`}
      class="edit"
      aria-label={`Text for ${target}`}
      {...SEND_ONCE}
    >
      <ShownFields status={status} search={search} next={null} />
      <input type="hidden" name="target" value={target} />
      <div class="edit-field">
        <label for={id}>Text for {target} alone</label>
        <textarea id={id} name="text" rows={6} lang={language} dir="auto" aria-describedby={`${id}-counters`}>
          {words}
        </textarea>
        <p id={`${id}-counters`} class="counters">
          {limit !== null && <Counter text={words} limit={limit} target={target} />}
          <span>
            {text.own ? 'Written by a person. Empty, it is fitted again.' : 'Fitted from the words above.'}
          </span>
        </p>
      </div>
      <div class="decide-row">
        <button type="submit" name="decision" value="edit" class="plain-button">
          Edit for {target}
        </button>
      </div>
    </form>
  );
}

/** The data is for scripts, which count on while somebody types. */
function Counter({ text, limit, target }: { text: string; limit: TextLimit; target: string }) {
  const count = countText(text.replaceAll('\r\n', '\n').trim(), limit);
  return (
    <span
      class={count <= limit.most ? 'counter' : 'counter missed'}
      data-unit="graphemes"
      data-most={limit.most}
      data-address={limit.address}
      title={`The limit of ${target}`}
    >
      {`${count} of ${limit.most} characters`}
    </span>
  );
}
