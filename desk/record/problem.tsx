import { stateWords, type PostState } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';

/** Why a post is blocked or failed, in the words of the provider that refused. */
export function ProblemNote({ error, state }: { error: StatusError | null; state: PostState }) {
  if (error === null) return <></>;
  return (
    <div class="problem">
      <p>
        <strong>{stateWords(state)}</strong>: {error.message}
      </p>
      <p class="quiet">
        <code>{error.type}</code>
        {error.requestId !== null && (
          <>
            {' · request '}
            <code>{error.requestId}</code>
          </>
        )}
      </p>
    </div>
  );
}
