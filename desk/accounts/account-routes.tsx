import type { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { printable } from '../http/printable.js';
import { parameter } from '../http/bad-request.js';
import { AccountLines, AccountsPage } from './accounts-page.js';
import { findViewer } from '../kit/room-page.js';
import { isHandle } from '../kit/addresses.js';
import { AccountNow, AccountPage } from './account-page.js';
import { addDeliveryRoutes } from './deliveries.js';
import { monthStart } from '../batches/estimate.js';
import type { Account } from '../../contract/account.js';
import type { Problem } from '../../config/accounts/problem.js';
import type { PostState } from '../../contract/states.js';
import type { ReadAccount } from '../../config/accounts/load.js';
import type { CostRow, PostCounts } from '../../contract/lists.js';

const RECENT = 5;

/** `/desk/accounts`: what the account files say, and what is wrong in them. */
export function accountRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { archive, now } = deps;
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    const rows = printable(await readRows(deps));
    if (parameter(c, 'part') === 'list') return c.html(<AccountLines rows={rows} />);
    return c.html(<AccountsPage viewer={await findViewer(c, deps)} rows={rows} />);
  });

  room.get('/:handle', async (c) => {
    const handle = c.req.param('handle');
    if (!isHandle(handle)) return c.notFound();
    const row = (await readRows(deps)).find((each) => each.handle === handle);
    if (!row) return c.notFound();
    const { batches } = await archive.records.listBatches({ account: handle, limit: RECENT });
    const shown = { ...printable({ row, batches }), now: now() };
    if (parameter(c, 'part') === 'now') return c.html(<AccountNow {...shown} person={c.get('person')} />);
    return c.html(<AccountPage {...shown} viewer={await findViewer(c, deps)} />);
  });
  addDeliveryRoutes(room, deps);
  return room;
}

async function readRows({ accounts, archive, now }: DeskDeps): Promise<AccountRow[]> {
  const [files, kept, counts, month] = await Promise.all([
    accounts.check(),
    archive.records.listAccounts(),
    archive.records.countPosts(),
    archive.ledger.sumCosts({ by: 'account', since: monthStart(now()) }),
  ]);
  return accountRows({ files, kept, counts, month: month.rows });
}

/** A line of the list of accounts. */
export interface AccountRow {
  readonly handle: string;
  /** As its file is now, or without one as its last batch kept it; null for a file that can't be used. */
  readonly account: Account | null;
  /** Null for an account that has batches and no file any more. */
  readonly file: string | null;
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Partial<Record<PostState, number>>>;
  /** Spent this month, estimates of lost answers included, in US dollars. */
  readonly monthUsd: number;
}

interface AccountSources {
  readonly files: readonly ReadAccount[];
  /** As their newest batches kept them. */
  readonly kept: readonly Account[];
  readonly counts: PostCounts;
  /** By account, of this month. */
  readonly month: readonly CostRow[];
}

/** Every account that has a file or a batch, by handle. A file that is named wrongly stands under the name that it has. */
function accountRows({ files, kept, counts, month }: AccountSources): AccountRow[] {
  const withFile = files.map(({ file, handle, account, problems }) => ({
    handle,
    file,
    problems,
    account: problems.length === 0 ? account : null,
  }));
  const handles = new Set(withFile.map(({ handle }) => handle));
  const without = kept
    .filter(({ handle }) => !handles.has(handle))
    .map((account) => ({ handle: account.handle, file: null, problems: [], account }));
  return [...withFile, ...without]
    .toSorted((a, b) => (a.handle < b.handle ? -1 : 1))
    .map((row) => {
      const spent = month.find(({ key }) => key === row.handle);
      return {
        ...row,
        counts: counts.accounts[row.handle] ?? {},
        monthUsd: (spent?.costUsd ?? 0) + (spent?.unknownUsd ?? 0),
      };
    });
}
