import type { StatusError } from './status.js';

/** The failures that a wrong key or an empty account has: what stops one post stops all. */
const KEY_FAILURES = ['Provider.Authentication', 'Provider.Forbidden', 'Provider.QuotaUsedUp'];

export const isKeyFailure = (error: StatusError | null): boolean =>
  error !== null && KEY_FAILURES.includes(error.type);
