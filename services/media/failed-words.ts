import { readable } from '../readable.js';
import type { Secrets } from '../secrets.js';

/**
 * The words of a status document on a job that completed with an error; null where it names none. fal puts `error`, a sentence,
 * and `error_type`, such as `runner_disconnected`, beside the status (https://fal.ai/docs/inference-api/queue/status.md).
 */
export function failedWords(status: unknown, secrets: Secrets): string | null {
  const { error, error_type: type } = (status ?? {}) as { error?: unknown; error_type?: unknown };
  const words = wordsOf(error);
  const kind = typeof type === 'string' && type !== '' ? type : null;
  if (words === null) return kind === null ? null : readable(kind, secrets);
  return readable(kind === null ? words : `${words} (${kind})`, secrets);
}

/** A sentence, or a document such as that of a result: its words, else as JSON. */
function wordsOf(error: unknown): string | null {
  if (error === undefined || error === null || error === '' || error === false) return null;
  if (typeof error === 'string') return error;
  const { message, msg, detail } = error as { message?: unknown; msg?: unknown; detail?: unknown };
  const said = [message, msg, detail].find((one) => typeof one === 'string' && one !== '');
  return typeof said === 'string' ? said : JSON.stringify(error);
}
