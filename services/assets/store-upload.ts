import { assetName } from '../../contract/ids.js';
import { type AssetStore, AssetRefused } from './assets.js';
import type { Intake } from './intake.js';

/** A camera's picture is smaller; it is re-read in memory. */
const MOST_BYTES = 20 * 1024 ** 2;

/** Stores a picture that a person uploads for a post. */
export type StoreUpload = (
  postId: string,
  picture: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
) => Promise<{
  /** Its name, for the edit that puts it into the post. Remove it where that edit is refused. */
  readonly asset: string;
}>;

/**
 * Checks and stores uploads like the file of a provider: a PNG, JPEG or WebP that decodes whole, up to 20 MB and 40 million
 * pixels, kept as a PNG under the next free name of the post's pictures. Several at once get names of their own.
 *
 * @throws AssetRefused for what is no such picture, AssetNotStored where the folder takes no file, what reading throws
 */
export function createStoreUpload({
  intake,
  assets,
}: {
  readonly intake: Pick<Intake, 'take'>;
  readonly assets: Pick<AssetStore, 'size'>;
}): StoreUpload {
  const taken = new Set<string>();

  async function freeName(postId: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const name = assetName(postId, 'hero', number);
      if (taken.has(name)) continue;
      // Before the store is asked, so that no other upload takes it meanwhile.
      taken.add(name);
      if ((await assets.size(name)) === null) return name;
      taken.delete(name);
    }
  }

  return async function storeUpload(postId, picture) {
    const asset = await freeName(postId);
    try {
      const order = { asset, kind: 'picture', provenance: null, tries: 0, onTry: () => undefined } as const;
      await intake.take(order, async (write) => {
        let size = 0;
        for await (const chunk of picture) {
          size += chunk.length;
          if (size > MOST_BYTES)
            throw new AssetRefused(`the picture is larger than ${MOST_BYTES / 1024 ** 2} MB`, {
              final: true,
            });
          await write(chunk);
        }
      });
      return { asset };
    } finally {
      taken.delete(asset);
    }
  };
}
