import { OPEN_QUESTIONS_MOST, type OpenQuestion } from '../../contract/open-questions.js';
import { NEW_BATCH_PATH } from '../batches/new-batch-page.js';
import type { Person } from '../safety/session.js';
import { Frame, type BarCounts } from '../kit/frame.js';
import { ago, Time } from '../kit/time.js';
import { chatListPath, deskChatPath } from './chat-words.js';

export interface QuestionsPageProps {
  readonly person: Person;
  readonly counts: BarCounts;
  /** A handle. */
  readonly account: string;
  /** Whether a batch can be asked of it: its file can be used. */
  readonly canPlan: boolean;
  /** The newest first. */
  readonly questions: readonly OpenQuestion[];
  readonly now: Date;
}

/** `/desk/chats/questions?account=<handle>`: what readers asked and no post answers. */
export function QuestionsPage(props: QuestionsPageProps) {
  const { person, counts, account, canPlan, questions, now } = props;
  const planned = Math.min(questions.length, OPEN_QUESTIONS_MOST);
  return (
    <Frame
      title="Questions without an answer"
      person={person}
      counts={counts}
      place="chats"
      styles={['rooms.css']}
    >
      <main id="main" class="room room-middle">
        <header class="room-head">
          <div>
            <p class="trail">
              <a href="/desk/chats">Chats</a> / <a href={chatListPath({ account })}>@{account}</a>
            </p>
            <h1>Questions without an answer</h1>
          </div>
          {person.role === 'editor' && canPlan && planned > 0 && (
            <a class="button" href={`${NEW_BATCH_PATH}?account=${encodeURIComponent(account)}&questions=1`}>
              Plan a batch from {planned === 1 ? 'it' : `the newest ${planned}`}
            </a>
          )}
        </header>
        {questions.length === 0 ? (
          <p class="empty">
            Readers have asked @{account} nothing that its posts leave open. What they ask in vain stands
            here, for the next batch to answer.
          </p>
        ) : (
          <ul class="lines">
            {questions.map(({ chatId, turn, question, at }) => (
              <li class="question-line">
                <p class="question">{question}</p>
                <span class="chat-age quiet">
                  <a href={`${deskChatPath(chatId)}#turn-${turn}`}>
                    asked <Time iso={at} text={ago(at, now)} />
                    <span class="hidden-text">
                      , question {turn} of the conversation {chatId}
                    </span>
                  </a>
                </span>
              </li>
            ))}
          </ul>
        )}
      </main>
    </Frame>
  );
}
