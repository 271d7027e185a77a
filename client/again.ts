import { setTimeout as sleep } from 'node:timers/promises';
import { readTemporalFailure } from './temporal-failure.js';

const MOST_TRIES = 10;
const PAUSE_MS = 100;

/**
 * An update that was interrupted has not been taken: the workflow never came to the end of that turn.
 *
 * @param mayBeSentAgain the errors after which it is sent again, ten times in all
 */
export async function againIfInterrupted<T>(
  send: () => Promise<T>,
  mayBeSentAgain: (error: unknown) => boolean = (error) => readTemporalFailure(error) === 'interrupted',
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send();
    } catch (error) {
      if (!mayBeSentAgain(error) || tries === MOST_TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
