/** The thread in which files from outside are parsed: see checker.ts, which starts it. */
import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { checkClip, checkPicture } from './check.js';
import type { CheckAnswer, CheckJob } from './checker.js';
import { AssetRefused } from './assets.js';

// Each file is decoded once: what libvips keeps of it is of no more use, and more threads are more buffers.
sharp.cache(false);
sharp.concurrency(1);

const answer = (message: CheckAnswer): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ kind, path, xmp }: CheckJob) => {
  const checked =
    kind === 'clip'
      ? checkClip(path, xmp).then(() => path)
      : checkPicture(path, xmp).then((picture) => picture.path);
  checked.then(
    (fit) => answer({ fit }),
    (error: unknown) => answer(answerOf(error)),
  );
});
answer('ready');

function answerOf(error: unknown): CheckAnswer {
  if (error instanceof AssetRefused) return { refused: error.message, final: error.final };
  const { message, code } = error as NodeJS.ErrnoException;
  return { failed: message, code };
}
