import type { Child } from 'hono/jsx';
import { stateWords } from '../../contract/states.js';
import type { Delivery, DeliveryState } from '../../contract/webhooks.js';
import type { DeliveryPage } from '../../services/archive/deliveries/deliveries.js';
import { batchPath } from '../batches/batch-words.js';
import type { Person } from '../safety/session.js';
import { deskAccountPath, deskPostPath } from '../kit/addresses.js';
import { Frame, type BarCounts } from '../kit/frame.js';
import { Said } from '../kit/said.js';
import type { Tone } from '../kit/chip.js';
import { clockTime, Time } from '../kit/time.js';
import { showHost } from './account-facts.js';

export interface DeliveriesPageProps {
  readonly person: Person;
  readonly counts: BarCounts;
  readonly handle: string;
  readonly page: DeliveryPage;
  /** What the form that was sent did; null for a page that is only looked at. */
  readonly said: string | null;
  readonly problem: string | null;
  readonly zone: string;
  readonly now: Date;
}

export const deliveriesPath = (handle: string): string => `${deskAccountPath(handle)}/deliveries`;

/** `/desk/accounts/<handle>/deliveries`: what was told to the receivers of an account's webhooks, and what came of it. */
export function DeliveriesPage(props: DeliveriesPageProps) {
  const { person, counts, handle, page, said, problem, zone } = props;
  return (
    <Frame title="Deliveries" {...{ person, counts, zone }} place="accounts" styles={['rooms.css']}>
      <main id="main" class="room">
        <header class="room-head">
          <div>
            <p class="trail">
              <a href="/desk/accounts">Accounts</a> / <a href={deskAccountPath(handle)}>@{handle}</a>
            </p>
            <h1>Webhook deliveries</h1>
          </div>
        </header>
        <Said said={said} problem={problem} />
        {page.deliveries.length === 0 && (
          <p class="empty">
            Nothing was delivered in the last 30 days. The key webhooks of the account's file names who is
            told of what.
          </p>
        )}
        <ul class="lines">
          {page.deliveries.map((delivery) => (
            <DeliveryLine {...props} delivery={delivery} />
          ))}
        </ul>
        {page.next !== null && (
          <p class="pager">
            <a href={`${deliveriesPath(handle)}?cursor=${encodeURIComponent(page.next)}`} rel="next">
              Older deliveries
            </a>
          </p>
        )}
      </main>
    </Frame>
  );
}

const TONES: Readonly<Record<DeliveryState, Tone>> = { pending: 'work', delivered: 'good', failed: 'bad' };

function DeliveryLine({ delivery, handle, person, zone, now }: DeliveriesPageProps & { delivery: Delivery }) {
  const { id, type, url, at, status, postId, batchId } = delivery;
  const time = (iso: string) => <Time iso={iso} text={clockTime(iso, zone, now)} zone={zone} />;
  return (
    <li class="delivery-line">
      <div>
        <strong>{type}</strong>{' '}
        <a href={postId === null ? batchPath(batchId) : deskPostPath(postId)}>
          {postId === null ? `batch ${batchId}` : `post ${postId}`}
        </a>
        <span class="under">
          to {showHost(url)} · {time(at)} · <code>{id}</code>
        </span>
        <Outcome delivery={delivery} time={time} />
      </div>
      <span class={`chip chip-${TONES[status]}`}>{stateWords(status)}</span>
      {person.role === 'editor' && status !== 'pending' ? (
        <form method="post" action={`${deliveriesPath(handle)}/${id}/again`}>
          <button type="submit" class="plain-button">
            Send again<span class="hidden-text"> {id}</span>
          </button>
        </form>
      ) : (
        <span></span>
      )}
    </li>
  );
}

/** How often it was tried, what the last try came to, and when the next one is due. */
function Outcome({
  delivery: { tries, lastStatusCode, lastError, nextTryAt },
  time,
}: {
  delivery: Delivery;
  time: (iso: string) => Child;
}) {
  return (
    <span class="under">
      {tries} {tries === 1 ? 'try' : 'tries'}
      {lastStatusCode !== null && `, answered ${lastStatusCode}`}
      {lastError !== null && `: ${lastError}`}
      {nextTryAt !== null && <> · next {time(nextTryAt)}</>}
    </span>
  );
}
