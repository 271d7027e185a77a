import { cutText } from '../../contract/cut-text.js';
import type { CitingTurn } from '../../services/archive/records/records.js';
import { turnPath } from '../shared/addresses.js';
import { Time } from '../shared/layout.js';

const SHORT = 140;

/** The answers of the account's chat bot that cited the post. */
export function ChatReferences({
  handle,
  turns,
  time,
}: {
  /** The account's. */
  handle: string;
  turns: readonly CitingTurn[];
  time: (iso: string) => string;
}) {
  return (
    <section>
      <h2>Chat References</h2>
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
    </section>
  );
}
