import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CostRow } from '../../../contract/lists.js';
import { toUsd, type Nano } from '../../../contract/money/nano.js';
import type { Schema } from '../schema.js';
import type { CostQuery, Ledger } from './ledger.js';

/** What a charge is summed under. */
const KEYS: Readonly<Record<CostQuery['by'], RawBuilder<string>>> = {
  day: sql`to_char(at at time zone 'UTC', 'YYYY-MM-DD')`,
  account: sql`charges.account`,
  planner: sql`coalesce(charges.planner, '(chat)')`,
  model: sql`charges.model`,
  step: sql`charges.step`,
  payer: sql`coalesce('post/' || charges.post_id, 'chat/' || charges.chat_id, 'batch/' || charges.batch_id)`,
};

/** Its output was refused, belongs to a post that came to nothing, or made way for that of a later charge. */
const wasted = sql<boolean>`(
  outcome <> 'kept'
  or coalesce(posts.status in ('rejected', 'cancelled', 'expired', 'failed'), false)
  or post_id is not null and row_number() over (
    partition by post_id, step, outcome = 'kept' order by at desc, key desc
  ) > 1
)`;

interface SumRow {
  /** Null for the sum of all. */
  readonly key: string | null;
  readonly cost: Nano;
  readonly wasted: Nano;
  readonly unknown: Nano;
  readonly charges: number;
  readonly offline: number;
}

export const costsIn = (db: Kysely<Schema>): Pick<Ledger, 'sumCosts'> => ({
  /**
   * The rows and the total in one statement, so that they add up whatever is written meanwhile. Of real money the charges of
   * stand-ins are only counted, but one that redid real work makes that work wasted, as a later call does that is not asked for.
   */
  async sumCosts({ by, since, until, batchId, account, only, offline = false }) {
    const { rows: sums } = await sql<SumRow>`
      with judged as (
        select
          ${KEYS[by]} as sum_key, ${only === undefined ? sql`null` : KEYS[only.by]} as only_key, at, amount,
          basis = 'unknown' as estimated, charges.offline, charges.offline = ${offline} as summed, ${wasted} as wasted
        from charges left join posts on posts.id = charges.post_id
        where ${since === undefined ? sql`true` : sql`at >= ${since}::timestamptz`}
          and ${batchId === undefined ? sql`true` : sql`charges.batch_id = ${batchId}`}
          and ${account === undefined ? sql`true` : sql`charges.account = ${account}`}
      )
      select
        sum_key as key,
        coalesce(sum(amount) filter (where summed and not estimated), 0)::int8 as cost,
        coalesce(sum(amount) filter (where summed and not estimated and wasted), 0)::int8 as wasted,
        coalesce(sum(amount) filter (where summed and estimated), 0)::int8 as unknown,
        count(*) filter (where summed) as charges,
        count(*) filter (where offline) as offline
      from judged
      where ${until === undefined ? sql`true` : sql`at < ${until}::timestamptz`}
        and ${only === undefined ? sql`true` : sql`only_key = ${only.key}`}
      group by grouping sets ((sum_key), ())
      having sum_key is null or count(*) filter (where summed) > 0
      order by ${by === 'day' ? sql`sum_key` : sql`cost desc, unknown desc, sum_key collate "C"`}
    `.execute(db);
    const total = sums.find(({ key }) => key === null)!;
    return {
      rows: sums.flatMap((sum) => (sum.key === null ? [] : [costRow(sum.key, sum)])),
      total: costRow('total', total),
      offlineCharges: total.offline,
    };
  },
});

const costRow = (key: string, sum: SumRow): CostRow => ({
  key,
  costUsd: toUsd(sum.cost),
  wastedUsd: toUsd(sum.wasted),
  unknownUsd: toUsd(sum.unknown),
  charges: sum.charges,
});
