import type { Context } from 'hono';

/** The first part of an account's addresses, `/@<handle>`. */
export const ACCOUNT_ROUTE = '/:at{@[^/]+}';

/** The handle in an account's address. */
export const handleOf = (c: Context): string => (c.req.param('at') ?? '').slice(1);
