import type { z } from 'zod';

/** Who may ask: a stranger too, who sees what is public; who is signed in; or who of these decides. */
export type Who = 'everybody' | 'viewer' | 'editor';

/** What an answer other than the one that was asked for means. */
export const REFUSALS = {
  400: 'What was sent is wrong: the message names the field, its value and what is allowed',
  401: 'No token, or not one of this desk',
  403: 'Sent by the page of another site, under another name of the desk, or by who only reads',
  404: 'Nothing is there, or nothing that this reader may see',
  409: 'Refused: too late, for another revision, or an id that was used before',
  413: 'The body is too large',
  414: 'The address is too long',
  415: 'The body is not JSON',
  429: 'Too often: wrong tokens from this address, or questions; or the budget of the day is used up. Retry-After says when to come again',
  503: 'Temporal or the archive is away just now',
} as const;

export type RefusalStatus = keyof typeof REFUSALS;

/** One address of the HTTP API, described once: the desk checks with it, and the OpenAPI document is made from it. */
export interface Endpoint<
  Query extends z.ZodObject | undefined = z.ZodObject | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** What a generated client calls it. */
  readonly id: string;
  /** In a PATCH null takes a field away; elsewhere it counts as left out. */
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** With `{id}` for a parameter: `/api/posts/{id}/decisions`. */
  readonly path: string;
  readonly summary: string;
  /** What the summary doesn't say. */
  readonly notes?: string;
  readonly who: Who;
  readonly query: Query;
  /** All of its fields may be left out where the schema takes `{}`: then the body may be left out as well. */
  readonly body: Body;
  readonly answer: {
    readonly status: 200 | 201;
    readonly schema: z.ZodType;
    /** `application/json` when left out. */
    readonly type?: 'text/event-stream';
  };
  /** Those that its kind doesn't bring with it. */
  readonly refusals?: readonly RefusalStatus[];
}

/** Names an endpoint's own types, so that a handler knows what it is given. */
export const endpoint = <
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  described: Omit<Endpoint<Query, Body>, 'query' | 'body'> & { query?: Query; body?: Body },
): Endpoint<Query, Body> => ({
  ...described,
  query: described.query as Query,
  body: described.body as Body,
});

/** The statuses, beside the one of success, that an endpoint answers with, in order. */
export function refusalsOf({ who, path, query, body, refusals = [] }: Endpoint): RefusalStatus[] {
  const all = new Set<RefusalStatus>([403, 429, 503, ...refusals]);
  if (who !== 'everybody') all.add(401);
  if (path.includes('{')) all.add(404).add(414);
  if (query) all.add(400).add(414);
  if (body) for (const status of [400, 409, 413, 415] as const) all.add(status);
  return [...all].toSorted((a, b) => a - b);
}
