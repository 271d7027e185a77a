import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { addressWith, findViewer, OlderLink, RoomPage, type Viewer } from '../kit/room-page.js';
import type { DeliveryPage } from '../../services/archive/deliveries/deliveries.js';
import { deskAccountPath, deskPostPath, isHandle } from '../kit/addresses.js';
import { type Delivery, DELIVERY_ID_PATTERN, type DeliveryState } from '../../contract/webhooks.js';
import type { Tone } from '../kit/chip.js';
import { clockTime, Time } from '../kit/time.js';
import { batchPath } from '../batches/batch-words.js';
import { showHost } from './account-facts.js';
import { stateWords } from '../../contract/states.js';
import type { deskRoom, RoomEnv } from '../kit/desk-room.js';
import type { DeskDeps } from '../deps.js';
import { parameter } from '../http/bad-request.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import { printable } from '../http/printable.js';

interface DeliveriesPageProps {
  readonly viewer: Viewer;
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
function DeliveriesPage(props: DeliveriesPageProps) {
  const { viewer, handle, page, said, problem, zone } = props;
  return (
    <RoomPage
      {...viewer}
      title="Deliveries"
      heading="Webhook deliveries"
      place="accounts"
      zone={zone}
      said={said}
      problem={problem}
      trail={
        <>
          <a href="/desk/accounts">Accounts</a> / <a href={deskAccountPath(handle)}>@{handle}</a>
        </>
      }
    >
      {page.deliveries.length === 0 && (
        <p class="empty">
          Nothing was delivered in the last 30 days. The key webhooks of the account's file names who is told
          of what.
        </p>
      )}
      <ul class="lines">
        {page.deliveries.map((delivery) => (
          <DeliveryLine {...props} delivery={delivery} />
        ))}
      </ul>
      <OlderLink path={page.next && addressWith(deliveriesPath(handle), { cursor: page.next })}>
        Older deliveries
      </OlderLink>
    </RoomPage>
  );
}

const TONES: Readonly<Record<DeliveryState, Tone>> = { pending: 'work', delivered: 'good', failed: 'bad' };

function DeliveryLine({ delivery, handle, viewer, zone, now }: DeliveriesPageProps & { delivery: Delivery }) {
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
      {viewer.person.role === 'editor' && status !== 'pending' ? (
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

const ROWS = 50;

/** Adds the log of an account's webhooks to the room of the accounts: what was delivered, and what is to be sent again. */
export function addDeliveryRoutes(room: ReturnType<typeof deskRoom>, deps: DeskDeps): void {
  const { archive, accounts, deliveries, now } = deps;

  room.get('/:handle/deliveries', async (c) => {
    const handle = c.req.param('handle');
    if (!isHandle(handle)) return c.notFound();
    const said = parameter(c, 'done') === 'again' ? 'It is sent again, and tried for a day.' : null;
    return page(c, handle, { said, problem: null });
  });

  room.post('/:handle/deliveries/:id/again', async (c) => {
    const { handle, id } = c.req.param();
    const known = isHandle(handle) && DELIVERY_ID_PATTERN.test(id) ? await archive.deliveries.find(id) : null;
    if (known?.account !== handle) return c.notFound();
    try {
      await deliveries.sendAgain(id);
    } catch (error) {
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, handle, { said: null, problem: told.message }, told.status);
    }
    return c.redirect(`${deliveriesPath(handle)}?done=again`, 303);
  });

  async function page(
    c: Context<RoomEnv>,
    handle: string,
    told: { said: string | null; problem: string | null },
    status: 200 | ToldError['status'] = 200,
  ) {
    const cursor = parameter(c, 'cursor');
    const [found, account, viewer] = await Promise.all([
      archive.deliveries.list({ account: handle, limit: ROWS, ...(cursor !== undefined && { cursor }) }),
      accounts.account(handle),
      findViewer(c, deps),
    ]);
    const zone = account?.timeZone ?? 'UTC';
    const shown = { viewer, handle, zone, now: now(), ...told };
    return c.html(<DeliveriesPage {...shown} page={printable(found)} />, status);
  }
}
