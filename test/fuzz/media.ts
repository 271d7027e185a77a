/** Pictures and clips as a provider may send them. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { film } from '../../offline/fal/clip.js';
import { FileChecker, type FileKind } from '../../services/assets/checker.js';
import { AssetRefused } from '../../services/assets/assets.js';
import { mutatedBytes } from './odd.js';
import { inTime, type Target } from './run.js';

/** In ms. A file of a few kilobytes takes a few; the first waits for the thread to start. */
const TIME = 30_000;

/** Good files of a few kilobytes to change. */
export async function media(): Promise<readonly Target[]> {
  const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: '#1f6f78' } });
  const [png, jpeg, webp] = await Promise.all([
    plain.png().toBuffer(),
    plain.jpeg().toBuffer(),
    plain.webp().toBuffer(),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-fuzz-'));
  const checker = new FileChecker();
  const clip = await film({ picture: png, size: { width: 64, height: 48 }, seconds: 1 });
  const target = (name: string, runs: number, kind: FileKind, given: fc.Arbitrary<Uint8Array>): Target => ({
    ...{ name, runs, given },
    run: (file: Uint8Array) => refused(checker, kind, join(folder, kind), file),
  });
  return [
    target('pictures', 2_000, 'picture', mutatedBytes(png, jpeg, webp)),
    target('clips', 2_000, 'clip', mutatedBytes(clip)),
    target('what is neither', 1_000, 'clip', fc.uint8Array({ maxLength: 200 })),
  ];
}

async function refused(checker: FileChecker, kind: FileKind, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await inTime(TIME, () =>
      checker.check(kind, async () => {
        await writeFile(path, bytes);
        return path;
      }),
    );
  } catch (error) {
    if (!(error instanceof AssetRefused)) throw error;
  }
}
