import { formatOf, FORMAT_NAMES } from '../../contract/formats/registry.js';
import { isFinal, type DecisionKind, type PostState } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { deskPostPath } from '../kit/addresses.js';
import { SEND_ONCE, SWAP_MAIN } from '../kit/swap.js';
import { REDO_CHOICES, type FormReader } from './decision-form.js';

export interface DecisionBarProps {
  readonly status: PostStatus;
  /** The list that the post stands in, as an address names it. */
  readonly search: string;
  /** The post that stands next in it. */
  readonly next: string | null;
  /** The zone in which a time is typed. */
  readonly timeZone: string;
  /** Whether the post may take a slot of its account. */
  readonly hasSlots: boolean;
  /** The next one that is free, in words; null where it is not known. */
  readonly nextSlot: string | null;
  /** What a form sent that could not be taken, so that nobody types it again. */
  readonly typed: FormReader | null;
}

/** What a person decides on a post with: one note for all, and a button for each decision that the post takes as it is. */
export function DecisionBar(props: DecisionBarProps) {
  const { status, typed } = props;
  const possible = possibleDecisions(status);
  if (possible.size === 0) return <></>;
  return (
    <div class="decide">
      <form method="post" action={`${deskPostPath(status.id)}/decide`} aria-label="Decision" {...SEND_ONCE}>
        <ShownFields {...props} />
        <div class="decide-note">
          <label for={fieldId(status, 'note')}>{noteLabel(status)}</label>
          <textarea id={fieldId(status, 'note')} name="note" rows={1} maxlength={4_000}>
            {typed?.('note') ?? ''}
          </textarea>
        </div>
        {possible.has('approve') && <ApproveRow {...props} />}
        {possible.has('reschedule') && <MoveRow {...props} />}
        {possible.has('resume') && (
          <div class="decide-row">
            <button type="submit" name="decision" value="resume" class="main-button">
              Resume
            </button>
          </div>
        )}
        <div class="decide-row">
          {possible.has('revise') && (
            <span class="joined">
              <button type="submit" name="decision" value="revise" class="plain-button">
                Revise
              </button>
              <RedoChoice {...props} />
            </span>
          )}
          {possible.has('reject') && (
            <button type="submit" name="decision" value="reject" class="plain-button danger">
              Reject
            </button>
          )}
          {possible.has('edit') && (
            <button type="submit" form={fieldId(status, 'open-edit')} class="plain-button">
              Edit
            </button>
          )}
          {!possible.has('reject') && possible.has('cancel') && (
            <button type="submit" name="decision" value="cancel" class="plain-button danger">
              Cancel post
            </button>
          )}
        </div>
      </form>
      {possible.has('edit') && <OpenEdit {...props} />}
    </div>
  );
}

/** No two posts have a field in common, so that what is typed for one is never carried over to the next. */
const fieldId = ({ id }: PostStatus, name: string): string => `${name}-${id}`;

/** What was shown, which a decision carries, and where its person goes on. */
export function ShownFields({ status, search, next }: Pick<DecisionBarProps, 'status' | 'search' | 'next'>) {
  return (
    <>
      <input type="hidden" name="revision" value={String(status.revision)} />
      <input type="hidden" name="gate" value={status.gate ?? ''} />
      <input type="hidden" name="list" value={search} />
      <input type="hidden" name="next" value={next ?? ''} />
    </>
  );
}

function ApproveRow(props: DecisionBarProps) {
  return (
    <div class="decide-row">
      <button type="submit" name="decision" value="approve" class="main-button">
        Approve
      </button>
      {props.status.gate !== 'media' && <WhenChoice {...props} choices={[...nextSlot(props), NOW, AT]} />}
    </div>
  );
}

/** Another time for a post that has one. */
function MoveRow(props: DecisionBarProps) {
  return (
    <div class="decide-row">
      <button type="submit" name="decision" value="reschedule" class="plain-button">
        Move
      </button>
      <WhenChoice {...props} choices={[...nextSlot(props), AT, NOW]} />
    </div>
  );
}

type Choice = readonly [value: string, words: string];
const NOW: Choice = ['now', 'now'];
const AT: Choice = ['at', 'at…'];
const nextSlot = ({ hasSlots, nextSlot: words }: DecisionBarProps): Choice[] =>
  hasSlots ? [['next', words === null ? 'next slot' : `next slot: ${words}`]] : [];

function WhenChoice({
  status,
  timeZone,
  typed,
  choices,
}: DecisionBarProps & { readonly choices: readonly Choice[] }) {
  return (
    <>
      <label class="hidden-text" for={fieldId(status, 'publish-at')}>
        When to publish
      </label>
      <select id={fieldId(status, 'publish-at')} name="publishAt">
        {choices.map(([value, words]) => (
          <option value={value} selected={value === typed?.('publishAt')}>
            {words}
          </option>
        ))}
      </select>
      <span class="at">
        <label for={fieldId(status, 'at')}>Day and time ({timeZone})</label>
        <input id={fieldId(status, 'at')} name="at" type="datetime-local" value={typed?.('at') ?? ''} />
      </span>
    </>
  );
}

function RedoChoice({ status, typed }: DecisionBarProps) {
  const hasClip =
    FORMAT_NAMES.includes(status.contentFormat) && formatOf(status.contentFormat).media.includes('video');
  return (
    <>
      <label class="hidden-text" for={fieldId(status, 'redo')}>
        What to make again
      </label>
      <select id={fieldId(status, 'redo')} name="redo">
        {REDO_CHOICES.filter(({ redo }) => hasClip || redo !== 'video').map(({ redo, words }) => (
          <option value={redo} selected={redo === typed?.('redo')}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}

/** Leads to the post as a form, with scripts and without; its button stands with the others. */
function OpenEdit({ status, search }: DecisionBarProps) {
  return (
    <form
      id={fieldId(status, 'open-edit')}
      method="get"
      action={deskPostPath(status.id)}
      hidden
      {...SWAP_MAIN}
    >
      {[...new URLSearchParams(search)].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="edit" value="1" />
    </form>
  );
}

function noteLabel({ status }: PostStatus): string {
  if (status === 'blocked') return 'Note: what was mended, what to change, or why not';
  if (status === 'awaiting_approval' || status === 'scheduled') return 'Note: what to change, or why not';
  return 'Note: why';
}

/** What a person can decide on a post as it is; the workflow has the last word. */
export function possibleDecisions({
  status,
  error,
}: {
  readonly status: PostState;
  readonly error: unknown;
}): ReadonlySet<DecisionKind> {
  switch (status) {
    case 'awaiting_approval':
      return new Set(['approve', 'revise', 'reject', 'edit', 'cancel']);
    case 'scheduled':
      return new Set(['reschedule', 'revise', 'reject', 'edit', 'cancel']);
    case 'blocked':
      return new Set(['resume', 'revise', 'reject', 'cancel']);
    case 'published':
    case 'publishing':
      // A target that failed is tried again; the others have the post, or are still tried.
      return new Set(error ? ['resume'] : []);
    default:
      return new Set(isFinal(status) ? [] : ['cancel']);
  }
}
