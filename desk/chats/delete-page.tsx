import type { Chat } from '../../services/archive/chats/chats.js';
import type { Person } from '../safety/session.js';
import { Frame, type BarCounts } from '../shared/frame.js';
import { deskChatPath, questionCount } from './chat-words.js';

export interface DeletePageProps {
  readonly chat: Chat;
  readonly person: Person;
  readonly counts: BarCounts;
}

/** `/desk/chats/<id>/delete`: asks before what was said is gone for good. */
export function DeletePage({ chat, person, counts }: DeletePageProps) {
  return (
    <Frame title="Delete conversation" person={person} counts={counts} place="chats" styles={['rooms.css']}>
      <main id="main" class="room room-narrow">
        <h1>Delete this conversation?</h1>
        <p>
          {questionCount(chat.turns)} to @{chat.account} and what it answered, conversation{' '}
          <code>{chat.id}</code>. They are gone for good: from the archive, from Temporal, and from the posts
          that the answers cite. What they cost stays in the costs, without a word of what was said.
        </p>
        <blockquote class="brief">
          <p>{chat.question}</p>
        </blockquote>
        <form class="form" method="post" action={`${deskChatPath(chat.id)}/delete`}>
          <div class="buttons">
            <button type="submit" class="danger-button">
              Delete conversation
            </button>
            <a class="button plain-button" href={deskChatPath(chat.id)}>
              Keep it
            </a>
          </div>
        </form>
      </main>
    </Frame>
  );
}
