import type { Environment, Settings } from '../../contract/settings.js';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.js';
import { obtainTemporal } from '../temporal/obtain.js';
import { openEmbeddedTemporal } from '../temporal/open.js';

/** The embedded Temporal server, made ready: taken over, or obtained and started. */
export const openEmbedded = (settings: Settings, env: Environment, say: (line: string) => void) =>
  openEmbeddedTemporal({
    data: settings.data,
    port: settings.temporalPort,
    searchAttributes: SEARCH_ATTRIBUTES,
    obtain: async () => (await obtainTemporal({ env, say })).path,
  });
