import { COST_KEYS } from '../contract/lists.js';
import { parseSince, SINCE_FORM } from '../contract/time.js';
import type { CostQuery } from '../services/archive/archive.js';

/** What of a query can't be used, as the API answers it. */
interface Problem {
  readonly field: string;
  readonly message: string;
}

/** The query of `/api/costs`: `by` is `day` when left out, `since` a date in UTC or a time. Empty counts as left out. */
export function costQuery({ by, since }: Readonly<Record<string, string>>): CostQuery | Problem {
  const key = by ? COST_KEYS.find((known) => known === by) : 'day';
  if (!key) return problem('by', by, `one of ${COST_KEYS.join(', ')}`);
  if (!since) return { by: key };
  const time = parseSince(since);
  return time === null ? problem('since', since, SINCE_FORM) : { by: key, since: time };
}

const problem = (field: string, value = '', allowed: string): Problem => ({
  field,
  message: `${field}='${value.slice(0, 60)}' is not ${allowed}`,
});
