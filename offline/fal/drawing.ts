import { Tinypool } from 'tinypool';
import type { Film } from './clip.js';
import type { PictureOrder } from './picture.js';
import type { Size } from './shape.js';

/** What a studio draws with. */
export interface Drawing {
  /** What it draws is worth keeping: the same is not drawn again in no time. */
  readonly kept: boolean;
  picture(order: PictureOrder): Promise<Uint8Array>;
  film(film: Film): Promise<Uint8Array>;
  /** The size of a picture; null for bytes that are none. */
  sizeOf(bytes: Uint8Array): Promise<Size | null>;
  close(): Promise<void>;
}

/** How long the thread is kept without work. What it draws with takes half a second to load, and 150 MB. */
const IDLE_MS = 10_000;

/**
 * Draws in a thread of its own, one thing at a time, so that it never starves the server that hands the files out. The thread
 * ends when there is nothing to draw, and gives back what it had loaded.
 */
export function drawnByThread(): Drawing {
  const pool = new Tinypool({
    // Of what it offers it is asked for one at its start.
    filename: threadFile(),
    name: 'picture',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    execArgv: [],
    env: {},
  });
  return {
    kept: true,
    picture: (order) => pool.run(order, { name: 'picture' }) as Promise<Uint8Array>,
    film: (film) => pool.run(film, { name: 'film' }) as Promise<Uint8Array>,
    sizeOf: (bytes) => pool.run(bytes, { name: 'sizeOf' }) as Promise<Size | null>,
    close: () => pool.destroy(),
  };
}

/** One colour, drawn once for each size: for runs that measure something else. */
export function drawnPlainly(): Drawing {
  const made = new Map<string, Promise<Uint8Array>>();
  const once = (what: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const known = made.get(what) ?? make();
    made.set(what, known);
    return known;
  };
  const plain = () => import('./picture.js');
  const picture = ({ size }: Pick<PictureOrder, 'size'>): Promise<Uint8Array> =>
    once(`picture ${size.width}x${size.height}`, async () => (await plain()).drawPlain(size));
  return {
    kept: false,
    picture,
    film: ({ size }) =>
      once(`clip ${size.width}x${size.height}`, async () =>
        (await import('./clip.js')).film({ picture: await picture({ size }), size, seconds: 1 }),
      ),
    sizeOf: async (bytes) => (await plain()).sizeOf(bytes),
    close: () => Promise.resolve(),
  };
}

/** A thread does not read our sources by itself, as in tests: on Node 20 it takes over no `--import`. */
function threadFile(): string {
  if (!import.meta.url.endsWith('.ts')) return new URL('./draw-thread.js', import.meta.url).href;
  const file = new URL('./draw-thread.ts', import.meta.url).href;
  const tsx = import.meta.resolve('tsx/esm/api');
  return `data:text/javascript,import { register } from '${tsx}'; register();
    const { picture, film, sizeOf } = await import('${file}'); export { picture, film, sizeOf };`;
}
