import type { PostState } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';

/** Why a post is blocked or failed, in the words of the provider that refused. */
export function Problem({ error, state }: { error: StatusError | null; state: PostState }) {
  if (error === null) return <></>;
  return (
    <p class="problem">
      <strong>{state}</strong>: {error.message}{' '}
      <span class="quiet">
        {error.type}
        {error.requestId !== null && ` · request ${error.requestId}`}
      </span>
    </p>
  );
}
