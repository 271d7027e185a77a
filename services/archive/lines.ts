import { ArchiveHeld } from './database.js';

/** Who stands in a line, the first of which is at work. */
type Line = { readonly enter: () => void; readonly leave: (why: ArchiveHeld) => void }[];

/**
 * Work that can't be done at a time by its nature, since one lock of the database is held over all of it, waits here for its
 * turn, not inside the database with a connection each. Where the first of a line waits in vain, those behind it would too:
 * they are sent away with it, and try again later.
 */
export class Lines {
  readonly #lines = new Map<string, Line>();

  /** @throws ArchiveHeld when the work before it did */
  async wait<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.#enter(name);
    try {
      return await work();
    } catch (error) {
      if (error instanceof ArchiveHeld)
        this.#lines
          .get(name)
          ?.splice(1)
          .forEach((one) => one.leave(error));
      throw error;
    } finally {
      this.#next(name);
    }
  }

  #enter(name: string): Promise<void> {
    const line = this.#lines.get(name) ?? [];
    this.#lines.set(name, line);
    return new Promise((resolve, reject) => {
      line.push({ enter: resolve, leave: reject });
      if (line.length === 1) resolve();
    });
  }

  #next(name: string): void {
    const line = this.#lines.get(name);
    line?.shift();
    if (line?.[0]) line[0].enter();
    else this.#lines.delete(name);
  }
}
