import { COST_KEYS } from '../../contract/money/charge.js';
import { parseSince, SINCE_FORM } from '../../contract/time.js';
import type { CostQuery } from '../../services/archive/ledger/ledger.js';
import { BadRequest } from '../http/bad-request.js';

interface Asked {
  /** `day` when left out. */
  readonly by: string | undefined;
  /** A date in UTC or a time. */
  readonly since: string | undefined;
}

/** The query of `/api/costs`. @throws BadRequest naming what can't be used */
export function costQuery({ by = 'day', since }: Asked): CostQuery {
  const key = COST_KEYS.find((known) => known === by) ?? wrong('by', by, `one of ${COST_KEYS.join(', ')}`);
  if (since === undefined) return { by: key };
  return { by: key, since: parseSince(since) ?? wrong('since', since, SINCE_FORM) };
}

function wrong(field: string, value: string, allowed: string): never {
  throw new BadRequest(`${field}='${value.slice(0, 60)}' is not ${allowed}`, { field });
}
