import { SAMPLE } from '../../contract/sample-words.js';
import { ASSET_PATTERN } from '../../contract/ids.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import { assetPath, webAddress } from '../addresses.js';
import { dollars } from '../../contract/money/nano.js';
import { Time } from './layout.js';

type Clock = (iso: string) => string;

/** The steps of a post in order, with what each used, cost and took. */
export function PipelineSection({ status, time }: { status: PostStatus; time: Clock }) {
  return (
    <section>
      <h2>Pipeline</h2>
      <ol class="pipeline">
        {status.pipeline.map((row) => (
          <PipelineStep row={row} time={time} />
        ))}
      </ol>
      {status.publications.length > 0 && (
        <ul class="plain quiet" aria-label="Published at">
          {status.publications.map(({ target, url, at }) => (
            <li>
              {target}: <WebLink address={url} /> <Time iso={at} text={time(at)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PipelineStep({ row, time }: { row: PipelineRow; time: Clock }) {
  const maker = [row.provider, row.model, row.offline ? SAMPLE : null]
    .filter((part) => part !== null)
    .join(' · ');
  return (
    <li>
      <p>
        <strong>{row.label}</strong> <span class={`state ${row.state}`}>{row.state}</span>{' '}
        <span>{maker}</span>
      </p>
      {row.asset !== null && (
        <p>{ASSET_PATTERN.test(row.asset) ? <a href={assetPath(row.asset)}>{row.asset}</a> : row.asset}</p>
      )}
      <ul class="facts">
        <li>{dollars(row.costUsd)}</li>
        {row.apiSeconds !== null && <li>{`api ${row.apiSeconds.toFixed(1)}s`}</li>}
        {row.at !== null && (
          <li>
            <Time iso={row.at} text={time(row.at)} />
          </li>
        )}
        {row.attempts > 1 && <li>{`${row.attempts} attempts`}</li>}
      </ul>
      {row.note && <p class="quiet">{row.note}</p>}
    </li>
  );
}

function WebLink({ address }: { address: string }) {
  const href = webAddress(address);
  return href ? (
    <a href={href} rel="noopener noreferrer">
      {address}
    </a>
  ) : (
    <span>{address}</span>
  );
}
