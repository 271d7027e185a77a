/** Hostile inputs by what is wrong with each. */
export type Corpus<T> = Readonly<Record<string, T>>;

/** An answer as a played provider gives it. */
export interface HostileAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In pieces, one after the other: they may never end. */
  readonly body: string | Uint8Array | (() => Iterable<Uint8Array>);
}
