import type { Charge } from '../contract/charge.js';
import type { BatchRecord, PostRecord } from '../services/archive/archive.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';

export type { BatchRecord, PostRecord } from '../services/archive/archive.js';

export const createRecord = (services: Services) => ({
  /**
   * Writes a post's record as it is now. May be repeated and come late: an older record never replaces a newer one.
   *
   * @returns the charges that the archive has otherwise: an attempt that was killed wrote down what it really paid
   */
  recordPost(record: PostRecord): Promise<Charge[]> {
    return withHeartbeat(null, () => services.archive.savePost(record));
  },
  recordBatch(record: BatchRecord): Promise<Charge[]> {
    return withHeartbeat(null, () => services.archive.saveBatch(record));
  },
});
