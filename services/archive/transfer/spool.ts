import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Place {
  readonly at: number;
  readonly bytes: number;
}

/** Pages of JSON on disk instead of in memory. The temporary file has no name: it goes with the process, however that ends. */
export class Spool<Page> {
  readonly #file: FileHandle;
  readonly #places: Place[] = [];
  #end = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open<Page>(): Promise<Spool<Page>> {
    const folder = await mkdtemp(join(tmpdir(), 'copydesk-spool-'));
    try {
      return new Spool<Page>(await open(join(folder, 'pages'), 'wx+', 0o600));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** @param json of one page */
  async add(json: string): Promise<void> {
    const bytes = Buffer.from(json);
    await this.#file.appendFile(bytes);
    this.#places.push({ at: this.#end, bytes: bytes.length });
    this.#end += bytes.length;
  }

  /** Every page in the order added. */
  async *pages(): AsyncGenerator<Page> {
    for (const { at, bytes } of this.#places) {
      const { buffer } = await this.#file.read(Buffer.alloc(bytes), 0, bytes, at);
      yield JSON.parse(buffer.toString()) as Page;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
