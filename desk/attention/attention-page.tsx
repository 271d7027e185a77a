import type { AttentionItem } from '../../contract/lists.js';
import { ATTENTION_WORDS } from '../../contract/states.js';
import { batchPath, countPosts } from '../batches/batch-words.js';
import type { Person } from '../http/session.js';
import { deskPostPath } from '../kit/addresses.js';
import { Chip, type Tone } from '../kit/chip.js';
import { ON_CHANGE } from '../kit/frame.js';
import { LivePart, RoomPage, type RoomPageProps } from '../kit/room-page.js';
import { SEND_ONCE } from '../kit/swap.js';
import { ago, Time } from '../kit/time.js';
import { SCHEDULES_PATH } from '../schedules/schedule-list.js';

export const ATTENTION_PATH = '/desk/attention';

interface AttentionListProps {
  readonly items: readonly AttentionItem[];
  readonly person: Person;
  readonly now: Date;
}

type AttentionPageProps = Pick<RoomPageProps, 'counts' | 'said' | 'problem'> & AttentionListProps;

/** `/desk/attention`: what does not go on without a person, each with the button that mends it. */
export function AttentionPage({ counts, said, problem, ...list }: AttentionPageProps) {
  return (
    <RoomPage
      person={list.person}
      counts={counts}
      title="Needs attention"
      place="attention"
      said={said}
      problem={problem}
      width="middle"
    >
      {/* No event tells of a schedule. */}
      <LivePart path={`${ATTENTION_PATH}?part=list`} on={`${ON_CHANGE}, every 60s`}>
        <AttentionItems {...list} />
      </LivePart>
    </RoomPage>
  );
}

/** The part of the page that is fetched again when something changes. */
export function AttentionItems({ items, person, now }: AttentionListProps) {
  if (items.length === 0) return <p class="empty">Nothing needs you: everything goes on by itself.</p>;
  return (
    <ul class="lines">
      {items.map((item) => (
        <li id={`attention-${item.what}-${item.id}`} class="attention-line">
          <div>
            <Chip word={ATTENTION_WORDS[item.what]} tone={KINDS[item.what].tone} />{' '}
            <a href={KINDS[item.what].path(item.id)}>{item.title}</a>
            <span class="under">
              {item.account === null ? 'several accounts' : `@${item.account}`}
              {item.since !== null && (
                <>
                  {' · '}
                  <Time iso={item.since} text={ago(item.since, now)} />
                </>
              )}
            </span>
            <p>{item.reason}</p>
          </div>
          {person.role === 'editor' &&
            (approves(item) === null ? (
              <MendButton item={item} />
            ) : (
              <a class="plain-button" href={`/desk?batch=${approves(item)}`}>
                Look at its posts
              </a>
            ))}
        </li>
      ))}
    </ul>
  );
}

const KINDS: Readonly<Record<AttentionItem['what'], { tone: Tone; path: (id: string) => string }>> = {
  key: { tone: 'bad', path: () => '/desk?status=blocked' },
  batch: { tone: 'wait', path: batchPath },
  schedule: { tone: 'wait', path: () => SCHEDULES_PATH },
  target: { tone: 'bad', path: (id) => deskPostPath(id) },
  post: { tone: 'bad', path: (id) => deskPostPath(id) },
};

function MendButton({ item }: { item: AttentionItem }) {
  return (
    <form method="post" action={ATTENTION_PATH} class="buttons" {...SEND_ONCE}>
      <input type="hidden" name="what" value={item.what} />
      <input type="hidden" name="id" value={item.id} />
      <button type="submit" class="plain-button">
        {mendWords(item)}
        <span class="hidden-text">: {item.title}</span>
      </button>
    </form>
  );
}

/** The batch that is to be decided, which nobody does without a look; null for what is mended by a button. */
const approves = ({ mend }: AttentionItem): string | null =>
  /^\/api\/batches\/(\w+)\/approve$/.exec(mend.path)?.[1] ?? null;

function mendWords({ what, posts, mend }: AttentionItem): string {
  if (what === 'target') return 'Publish again';
  if (what === 'key') return `Resume ${countPosts(posts.length)}`;
  return mend.path.endsWith('/run') ? 'Run now' : 'Resume';
}
