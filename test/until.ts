const PATIENCE_MS = 60_000;

/**
 * Reads until what is read is as wanted.
 *
 * @param pauseMs between two reads.
 * @throws Error with what was read last, after a minute
 */
export async function until<T>(
  read: () => Promise<T>,
  wanted: (status: T) => boolean,
  pauseMs: number = 50,
): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const status = await read();
    if (wanted(status)) return status;
    if (Date.now() > end)
      throw new Error(`not reached in a minute; the last status: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
