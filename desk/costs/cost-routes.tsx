import type { Hono } from 'hono';
import type { CostQuery } from '../../services/archive/ledger/ledger.js';
import type { DeskDeps } from '../deps.js';
import { BadRequest, parameter } from '../http/bad-request.js';
import { printable } from '../http/printable.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { findViewer } from '../kit/room-page.js';
import { listAccounts } from '../reading/accounts.js';
import { type CostView, readCostView, rowQuery } from './cost-view.js';
import { CostsNow, CostsPage } from './costs-page.js';
import { CostRowPage } from './row-page.js';

/** Of the posts, plans and chats that one row sums. */
const ROWS = 100;

/** `/desk/costs`: the figures of `copydesk costs`, what each is made of, and what samples would have cost. */
export function costRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { archive, now } = deps;
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    const { view, query } = readCostView(c);
    const accounts = await listAccounts(deps);
    const spenders = accounts.filter(({ handle }) => view.account === null || handle === view.account);
    const shown = { ...(await sumCosts(query, view)), view, spenders, now: now() };
    if (parameter(c, 'part') === 'now') return c.html(<CostsNow {...shown} />);
    const handles = accounts.map(({ handle }) => handle);
    return c.html(<CostsPage {...shown} accounts={handles} viewer={await findViewer(c, deps)} />);
  });

  room.get('/row', async (c) => {
    const { view, query } = readCostView(c);
    const of = parameter(c, 'key') ?? '';
    const row = rowQuery(query, of);
    if (row === null) throw new BadRequest('key is not a day, such as 2026-11-24', { field: 'key' });
    const { costs, isRehearsal } = await sumCosts(row, view);
    const rows = costs.rows.slice(0, ROWS);
    const ids = rows.flatMap(({ key }) => (key.startsWith('post/') ? key.slice('post/'.length) : []));
    const { posts } = ids.length > 0 ? await archive.records.listPosts({ ids }) : { posts: [] };
    const shown = printable({
      costs: { ...costs, rows },
      posts: posts.map(({ id, title }) => ({ id, title })),
    });
    return c.html(
      <CostRowPage
        costs={shown.costs}
        cutOff={costs.rows.length - rows.length}
        posts={new Map(shown.posts.map((post) => [post.id, post]))}
        {...{ view, of, isRehearsal, viewer: await findViewer(c, deps) }}
      />,
    );
  });
  return room;

  /** Real money; where nobody has paid for anything yet, or where a person asks for them, the charges of stand-ins. */
  async function sumCosts(query: CostQuery, { money }: CostView) {
    const isRehearsal = money === null ? await isAllPlayed() : money === 'rehearsal';
    return {
      costs: printable(await archive.ledger.sumCosts({ ...query, offline: isRehearsal })),
      isRehearsal,
    };
  }

  async function isAllPlayed(): Promise<boolean> {
    const { total, offlineCharges } = await archive.ledger.sumCosts({ by: 'account' });
    return total.charges === 0 && offlineCharges > 0;
  }
}
