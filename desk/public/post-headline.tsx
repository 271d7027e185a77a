import { dollars } from '../../contract/money/nano.js';
import { stateWords } from '../../contract/states.js';
import type { PostView } from '../reading/reader.js';
import { billedWords } from '../post/record.js';
import { ago, clockTime, Time } from '../kit/time.js';

/**
 * `published · May 11, 3:18 PM · $0.06 total · published 48d ago`. To a visitor of a record that stays at the desk it tells no
 * state and no cost.
 */
export function PostHeadline({ view, now }: { view: PostView; now: Date }) {
  const { account, status, publishedAt, wholeRecord } = view;
  const at = publishedAt ?? status.createdAt;
  const time = (iso: string) => <Time iso={iso} text={clockTime(iso, account.timeZone, now)} />;
  const facts = [
    wholeRecord && (view.isPublic ? 'published' : stateWords(status.status)),
    status.status === 'scheduled' && status.slot !== null ? <>for {time(status.slot)}</> : time(at),
    wholeRecord && `${dollars(status.costUsd)} total`,
    wholeRecord && status.unknownUsd > 0 && `${dollars(status.unknownUsd)} more of unknown outcome`,
    wholeRecord && billedWords(status),
    <Time iso={at} text={`${publishedAt ? 'published' : 'started'} ${ago(at, now)}`} />,
  ].filter(Boolean);
  return (
    <p class="headline">
      {facts.map((fact, index) => (
        <>
          {index > 0 && ' · '}
          {fact}
        </>
      ))}
    </p>
  );
}
