import type { CitingTurn } from '../../services/archive/records/records.js';
import { Time } from './layout.js';

/** The answers of the account's chat bot that cited the post. */
export function ChatReferences({
  turns,
  time,
}: {
  turns: readonly CitingTurn[];
  time: (iso: string) => string;
}) {
  return (
    <section>
      <h2>Chat References</h2>
      {turns.length === 0 && <p class="quiet">No bot turns have referenced this post yet.</p>}
      <ul class="plain rows">
        {turns.map((turn) => (
          <li>
            <p class="prose">{turn.question}</p>
            <p class="quiet">
              chat <code>{turn.chatId}</code> · <Time iso={turn.at} text={time(turn.at)} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
