import type { Context } from 'hono';
import { HANDLE_PATTERN } from '../../config/accounts/handle.js';

/** The first part of an account's addresses, `/@<handle>`. */
export const ACCOUNT_ROUTE = '/:at{@[^/]+}';

/** Whether an account can be called so: what comes from an address is asked of no archive before. */
export const isHandle = (text: string): boolean => HANDLE_PATTERN.test(text);

/** The handle in an account's address; null where no account can be called so. */
export function handleOf(c: Context): string | null {
  const handle = (c.req.param('at') ?? '').slice(1);
  return isHandle(handle) ? handle : null;
}
