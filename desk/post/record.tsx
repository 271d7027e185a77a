import type { Child } from 'hono/jsx';
import { failedChecks, type Check } from '../../contract/checks.js';
import { cutText } from '../../contract/draft.js';
import { toNano, toUsd, dollars } from '../../contract/money/nano.js';
import { stateWords, type PostState } from '../../contract/states.js';
import type { ReviewEntry, StatusError, PostStatus } from '../../contract/status.js';
import type { CitingTurn } from '../../services/archive/records/records.js';
import { turnPath } from '../kit/addresses.js';
import { Chip } from '../kit/chip.js';
import { Time } from '../kit/time.js';

/** A part of a post's record that is folded until somebody wants to know; `aside` is what its line says beside its name. */
export function Fold(props: { name: string; aside?: Child; open?: boolean; children?: Child }) {
  const { name, aside, open = false, children } = props;
  return (
    <details class="fold" open={open}>
      <summary>
        <h2>{name}</h2> {aside}
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}

/** A part of a post's record that is not folded by itself. */
export function RecordSection({ name, children }: { name: string; children?: Child }) {
  return (
    <section>
      <h2>{name}</h2>
      {children}
    </section>
  );
}

/** What the draft misses of the house style, first and with what to mend; then the rules that hold, by name. */
export const ChecksSection = (props: { checks: readonly Check[] }) => (
  <RecordSection name="Checks">
    <Checks {...props} />
  </RecordSection>
);

export function Checks({ checks }: { checks: readonly Check[] }) {
  const failed = failedChecks(checks);
  const held = checks.filter((check) => check.ok);
  return (
    <>
      {failed.length > 0 && (
        <>
          <p>
            <Chip word={`${failed.length} of ${checks.length} missed`} tone="bad" />
          </p>
          <ul class="checks">
            {failed.map(({ rule, detail }) => (
              <li>
                <strong>{ruleInWords(rule)}</strong>
                {detail !== null && `: ${detail}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {held.length > 0 && (
        <p class="quiet">
          <Chip word={failed.length > 0 ? 'held' : 'all held'} tone="good" />{' '}
          {held.map(({ rule }) => ruleInWords(rule).toLowerCase()).join(', ')}
        </p>
      )}
    </>
  );
}

/** `imagePrompt.length` as "Image prompt length". */
function ruleInWords(rule: string): string {
  const words = rule
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('.', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Clock = (iso: string) => string;

/** Who decided what, when, and on which revision. */
export function DecisionList({ review, time }: { review: readonly ReviewEntry[]; time: Clock }) {
  return (
    <>
      {review.length === 0 && <p class="quiet">No decision yet.</p>}
      <ul class="plain rows">
        {review.map((entry) => (
          <li>
            <p>
              <strong>{entry.decision}</strong> by {entry.by} <span class="quiet">{detail(entry)}</span>{' '}
              <Time iso={entry.at} text={time(entry.at)} />
            </p>
            {entry.note !== null && <p class="prose">{entry.note}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function detail(entry: ReviewEntry): string {
  const gate = entry.gate === null ? '' : ` · gate ${entry.gate}`;
  return `revision ${entry.revision}${gate}${entry.counted ? '' : ' · not counted'}`;
}

const SHORT = 140;

/** The answers of the account's chat bot that cited the post. */
export function ChatReferences(props: { handle: string; turns: readonly CitingTurn[]; time: Clock }) {
  const { handle, turns, time } = props;
  return (
    <RecordSection name="Chat References">
      {turns.length === 0 && <p class="quiet">No bot turns have referenced this post yet.</p>}
      <ul class="plain rows">
        {turns.map(({ chatId, turn, question, at }) => (
          <li>
            <p class="prose" dir="auto">
              <a href={turnPath(handle, chatId, turn)}>{cutText(question.replace(/\s+/g, ' '), SHORT)}</a>
            </p>
            <p class="quiet">
              <Time iso={at} text={time(at)} />
            </p>
          </li>
        ))}
      </ul>
    </RecordSection>
  );
}

/** Why a post is blocked or failed, in the words of the provider that refused. */
export function ProblemNote({ error, state }: { error: StatusError | null; state: PostState }) {
  if (error === null) return <></>;
  return (
    <div class="problem">
      <p>
        <strong>{stateWords(state)}</strong>: {error.message}
      </p>
      <p class="quiet">
        <code>{error.type}</code>
        {error.requestId !== null && (
          <>
            {' · request '}
            <code>{error.requestId}</code>
          </>
        )}
      </p>
    </div>
  );
}

/** The steps that the provider which bills by the call is paid for. */
const BILLED_STEPS = ['hero_image', 'video'];

/**
 * What was billed so far, where it differs from what was counted for the same steps: `billed $0.54, $0.06 less than counted`.
 * Null where it is the same, and where no bill is known.
 */
export function billedWords({ billedUsd, pipeline }: PostStatus): string | null {
  if (billedUsd === undefined) return null;
  const counted = pipeline
    .filter((row) => BILLED_STEPS.includes(row.step))
    .reduce((sum, row) => sum + toNano(row.costUsd), 0);
  const difference = toNano(billedUsd) - counted;
  if (difference === 0) return null;
  const sum = `billed ${billedUsd < 0 ? '-' : ''}${dollars(Math.abs(billedUsd))}`;
  return `${sum}, ${dollars(toUsd(Math.abs(difference)))} ${difference < 0 ? 'less' : 'more'} than counted`;
}
