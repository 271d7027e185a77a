import { OlderLink, RoomPage, type Viewer } from '../kit/room-page.js';
import type { Chat } from '../../services/archive/chats/chats.js';
import { chatListPath, CHATS_PATH, deskChatPath, questionCount, questionsPath } from './chat-words.js';
import { cutText } from '../../contract/draft.js';
import { SAMPLE } from '../../contract/sample-words.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import { ago, Time } from '../kit/time.js';
import { OPEN_QUESTIONS_MOST, type OpenQuestion } from '../../contract/open-questions.js';
import { NEW_BATCH_PATH } from '../batches/batch-words.js';

/** Of a first question, in characters: a line or two of the list. */
const QUESTION_SHOWN = 120;

interface ChatListPageProps {
  readonly viewer: Viewer;
  readonly chats: readonly Chat[];
  /** Of one account only; null for all. */
  readonly account: string | null;
  /** The handles that a person may keep the list to. */
  readonly accounts: readonly string[];
  /** The address of the page after this one; null for the last one. */
  readonly older: string | null;
  /** Not the first page. */
  readonly isOlder: boolean;
  /** What the form that was sent did; null for a page that is only looked at. */
  readonly said: string | null;
  readonly now: Date;
}

/** `/desk/chats`: what readers talked about with the accounts, the newest conversation first. */
export function ChatListPage(props: ChatListPageProps) {
  const { viewer, chats, account, accounts, older, isOlder, said, now } = props;
  // With one account there is nothing to choose, and its questions are at hand.
  const asked = accounts.length === 1 ? accounts[0] : accounts.find((handle) => handle === account);
  const offline = chats.length > 0 && chats.every((chat) => chat.offline);
  return (
    <RoomPage
      {...viewer}
      title="Chats"
      heading={account === null ? undefined : `Chats with @${account}`}
      place="chats"
      offline={offline}
      said={said}
      actions={<AccountFilter {...props} />}
    >
      {asked !== undefined && (
        <p>
          <a href={questionsPath(asked)}>Questions without an answer</a>
        </p>
      )}
      {chats.length === 0 && !isOlder && <NoChat account={account} />}
      {isOlder && (
        <p>
          <a href={chatListPath({ account })}>The newest conversations</a>
        </p>
      )}
      <ul class="lines">
        {chats.map((chat) => (
          <ChatLine chat={chat} offline={offline} now={now} />
        ))}
      </ul>
      <OlderLink path={older}>Older conversations</OlderLink>
    </RoomPage>
  );
}

function ChatLine({ chat, offline, now }: { chat: Chat; offline: boolean; now: Date }) {
  const { id, account, question, turns, cost, lastAt } = chat;
  return (
    <li id={`chat-${id}`} class="chat-line">
      <div class="chat-name">
        <a href={deskChatPath(id)}>{cutText(question, QUESTION_SHOWN)}</a>
        <span class="under">
          @{account} · <code>{id}</code>
          {chat.offline && !offline && ` · ${SAMPLE}`}
        </span>
      </div>
      <span>{questionCount(turns)}</span>
      <span class="number">{dollars(toUsd(cost))}</span>
      <span class="chat-age quiet">
        <Time iso={lastAt} text={ago(lastAt, now)} />
      </span>
    </li>
  );
}

function AccountFilter({ account, accounts }: ChatListPageProps) {
  if (accounts.length < 2) return <></>;
  return (
    <nav class="choices" aria-label="Account">
      {[null, ...accounts].map((handle) => (
        <a
          class="choice"
          href={chatListPath({ account: handle })}
          aria-current={handle === account ? 'true' : undefined}
        >
          {handle === null ? 'All' : `@${handle}`}
        </a>
      ))}
    </nav>
  );
}

function NoChat({ account }: { account: string | null }) {
  return (
    <div class="empty">
      <p>
        <strong>{account === null ? 'Nobody has asked yet.' : `Nobody has asked @${account} yet.`}</strong>
      </p>
      <p>
        Readers may ask an account whose file has <code>chat: {'{ enabled: true }'}</code>. It answers from
        the posts that it has published, and cites them; what they asked stands here.
      </p>
      {account !== null && (
        <p>
          <a href={CHATS_PATH}>All conversations</a>
        </p>
      )}
    </div>
  );
}

interface QuestionsPageProps {
  readonly viewer: Viewer;
  /** A handle. */
  readonly account: string;
  /** Whether a batch can be asked of it: its file can be used. */
  readonly canPlan: boolean;
  /** The newest first. */
  readonly questions: readonly OpenQuestion[];
  readonly now: Date;
}

/** `/desk/chats/questions?account=<handle>`: what readers asked and no post answers. */
export function QuestionsPage({ viewer, account, canPlan, questions, now }: QuestionsPageProps) {
  const planned = Math.min(questions.length, OPEN_QUESTIONS_MOST);
  return (
    <RoomPage
      {...viewer}
      title="Questions without an answer"
      place="chats"
      width="middle"
      trail={
        <>
          <a href={CHATS_PATH}>Chats</a> / <a href={chatListPath({ account })}>@{account}</a>
        </>
      }
      actions={
        viewer.person.role === 'editor' &&
        canPlan &&
        planned > 0 && (
          <a class="button" href={`${NEW_BATCH_PATH}?account=${encodeURIComponent(account)}&questions=1`}>
            Plan a batch from {planned === 1 ? 'it' : `the newest ${planned}`}
          </a>
        )
      }
    >
      {questions.length === 0 ? (
        <p class="empty">
          Readers have asked @{account} nothing that its posts leave open. What they ask in vain stands here,
          for the next batch to answer.
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
    </RoomPage>
  );
}
