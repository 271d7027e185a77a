import { join } from 'node:path';
import type { Settings } from '../config/settings.js';
import { type Archive, openArchive } from '../services/archive/archive.js';
import { ArchiveAway } from '../services/archive/database.js';
import type { DeliveryLog } from '../services/archive/deliveries/deliveries.js';
import type { Ledger } from '../services/archive/ledger/ledger.js';
import type { Records } from '../services/archive/records/records.js';
import type { Transfer } from '../services/archive/transfer/transfer.js';
import type { AssetStore } from '../services/assets/assets.js';
import { FileAssets } from '../services/assets/files.js';
import { absent, watchArchive } from './watch-archive.js';
import { closeToOthers } from './data-folder.js';

export interface OpenStores {
  readonly archive: Archive;
  readonly assets: AssetStore;
  /** Rejects when another process has taken the embedded archive over; then this one must end. */
  readonly lost: Promise<never>;
}

/**
 * Opens what outlives the workflows, with the archive's schema up to date. `say` hears what takes long, and when the archive
 * goes away and is back.
 */
export async function openStores(settings: Settings, say: (line: string) => void): Promise<OpenStores> {
  let lose: (why: Error) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => (lose = reject));
  lost.catch(() => undefined);
  const folder = join(settings.data, 'archive');
  const archive = await openArchive({
    databaseUrl: settings.databaseUrl,
    limits: settings.databaseLimits,
    folder,
    onWait: say,
    onLost: (line) => lose(new Error(line)),
  });
  try {
    await archive.migrate();
    // PGlite makes its files open to all, whatever the umask; only their folder keeps others out.
    if (settings.databaseUrl === null) closeToOthers(folder);
  } catch (error) {
    await archive.close();
    throw error;
  }
  return { archive: watchArchive(archive, say), assets: new FileAssets(join(settings.data, 'assets')), lost };
}

/**
 * The stores for the desk beside workers of the same process: on PostgreSQL with connections of its own, so that a page does not
 * wait for what the workers do. What goes away and comes back is said by theirs.
 */
export async function openDeskStores(settings: Settings, stores: OpenStores): Promise<OpenStores> {
  const { databaseUrl, databaseLimits: limits } = settings;
  if (databaseUrl === null) return stores;
  const connections = Math.ceil(limits.connections / 3);
  const archive = await openArchive({ databaseUrl, folder: '', limits: { ...limits, connections } });
  return { ...stores, archive };
}

/** For a worker that runs workflows only: they touch nothing outside Temporal. */
export function noStores(): OpenStores {
  return {
    archive: absent<Archive>('archive', {
      records: absent<Records>('archive'),
      ledger: absent<Ledger>('archive'),
      transfer: absent<Transfer>('archive'),
      deliveries: absent<DeliveryLog>('archive'),
      close: () => Promise.resolve(),
    }),
    assets: absent<AssetStore>('asset store'),
    lost: new Promise<never>(() => undefined),
  };
}

/** Whether an archive that could not be opened may only not be there yet. */
export const isArchiveAway = (error: unknown): boolean => error instanceof ArchiveAway;
