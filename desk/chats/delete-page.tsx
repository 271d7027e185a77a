import type { Chat } from '../../services/archive/chats/chats.js';
import type { Person } from '../safety/session.js';
import { ConfirmPage } from '../kit/confirm-page.js';
import type { BarCounts } from '../kit/frame.js';
import { deskChatPath, questionCount } from './chat-words.js';

export interface DeletePageProps {
  readonly chat: Chat;
  readonly person: Person;
  readonly counts: BarCounts;
}

/** `/desk/chats/<id>/delete`: asks before what was said is gone for good. */
export function DeletePage({ chat, person, counts }: DeletePageProps) {
  return (
    <ConfirmPage
      {...{ person, counts }}
      title="Delete conversation"
      place="chats"
      question="Delete this conversation?"
      action={`${deskChatPath(chat.id)}/delete`}
      back={deskChatPath(chat.id)}
    >
      <p>
        {questionCount(chat.turns)} to @{chat.account} and what it answered, conversation{' '}
        <code>{chat.id}</code>. They are gone for good: from the archive, from Temporal, and from the posts
        that the answers cite. What they cost stays in the costs, without a word of what was said.
      </p>
      <blockquote class="brief">
        <p>{chat.question}</p>
      </blockquote>
    </ConfirmPage>
  );
}
