import { errorLine, UsageError } from '../../contract/errors.js';
import { deskApi, DeskRefusal, type DeskApi } from '../desk-api.js';
import { RefusedError } from '../errors.js';

/** How the desk's API is asked, with its refusals as errors of the library. */
export interface Ask {
  /** @throws UsageError for 400 with the field, RefusedError for 409, DeskRefusal with the status for others, DeskError */
  get<T>(path: string, query?: Query): Promise<T>;
  /** @param withinMs how long it may take; 30 seconds when left out. @throws as `get` */
  post<T>(path: string, body: object, withinMs?: number): Promise<T>;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** @param desk asks with its token */
export function askDesk(desk: Pick<DeskApi, 'demand' | 'post'>): Ask {
  return {
    get: (path, query = {}) => explained(desk.demand(`${path}${searchOf(query)}`)),
    post: (path, body, withinMs) => explained(desk.post(path, body, withinMs)),
  };
}

/** What is left out is not asked for; `true` is `1`, as the desk has it. */
function searchOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : [[name, value === true ? '1' : String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`;
}

async function explained<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof DeskRefusal ? meant(error) : error;
  }
}

function meant(refusal: DeskRefusal): Error {
  const { status, reason, field } = refusal;
  if (status === 400) return new UsageError(field ?? 'body', reason);
  return status === 409 ? new RefusedError(errorLine(reason)) : refusal;
}

/** The desk at an address, asked with a token. Nothing is sent before the first call. */
export const deskAt = (url: string, token: string): DeskApi =>
  deskApi({ api: url.replace(/\/$/, ''), token, data: '' });
