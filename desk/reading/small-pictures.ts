import type { AssetStore } from '../../services/assets/assets.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Makes and keeps what pages show small. */
export interface SmallPictures {
  /** Null where it can't be made, or where too many are asked for at once: then the whole picture is to be shown. */
  find(asset: string, width: number): Promise<Bytes | null>;
}

export interface SmallPicturesOptions {
  readonly assets: Pick<AssetStore, 'read'>;
  readonly make: (bytes: Uint8Array, width: number) => Promise<Bytes>;
  /** Of what is kept in memory, in bytes. */
  readonly mostBytes?: number;
  /** Made at once: each holds a whole picture, and a core. */
  readonly mostAtWork?: number;
  /** Asked for and not made yet: a long list, seen by several people. */
  readonly mostWaiting?: number;
}

/** In memory, the least used going first: a browser keeps what it has, and a restart makes the rest again. */
export function createSmallPictures({
  assets,
  make,
  mostBytes = 16 * 1024 ** 2,
  mostAtWork = 2,
  mostWaiting = 200,
}: SmallPicturesOptions): SmallPictures {
  const kept = new Map<string, Bytes>();
  const asked = new Map<string, Promise<Bytes | null>>();
  const waiting: (() => void)[] = [];
  let bytesKept = 0;
  let atWork = 0;

  function keep(key: string, bytes: Bytes): void {
    kept.set(key, bytes);
    bytesKept += bytes.length;
    for (const [oldest, its] of kept) {
      if (bytesKept <= mostBytes) return;
      kept.delete(oldest);
      bytesKept -= its.length;
    }
  }

  async function makeInTurn(asset: string, width: number): Promise<Bytes | null> {
    if (atWork < mostAtWork) atWork += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await make(await assets.read(asset), width);
    } catch {
      return null;
    } finally {
      // The turn is passed on, or given back.
      const next = waiting.shift();
      if (next) next();
      else atWork -= 1;
    }
  }

  return {
    async find(asset, width) {
      const key = `${asset} ${width}`;
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const pending = asked.get(key);
      if (pending) return pending;
      if (waiting.length >= mostWaiting) return null;
      const made = makeInTurn(asset, width);
      asked.set(key, made);
      const bytes = await made;
      asked.delete(key);
      if (bytes) keep(key, bytes);
      return bytes;
    },
  };
}
