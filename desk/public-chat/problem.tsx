import type { ApiRefusal } from '../api/refusal.js';

/** Why a question was not answered, in words. `again` offers a button that scripts listen to. */
export function ChatProblem({ message, again = false }: { message: string; again?: boolean }) {
  return (
    <div class="problem">
      <p>{message}</p>
      {again && (
        <button type="button" class="plain-button" data-again>
          Try again
        </button>
      )}
    </div>
  );
}

export const problemWords = ({ message }: Pick<ApiRefusal, 'message'>): string =>
  /[.!?]$/.test(message) ? message : `${message}.`;
