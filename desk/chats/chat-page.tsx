import { RoomPage, RunLink, type Viewer } from '../kit/room-page.js';
import type { Chat } from '../../services/archive/chats/chats.js';
import type { Turn } from '../../contract/chat.js';
import type { Account } from '../../contract/account.js';
import { accountPath, deskPostPath, type TemporalUi } from '../kit/addresses.js';
import { chatListPath, CHATS_PATH, deskChatPath, OUTCOME_WORDS, questionCount } from './chat-words.js';
import { dollars, toUsd } from '../../contract/money/nano.js';
import { clockTime, Time } from '../kit/time.js';
import { chatWorkflowId } from '../../contract/ids.js';
import { Chip } from '../kit/chip.js';
import { SAMPLE } from '../../contract/sample-words.js';
import { ConfirmPage } from '../kit/confirm-page.js';

interface ChatPageProps {
  readonly viewer: Viewer;
  readonly chat: Chat;
  /** The first one first. */
  readonly turns: readonly Turn[];
  /** As its file is now; null without one. */
  readonly account: Account | null;
  readonly temporalUi: TemporalUi | null;
  /** Why it was not deleted. */
  readonly problem: string | null;
  readonly now: Date;
}

/** `/desk/chats/<id>`: a whole conversation, as nobody outside of the desk sees it. */
export function ConversationPage(props: ChatPageProps) {
  const { viewer, chat, turns, account, temporalUi, problem, now } = props;
  const zone = account?.timeZone ?? 'UTC';
  const name = account?.name ?? `@${chat.account}`;
  const offline = turns.length > 0 && turns.every((turn) => turn.offline);
  const visitors = [...new Set(turns.map(({ visitor }) => visitor))];
  return (
    <RoomPage
      {...viewer}
      title={`Chat with @${chat.account}`}
      heading={`Chat with ${name}`}
      place="chats"
      width="middle"
      offline={offline}
      zone={zone}
      problem={problem}
      trail={
        <>
          <a href={CHATS_PATH}>Chats</a> /{' '}
          <a href={chatListPath({ account: chat.account })}>@{chat.account}</a> / <code>{chat.id}</code>
        </>
      }
      about={
        <p class="quiet">
          <a href={accountPath(chat.account)}>@{chat.account}</a> · {questionCount(chat.turns)} ·{' '}
          {dollars(toUsd(chat.cost))} · begun{' '}
          <Time iso={chat.createdAt} text={clockTime(chat.createdAt, zone, now)} />
          <RunLink ui={temporalUi} workflowId={chatWorkflowId(chat.id)} />
        </p>
      }
      actions={
        viewer.person.role === 'editor' && (
          <a class="button plain-button" href={`${deskChatPath(chat.id)}/delete`}>
            Delete conversation
          </a>
        )
      }
    >
      <ol class="talk">
        {turns.map((turn) => (
          <TurnOfDesk
            turn={turn}
            reader={visitors.length > 1 ? visitors.indexOf(turn.visitor) + 1 : null}
            isMixed={!offline}
            time={clockTime(turn.at, zone, now)}
            name={name}
          />
        ))}
      </ol>
    </RoomPage>
  );
}

interface TurnProps {
  readonly turn: Turn;
  /** Which of several readers asked, from 1; null where there was one. */
  readonly reader: number | null;
  /** Whether the page leaves it open who is a stand-in. */
  readonly isMixed: boolean;
  readonly time: string;
  /** Who answers. */
  readonly name: string;
}

function TurnOfDesk({ turn, reader, isMixed, time, name }: TurnProps) {
  const { word, tone } = OUTCOME_WORDS[turn.outcome] ?? { word: turn.outcome, tone: 'over' };
  return (
    <li id={`turn-${turn.turn}`} class="turn">
      <h2 class="turn-head">
        Question {turn.turn}
        {reader !== null && `, reader ${reader}`} <Chip word={word} tone={tone} />
        {turn.offline && isMixed && <span class="quiet">{SAMPLE}</span>}
        <span class="quiet turn-time">
          <Time iso={turn.at} text={time} />
        </span>
      </h2>
      <blockquote class="turn-question">{turn.question}</blockquote>
      <p class="turn-who">{name}</p>
      <div class="turn-answer">{turn.answer}</div>
      {turn.citations.length > 0 && (
        <ul class="plain turn-cited" aria-label={`Posts that answer ${turn.turn} cites`}>
          {turn.citations.map(({ postId, title }) => (
            <li>
              <a href={deskPostPath(postId)}>{title}</a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** `/desk/chats/<id>/delete`: asks before what was said is gone for good. */
export function DeletePage({ chat, viewer }: { chat: Chat; viewer: Viewer }) {
  return (
    <ConfirmPage
      {...viewer}
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
