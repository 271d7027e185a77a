import type { DeskDeps } from '../deps.js';
import { createAsking, type Asking } from './asking.js';
import { createVisitors, type Visitors } from './visitors.js';

/** Those who ask, by the page as well as by the API: they are told apart, and counted, as one. */
export interface Readers {
  readonly asking: Asking;
  readonly visitors: Visitors;
}

export const createReaders = (deps: DeskDeps): Readers => ({
  asking: createAsking(deps),
  visitors: createVisitors({ secret: deps.sessions.secret, url: deps.settings.url }),
});
