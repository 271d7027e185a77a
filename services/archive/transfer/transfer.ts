/** One row of a dump, as one line of JSON. */
export interface ArchiveLine {
  /** The table; `copydesk` for the first line, which names the version of the dump and its schema. */
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** How many lines of each table were read, and how many of them changed the archive. */
export type LoadedRows = Readonly<Record<string, { readonly read: number; readonly written: number }>>;
