import type { Environment, Settings } from '../../config/settings.js';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.js';
import { obtainTemporal } from '../temporal/obtain.js';
import { openEmbeddedTemporal } from '../temporal/open.js';

/**
 * The embedded Temporal server, made ready: taken over, or obtained and started.
 *
 * @param uiPort where its UI is to be served; null when it is served there already.
 */
export const openEmbedded = (
  settings: Settings,
  env: Environment,
  { uiPort, say }: { uiPort: number | null; say: (line: string) => void },
) =>
  openEmbeddedTemporal({
    data: settings.data,
    port: settings.temporalPort,
    uiPort,
    searchAttributes: SEARCH_ATTRIBUTES,
    obtain: async () => (await obtainTemporal({ env, say })).path,
  });
