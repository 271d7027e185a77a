import { calendarPath, type CalendarQuery, withoutMove } from './read-calendar.js';
import { SEND_ONCE, SWAP_MAIN } from '../kit/swap.js';
import { momentWords } from './days.js';
import { targetText } from './target.js';

export interface MovePanelProps {
  readonly post: { readonly id: string; readonly title: string; readonly at: string };
  /** The next ones that are free, ISO 8601. */
  readonly free: readonly string[];
  readonly query: CalendarQuery;
  readonly timeZone: string;
  /** The field for a day and a time as it was sent, where that could not be taken. */
  readonly typed: string;
}

/** What moves the post that was picked up: the slots below are its buttons, and here are the next free ones and any time. */
export function MovePanel({ post, free, query, timeZone, typed }: MovePanelProps) {
  return (
    <form id="move" class="move-panel" method="post" action="/desk/calendar/move" {...SEND_ONCE}>
      <MoveFields post={post.id} query={query} timeZone={timeZone} />
      <p>
        <strong>“{post.title}”</strong> goes out {momentWords(post.at, timeZone)}. Choose a slot in the
        calendar, or here.
        <span class="with-scripts">
          {' '}
          Arrow keys choose, Enter puts it there, Escape leaves it where it is.
        </span>
      </p>
      <div class="line-form">
        <div class="field">
          <label for="move-slot">Free slots</label>
          <select id="move-slot" name="slot">
            {free.map((at) => (
              <option value={targetText({ at, other: null })}>{momentWords(at, timeZone)}</option>
            ))}
            <option value="at" selected={typed !== ''}>
              at…
            </option>
          </select>
        </div>
        <div class="field move-at">
          <label for="move-at">Day and time ({timeZone})</label>
          <input id="move-at" name="at" type="datetime-local" value={typed} />
        </div>
        <button type="submit">Move</button>
        <a class="cancel-move" href={calendarPath(withoutMove(query))} {...SWAP_MAIN}>
          Leave it
        </a>
      </div>
    </form>
  );
}

/** What is sent where a post is dropped by hand. */
export function DropForm({ query, timeZone }: Pick<MovePanelProps, 'query' | 'timeZone'>) {
  return (
    <form id="drop" method="post" action="/desk/calendar/move" hidden {...SEND_ONCE}>
      <MoveFields post="" query={query} timeZone={timeZone} />
      <input type="hidden" name="target" value="" />
    </form>
  );
}

type MoveFieldsProps = Pick<MovePanelProps, 'query' | 'timeZone'> & { readonly post: string };

/** The post, the zone in which a day and a time are meant, and the calendar that a person goes back to. */
function MoveFields({ post, query, timeZone }: MoveFieldsProps) {
  return (
    <>
      <input type="hidden" name="post" value={post} />
      <input type="hidden" name="zone" value={timeZone} />
      <input type="hidden" name="back" value={calendarPath(withoutMove(query))} />
    </>
  );
}
