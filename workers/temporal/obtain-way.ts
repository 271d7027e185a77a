import type { Environment } from '../../config/settings.js';

export interface ObtainOptions {
  readonly env: Environment;
  /** Gets one line for each way that is tried. */
  readonly say: (line: string) => void;
}

/** The server's path, or in a few words why this way gave none. */
export type WayOutcome = { path: string } | { failed: string };

/** One way to the Temporal server; `cached` is where it is kept for the next time. */
export type Way = (options: ObtainOptions, cached: string) => Promise<WayOutcome>;
