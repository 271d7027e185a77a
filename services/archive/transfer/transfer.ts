/** One row of a dump, as one line of JSON. */
export interface ArchiveLine {
  /** The table; `copydesk` for the first line, which names the version of the dump and its schema. */
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** How many lines of each table were read, and how many of them changed the archive. */
export type LoadedRows = Readonly<Record<string, { readonly read: number; readonly written: number }>>;

/** The whole archive, out of one and into another. */
export interface Transfer {
  /** Everything, as lines that `load` of an empty or older archive takes. Consistent: as of one moment. */
  dump(): AsyncIterable<ArchiveLine>;
  /**
   * Writes lines of a dump; what is there already stays unless the line's is newer. May be repeated. Every line is checked
   * before the first is written.
   *
   * @throws UnreadableLine naming the line that can't be loaded, its table and its field
   */
  load(lines: AsyncIterable<unknown> | Iterable<unknown>): Promise<LoadedRows>;
}
