import { ASSET_PATTERN } from '../../contract/ids.js';
import { dollars } from '../../contract/money/nano.js';
import { SAMPLE } from '../../contract/sample-words.js';
import type { DecisionKind, StepState } from '../../contract/states.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import { isWebAddress } from '../../contract/address.js';
import { assetPath } from '../kit/addresses.js';
import { Chip, type Tone } from '../kit/chip.js';
import { Time } from '../kit/time.js';
import { RecordSection } from './record.js';

interface PipelineProps {
  readonly status: PostStatus;
  readonly time: (iso: string) => string;
  /** Where the reader finds a file; null for one that is not theirs to see. */
  readonly fileAt?: (asset: string) => string | null;
}

/** The steps of a post in order, with what each used, cost and took. */
export const PipelineSection = (props: PipelineProps) => (
  <RecordSection name="Pipeline">
    <Pipeline {...props} />
  </RecordSection>
);

export function Pipeline(props: PipelineProps) {
  const { status, time } = props;
  return (
    <>
      <table class="pipeline">
        <thead>
          <tr>
            <th scope="col">Step</th> <th scope="col">Model</th> <th scope="col">Cost</th>{' '}
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {status.pipeline.map((row) => (
            <PipelineStep {...props} row={row} />
          ))}
        </tbody>
      </table>
      <Publications status={status} time={time} />
    </>
  );
}

function PipelineStep({ row, status, time, fileAt = deskFile }: PipelineProps & { row: PipelineRow }) {
  const maker = [row.provider, row.model, row.offline ? SAMPLE : null].filter((part) => part !== null);
  const file = row.asset === null ? null : fileAt(row.asset);
  return (
    <>
      <tr>
        <th scope="row">
          {row.label} <Chip {...stepWords(row, status)} />
        </th>{' '}
        <td>
          {maker.join(' · ')}
          {row.target !== undefined && <TargetName target={row.target} status={status} />}
          {row.asset !== null && <div>{file === null ? row.asset : <a href={file}>{row.asset}</a>}</div>}
        </td>{' '}
        <td class="figure">{row.costUsd > 0 && dollars(row.costUsd)}</td>{' '}
        <td>
          {row.apiSeconds !== null && row.apiSeconds > 0 && <div>{`api ${row.apiSeconds.toFixed(1)}s`}</div>}{' '}
          {row.at !== null && <Time iso={row.at} text={time(row.at)} />}{' '}
          {row.attempts > 1 && <div>{`${row.attempts} attempts`}</div>}
        </td>
      </tr>
      {row.note && (
        <tr class="note">
          <td colspan={4}>{row.note}</td>
        </tr>
      )}
    </>
  );
}

const deskFile = (asset: string): string | null => (ASSET_PATTERN.test(asset) ? assetPath(asset) : null);

/** The target of a publish row, as a link once the post is there. */
function TargetName({ target, status }: { target: string; status: PostStatus }) {
  const found = status.publications.find((publication) => publication.target === target);
  return found && !found.removedAt ? <WebLink address={found.url} words={target} /> : <>{target}</>;
}

function Publications({ status, time }: PipelineProps) {
  if (status.publications.length === 0) return <></>;
  return (
    <ul class="plain quiet" aria-label="Published at">
      {status.publications.map(({ target, url, at, removedAt }) => (
        <li>
          {target}: <WebLink address={url} words={url} /> <Time iso={at} text={time(at)} />
          {removedAt && (
            <>
              {' '}
              · deleted <Time iso={removedAt} text={time(removedAt)} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function WebLink({ address, words }: { address: string; words: string }) {
  if (!isWebAddress(address)) return <span>{words}</span>;
  return (
    <a href={address} rel="noopener noreferrer">
      {words}
    </a>
  );
}

interface StepWords {
  /** The state as a person reads it. */
  readonly word: string;
  readonly tone: Tone;
}

const WORDS: Readonly<Record<StepState, StepWords>> = {
  pending: { word: 'to do', tone: 'over' },
  running: { word: 'running', tone: 'work' },
  done: { word: 'done', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  skipped: { word: 'skipped', tone: 'over' },
};

/** What became of a post that a decision ended; its review took place, whatever was skipped after it. */
const ENDED: Readonly<Partial<Record<DecisionKind, StepWords>>> = {
  reject: { word: 'rejected', tone: 'bad' },
  cancel: { word: 'cancelled', tone: 'over' },
  expire: { word: 'expired', tone: 'over' },
};

/**
 * The state of a step in a word. Two states of the record mean something else to a person: the review of a post that was
 * rejected counts as skipped there, and a step that a budget held back counts as failed, though nothing was sent.
 */
export function stepWords(
  row: PipelineRow,
  { review, error }: Pick<PostStatus, 'review' | 'error'>,
): StepWords {
  if (row.step === 'review' && row.state === 'skipped') {
    const last = review.findLast((entry) => entry.counted);
    return (last && ENDED[last.decision]) ?? WORDS.skipped;
  }
  if (row.state === 'failed' && wasNeverSent(row, error)) return { word: 'not started', tone: 'over' };
  return WORDS[row.state];
}

/** Nobody was called for it, and what stopped it, if anything still does, is money. */
const wasNeverSent = (row: PipelineRow, error: PostStatus['error']): boolean =>
  row.attempts === 0 && row.provider === null && (error === null || error.type.startsWith('Budget.'));
