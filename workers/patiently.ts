import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 1_000;

/**
 * Opens what may not be there yet, since the parts of a system are started in any order: tries for a minute, saying so once.
 *
 * @param isAway whether an error says that it is only away.
 * @throws what `open` throws, when that is no matter of waiting or the minute is over
 */
export async function openPatiently<T>(
  open: () => Promise<T>,
  options: { isAway: (error: unknown) => boolean; say: (line: string) => void; withinMs?: number },
): Promise<T> {
  const { isAway, say, withinMs = 60_000 } = options;
  const end = Date.now() + withinMs;
  for (let told = false; ; told = true) {
    try {
      return await open();
    } catch (error) {
      if (!isAway(error) || Date.now() > end) throw error;
      if (!told) say(`${(error as Error).message}; waiting up to ${withinMs / 1_000} s for it`);
      await sleep(EVERY_MS);
    }
  }
}
