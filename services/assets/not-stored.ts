const FULL = ['ENOSPC', 'EDQUOT'];

/**
 * The folder of the assets takes no file now: its disk is full, or it may not be written to. Nothing is wrong with the
 * asset, so it is worth another try for as long as a person may need to mend it.
 */
export class AssetNotStored extends Error {
  override name = 'AssetNotStored' as const;
  constructor(asset: string, folder: string, cause: NodeJS.ErrnoException) {
    const why = FULL.includes(cause.code ?? '')
      ? `the disk of ${folder} is full; free some space there`
      : `${folder} can't be written to (${cause.message.split('\n', 1)[0]}); mend that`;
    super(`asset ${asset} could not be stored: ${why}`, { cause });
  }
}
