import { isFinal } from '../../contract/states.js';
import { listDestinations } from '../../contract/targets/destinations.js';
import { calendarPath } from '../calendar/read-calendar.js';
import { soonWords } from '../calendar/days.js';
import { clockTime, Time, twoClocks } from '../kit/time.js';
import type { PostReaderProps } from './post-reader.js';

type DestinationProps = Pick<PostReaderProps, 'view' | 'follows' | 'clocks' | 'decides' | 'now'>;

/** Where a post goes and when, before it is out: `→ feed, bluesky · now`. */
export function Destination(props: DestinationProps) {
  const { status, account } = props.view;
  if (isFinal(status.status)) return <></>;
  const names = listDestinations(account, status.offline).map(({ name }) => name);
  return (
    <span class="destination">
      → {names.join(', ')}
      <When {...props} />
    </span>
  );
}

function When({ view, follows, clocks, decides, now }: DestinationProps) {
  const { status, account, hasSlots } = view;
  const { nextSlot } = follows;
  if (status.status === 'scheduled') {
    if (status.slot === null) return <> · takes the next free slot</>;
    const slot = status.slot;
    return (
      <>
        {' · goes out '}
        <Time iso={slot} text={twoClocks(clocks, (zone) => clockTime(slot, zone, now))} />{' '}
        {decides && (
          <a href={calendarPath({ account: account.handle, view: 'week', move: status.id })}>
            in the calendar
          </a>
        )}
      </>
    );
  }
  if (status.gate !== 'publish') return <></>;
  if (!hasSlots) return <> · now</>;
  if (nextSlot === null) return <> · at its slot</>;
  return (
    <>
      {' · '}
      <Time iso={nextSlot} text={twoClocks(clocks, (zone) => soonWords(nextSlot, zone, now))} />
    </>
  );
}
