import type { Calendar, CalendarDay, CalendarEntry } from './calendar.js';
import { calendarPath, type CalendarQuery, type PickedPost } from './read-calendar.js';
import { dayText, dayWords, weekdayWords } from './days.js';
import { targetText } from './target.js';
import { Time, zonePlace } from '../kit/time.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { accentOf, Chip, FormatIcon, StateChip } from '../kit/chip.js';
import { hasFailedTarget, stateWords, TARGET_FAILED } from '../../contract/states.js';
import type { Account } from '../../contract/account.js';
import { deskPostPath } from '../kit/addresses.js';
import { SmallPicture } from '../kit/small-picture.js';
import { SWAP_MAIN } from '../kit/swap.js';

export interface CalendarGridProps {
  readonly calendar: Calendar;
  readonly query: CalendarQuery;
  /** Whether who looks may move posts. */
  readonly decides: boolean;
  /** The post that has been picked up; null for none. */
  readonly moving: Pick<PickedPost, 'id' | 'account'> | null;
  /** The zone of an account's own times. */
  readonly zoneOf: (handle: string) => string;
}

/** The zone of each account, by handle. */
export const accountZones =
  (accounts: readonly Account[]): CalendarGridProps['zoneOf'] =>
  (handle) =>
    accounts.find((account) => account.handle === handle)?.timeZone ?? 'UTC';

/** Free slots of one day that are shown one by one: of many accounts there may be hundreds. */
const MOST_FREE = 8;

/** The days with what goes out, the part of the page that is fetched again when something changes. A list of lists, without a style. */
export function CalendarGrid(props: CalendarGridProps) {
  const { weeks, view } = props.calendar;
  return (
    <ol class={`plain calendar calendar-${view}`}>
      {weeks.flat().map((day) => (
        <Day {...props} day={day} />
      ))}
    </ol>
  );
}

function Day(props: CalendarGridProps & { day: CalendarDay }) {
  const { day, isToday, isPast, isWithin } = props.day;
  const { entries, folded } = shownEntries(props.day.entries, props.moving);
  const marks = [
    isToday && 'today',
    isPast && 'past',
    !isWithin && 'other-month',
    props.day.entries.length === 0 && 'bare',
  ];
  return (
    <li class={['day', ...marks.filter(Boolean)].join(' ')} data-date={isPast ? undefined : dayText(day)}>
      <h2 aria-current={isToday ? 'date' : undefined}>
        <span aria-hidden="true">
          {weekdayWords(day)} <span class="day-number">{new Date(day).getUTCDate()}</span>
        </span>
        <span class="hidden-text">{dayWords(day)}</span>
      </h2>
      {props.day.entries.length > 0 && (
        <ol class="plain entries">
          {entries.map((entry) =>
            entry.kind === 'free' ? (
              <FreeSlot {...props} entry={entry} />
            ) : (
              <PostEntry {...props} entry={entry} />
            ),
          )}
          {folded > 0 && <li class="entry free quiet">{folded} free slots: choose an account to see them</li>}
        </ol>
      )}
    </li>
  );
}

/** Where a post is on the way, the free slots are those of its account. */
function shownEntries(all: readonly CalendarEntry[], moving: CalendarGridProps['moving']) {
  const isOther = ({ kind, account }: CalendarEntry): boolean =>
    kind === 'free' && moving !== null && account !== moving.account;
  const entries = all.filter((entry) => !isOther(entry));
  const free = entries.filter(({ kind }) => kind === 'free').length;
  if (moving !== null || free <= MOST_FREE) return { entries, folded: 0 };
  return { entries: entries.filter(({ kind }) => kind !== 'free'), folded: free };
}

type EntryOf<K extends CalendarEntry['kind']> = Extract<CalendarEntry, { kind: K }>;
type EntryProps<K extends CalendarEntry['kind']> = CalendarGridProps & {
  day: CalendarDay;
  entry: EntryOf<K>;
};

function FreeSlot(props: EntryProps<'free'>) {
  const { entry, moving, decides, day } = props;
  const target = targetText({ at: entry.at, other: null });
  return (
    <li
      class={`entry free ${accentOf(entry.account)}`}
      id={`slot-${entry.account}-${Date.parse(entry.at)}`}
      data-account={entry.account}
      data-target={target}
    >
      <Time iso={entry.at} text={entry.time} /> <span class="quiet">free</span>
      <Whose {...props} />
      {decides && moving !== null && (
        <TargetButton target={target}>
          Move here<span class="hidden-text">{whenWords(day, entry)}</span>
        </TargetButton>
      )}
    </li>
  );
}

function PostEntry(props: EntryProps<'post'>) {
  const { entry, calendar, query, moving, decides, day } = props;
  const { post, isLate, isMovable } = entry;
  const title = printableText(post.title, TITLE_LIMIT) || 'Without a title yet';
  const canMove = decides && isMovable;
  const isMoving = post.id === moving?.id;
  const canSwap = canMove && !isMoving && !isLate && moving?.account === post.account;
  const target = targetText({ at: entry.at, other: post.id });
  const marks = [isLate && 'late', isMoving && 'picked', post.status !== 'scheduled' && 'over'];
  return (
    <li
      class={['entry', accentOf(post.account), ...marks.filter(Boolean)].join(' ')}
      id={`post-${post.id}`}
      data-account={post.account}
      data-post={canMove ? post.id : undefined}
      data-target={canMove && !isLate ? target : undefined}
      draggable={canMove ? 'true' : undefined}
    >
      <span class="entry-facts">
        <Time iso={entry.at} text={entry.time} />
        <FormatIcon format={post.contentFormat} words={stateWords(post.contentFormat)} />
        {post.status !== 'scheduled' && <StateChip state={post.status} />}
        {hasFailedTarget(post) && <Chip word={TARGET_FAILED} tone="bad" />}
        {isLate && <span class="chip chip-bad">late</span>}
      </span>
      <SmallPicture asset={post.hero} look="entry-picture" side={40} draggable={false} />
      <a class="entry-title" href={deskPostPath(post.id)} draggable="false">
        {title}
      </a>
      <Whose {...props} />
      {canMove && moving === null && (
        <a
          class="move-link"
          href={calendarPath({ ...query, day: calendar.day, move: post.id })}
          draggable="false"
          {...SWAP_MAIN}
        >
          Move<span class="hidden-text"> “{title}”</span>
        </a>
      )}
      {canSwap && (
        <TargetButton target={target}>
          Swap
          <span class="hidden-text">
            {' '}
            with “{title}”{whenWords(day, entry)}
          </span>
        </TargetButton>
      )}
    </li>
  );
}

/** The account, where several are shown, and what its own clocks show, where that is something else. */
function Whose({ entry, query, zoneOf: zone }: EntryProps<CalendarEntry['kind']>) {
  const { account, ownTime } = entry;
  if (query.account !== undefined && ownTime === null) return <></>;
  return (
    <span class="entry-account">
      {query.account === undefined && (
        <span class="entry-handle">
          <span class="dot" /> @{account}
        </span>
      )}
      {ownTime !== null && (
        <span class="quiet own-time">
          {ownTime} {zonePlace(zone(account))}
        </span>
      )}
    </span>
  );
}

function TargetButton({ target, children }: { target: string; children?: unknown }) {
  return (
    <button type="submit" form="move" name="target" value={target} class="plain-button target">
      {children as string}
    </button>
  );
}

const whenWords = ({ day }: CalendarDay, { time }: Pick<CalendarEntry, 'time'>): string =>
  `, ${dayWords(day)}, ${time}`;
