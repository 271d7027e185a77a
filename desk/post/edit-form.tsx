import type { Child } from 'hono/jsx';
import type { TargetText } from '../../contract/status.js';
import { TARGET_KINDS } from '../../contract/targets/registry.js';
import type { PostView } from '../reading/reader.js';
import { countText } from '../../contract/targets/fit-text.js';
import { deskPostPath } from '../kit/addresses.js';
import { SEND_ONCE, SWAP_MAIN } from '../kit/swap.js';
import { PostForm } from './decision-bar.js';
import { FIELD_WORDS, isChanged, textOf } from './decision-form.js';
import { countersOf, FIELDS, styleLimits, type LimitedField } from './limits.js';
import { targetLimit } from './piece.js';
import type { PostReaderProps } from './post-reader.js';
import { seenRevision } from './revisions.js';

const ROWS: Record<LimitedField, number> = { title: 2, body: 18, caption: 4, hashtags: 1, altText: 3 };

/** A post's words, to be changed where they stand, each with how far it is from its limits. */
export function EditForm(props: PostReaderProps) {
  const { stored: status, search, neighbours } = props;
  return (
    <PostForm
      status={status}
      search={search}
      next={neighbours.next}
      to="decide"
      label="Edit"
      class="edit"
      {...SEND_ONCE}
    >
      {FIELDS.filter((field) => field !== 'body' || status.body !== null).map((field) => (
        <EditField field={field} {...props} />
      ))}
      <div class="decide-row">
        {status.status === 'awaiting_approval' && (
          <button
            type="submit"
            name="decision"
            value="approve"
            formaction={`${deskPostPath(status.id)}/save`}
            class="main-button approve"
            title="Ctrl+Enter"
          >
            Save and approve
          </button>
        )}
        <button
          type="submit"
          name="decision"
          value="edit"
          class={status.status === 'awaiting_approval' ? 'plain-button' : 'main-button'}
        >
          Save
        </button>
        <a href={deskPostPath(status.id, search)} {...SWAP_MAIN}>
          Leave it as it is
        </a>
      </div>
    </PostForm>
  );
}

function EditField({ field, ...props }: PostReaderProps & { field: LimitedField }) {
  const { stored: status, view, typed } = props;
  const seen = seenRevision(props.revisions, props.since);
  // What nobody typed is as it is now: sent as it was, it would take back what somebody else has changed meanwhile.
  const isTyped = typed !== null && typed('target') === '' && (!seen || isChanged(typed, field, seen));
  const text = isTyped ? typed(field) : textOf(status, field);
  return (
    <TextField
      id={`edit-${field}-${status.id}`}
      name={field}
      label={FIELD_WORDS[field]}
      rows={ROWS[field]}
      language={view.account.language}
      text={text}
    >
      {countersOf(field, text, styleLimits(view.account.style)).map(
        ({ unit, least, most, of, holds, words }) => (
          <Counter unit={unit} least={least} most={most} of={of} holds={holds} words={words} />
        ),
      )}
    </TextField>
  );
}

/** Why a target keeps what was published there; null where it is edited, and before it is published. */
const keptAt = ({ status, account }: PostView, name: string): string | null => {
  const kind = account.targets.find((target) => target.name === name)?.kind;
  if (status.status !== 'published') return null;
  return TARGET_KINDS.find((one) => one.kind === kind)?.keeps ?? null;
};

/** The texts that can still be written for their targets alone. */
export const editableTexts = (view: PostView, texts: readonly TargetText[] = []): readonly TargetText[] =>
  texts.filter(({ target }) => keptAt(view, target) === null);

/** What an edit of a published post changes, and where it does not. */
export function AfterPublication({ view }: { view: PostView }) {
  const kept = view.status.publications.flatMap(({ target, removedAt }) => {
    const why = removedAt === null ? keptAt(view, target) : null;
    return why === null ? [] : [`${target} keeps the text that it has: ${why}.`];
  });
  return (
    <p class="hint">
      {['It is published: its page and feeds change at once, and say that it was edited.', ...kept].join(' ')}
      {view.status.error && ' Targets that failed are not tried again then.'}
    </p>
  );
}

/** The text of one target, to be written by a person in place of the fitted one. */
export function TargetTextForm({ of, ...props }: PostReaderProps & { of: TargetText }) {
  const { stored: status, search, view, typed } = props;
  const { target, own } = of;
  const text = typed?.('target') === target ? typed('text') : of.text;
  const limit = targetLimit(view.account, target);
  const count = limit && countText(text.replaceAll('\r\n', '\n').trim(), limit);
  const label = `Text for ${target}`;
  return (
    <PostForm status={status} search={search} to="decide" label={label} class="edit" {...SEND_ONCE}>
      <input type="hidden" name="target" value={target} />
      <TextField
        id={`text-${target}-${status.id}`}
        name="text"
        label={`${label} alone`}
        rows={6}
        language={view.account.language}
        text={text}
      >
        {limit !== null && count !== null && (
          <Counter
            unit="graphemes"
            most={limit.most}
            address={limit.address}
            of={target}
            holds={count <= limit.most}
            words={`${count} of ${limit.most} characters`}
          />
        )}
        <span>
          {own ? 'Written by a person. Empty, it is fitted again.' : 'Fitted from the words above.'}
        </span>
      </TextField>
      <div class="decide-row">
        <button type="submit" name="decision" value="edit" class="plain-button">
          Save for {target}
        </button>
      </div>
    </PostForm>
  );
}

interface TextFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly rows: number;
  readonly language: string;
  readonly text: string;
  /** Its counters. */
  readonly children?: Child;
}

function TextField({ id, name, label, rows, language, text, children }: TextFieldProps) {
  const counters = `${id}-counters`;
  return (
    <div class="edit-field">
      <label for={id}>{label}</label>
      <textarea id={id} name={name} rows={rows} lang={language} dir="auto" aria-describedby={counters}>
        {text}
      </textarea>
      <p id={counters} class="counters">
        {children}
      </p>
    </div>
  );
}

interface CounterProps {
  readonly unit: string;
  readonly least?: number;
  readonly most?: number;
  readonly address?: unknown;
  /** Whose limit it is. */
  readonly of: string;
  readonly holds: boolean;
  readonly words: string;
}

/** The data is for scripts, which count on while somebody types. */
function Counter({ unit, least, most, address, of, holds, words }: CounterProps) {
  return (
    <span
      class={holds ? 'counter' : 'counter missed'}
      data-unit={unit}
      data-least={least}
      data-most={most}
      data-address={address}
      title={`The limit of ${of}`}
    >
      {words}
    </span>
  );
}
