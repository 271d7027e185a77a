import type { Costs, PostSummary } from '../../contract/lists.js';
import { batchPath } from '../batches/batch-words.js';
import { deskChatPath } from '../chats/chat-words.js';
import { deskPostPath } from '../kit/addresses.js';
import { RoomPage, type Viewer } from '../kit/room-page.js';
import { costLabel, costsPath, type CostView } from './cost-view.js';
import { Rehearsal } from './costs-page.js';
import { CostsTable } from './costs-table.js';

interface CostRowPageProps {
  readonly viewer: Viewer;
  readonly view: CostView;
  /** The row's own key. */
  readonly of: string;
  /** By who paid, the dearest first; their sum is of all, also of those that are cut off. */
  readonly costs: Costs;
  readonly cutOff: number;
  readonly posts: ReadonlyMap<string, Pick<PostSummary, 'title'>>;
  readonly isRehearsal: boolean;
}

/** `/desk/costs/row`: the posts, plans and chats that a row of the costs sums. */
export function CostRowPage({ viewer, view, of, costs, cutOff, posts, isRehearsal }: CostRowPageProps) {
  const label = (key: string) => {
    const [kind, id = ''] = key.split('/');
    if (kind === 'post') return <a href={deskPostPath(id)}>{posts.get(id)?.title || `Post ${id}`}</a>;
    if (kind === 'chat') return <a href={deskChatPath(id)}>Chat {id}</a>;
    return <a href={batchPath(id)}>Plan of batch {id}</a>;
  };
  return (
    <RoomPage
      {...viewer}
      title={`Costs: ${costLabel(view.by, of)}`}
      place="costs"
      width="middle"
      trail={<a href={costsPath(view)}>Costs{view.account !== null && ` of @${view.account}`}</a>}
    >
      {isRehearsal && <Rehearsal />}
      {costs.rows.length === 0 ? (
        <p class="empty">Nothing was paid here.</p>
      ) : (
        <CostsTable
          costs={costs}
          caption={cutOff > 0 ? `The dearest; ${cutOff} more are in the total` : 'What makes up this sum'}
          head="Post, plan or chat"
          label={label}
        />
      )}
    </RoomPage>
  );
}
