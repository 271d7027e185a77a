/** What was opened, to be closed in the opposite order, each whether or not another fails. */
export class Closers {
  readonly #closers: { readonly name: string; readonly close: () => unknown }[] = [];

  add(name: string, close: () => unknown): void {
    this.#closers.push({ name, close });
  }

  /** @param failed hears of each that could not be closed. */
  async close(failed: (line: string) => void): Promise<void> {
    // A promise keeps no process alive, and what closes may wait for nothing else, such as the end of a child that was let go.
    const alive = setInterval(() => undefined, 60_000);
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      try {
        await closer.close();
      } catch (error) {
        failed(
          `${closer.name} could not be closed: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    clearInterval(alive);
  }
}
