import type { Calendar, CalendarDay, CalendarEntry } from './calendar.js';
import { calendarPath, type CalendarQuery } from './read-calendar.js';
import { dayText, dayWords, weekdayWords } from './days.js';
import { targetText } from './target.js';
import { Time } from '../kit/time.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { Chip, FormatIcon, StateChip } from '../kit/chip.js';
import { hasFailedTarget, stateWords, TARGET_FAILED } from '../../contract/states.js';
import { deskPostPath } from '../kit/addresses.js';
import { SWAP_MAIN } from '../kit/swap.js';

export interface CalendarGridProps {
  readonly calendar: Calendar;
  readonly query: CalendarQuery;
  /** Whether who looks may move posts. */
  readonly decides: boolean;
  /** The id of the post that has been picked up; null for none. */
  readonly moving: string | null;
}

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
  const { day, isToday, isPast, isWithin, entries } = props.day;
  const marks = [
    isToday && 'today',
    isPast && 'past',
    !isWithin && 'other-month',
    entries.length === 0 && 'bare',
  ];
  return (
    <li class={['day', ...marks.filter(Boolean)].join(' ')} data-date={isPast ? undefined : dayText(day)}>
      <h2 aria-current={isToday ? 'date' : undefined}>
        <span aria-hidden="true">
          {weekdayWords(day)} <span class="day-number">{new Date(day).getUTCDate()}</span>
        </span>
        <span class="hidden-text">{dayWords(day)}</span>
      </h2>
      {entries.length > 0 && (
        <ol class="plain entries">
          {entries.map((entry) =>
            entry.kind === 'free' ? (
              <FreeSlot {...props} entry={entry} />
            ) : (
              <PostEntry {...props} entry={entry} />
            ),
          )}
        </ol>
      )}
    </li>
  );
}

type EntryOf<K extends CalendarEntry['kind']> = Extract<CalendarEntry, { kind: K }>;
type EntryProps<K extends CalendarEntry['kind']> = CalendarGridProps & {
  day: CalendarDay;
  entry: EntryOf<K>;
};

function FreeSlot({ entry, moving, decides, day }: EntryProps<'free'>) {
  const target = targetText({ at: entry.at, other: null });
  return (
    <li class="entry free" id={`slot-${Date.parse(entry.at)}`} data-target={target}>
      <Time iso={entry.at} text={entry.time} /> <span class="quiet">free</span>
      {decides && moving !== null && (
        <TargetButton target={target}>
          Move here<span class="hidden-text">{whenWords(day, entry)}</span>
        </TargetButton>
      )}
    </li>
  );
}

function PostEntry({ entry, calendar, query, moving, decides, day }: EntryProps<'post'>) {
  const { post, isLate, isMovable } = entry;
  const title = printableText(post.title, TITLE_LIMIT) || 'Without a title yet';
  const canMove = decides && isMovable;
  const isMoving = post.id === moving;
  const target = targetText({ at: entry.at, other: post.id });
  const marks = [isLate && 'late', isMoving && 'picked', post.status !== 'scheduled' && 'over'];
  return (
    <li
      class={['entry', ...marks.filter(Boolean)].join(' ')}
      id={`post-${post.id}`}
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
      <a class="entry-title" href={deskPostPath(post.id)} draggable="false">
        {title}
      </a>
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
      {canMove && moving !== null && !isMoving && !isLate && (
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

function TargetButton({ target, children }: { target: string; children?: unknown }) {
  return (
    <button type="submit" form="move" name="target" value={target} class="plain-button target">
      {children as string}
    </button>
  );
}

const whenWords = ({ day }: CalendarDay, { time }: Pick<CalendarEntry, 'time'>): string =>
  `, ${dayWords(day)}, ${time}`;
