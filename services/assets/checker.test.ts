import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { tempFiles, tempFolder } from '../testing/temp-folder.js';
import { FileChecker, type FileKind } from './checker.js';
import { AssetRefused } from './assets.js';
import { clipOf } from './testing/boxes.js';
import { costlyClip, HOSTILE_CLIPS, ODD_CLIPS } from './testing/hostile-clips.js';
import { noise } from './testing/noise.js';

const stored = tempFiles();
const folder = tempFolder();

const checkedAt = (path: string, by = checker, kind: FileKind = 'clip'): Promise<string> =>
  by
    .check(kind, () => Promise.resolve(path))
    .then(
      () => 'fit',
      (error: unknown) => {
        if (!(error instanceof AssetRefused)) throw error;
        return `${error.final ? 'for good' : 'for now'}: ${error.message}`;
      },
    );
const checked = async (bytes: Uint8Array, by = checker, kind: FileKind = 'clip'): Promise<string> =>
  checkedAt(await stored(bytes), by, kind);

/** The process must answer others meanwhile: a freeze is counted in minutes, a busy machine in tenths of a second. */
const delay = monitorEventLoopDelay({ resolution: 10 });
const checker = new FileChecker();

describe('a clip that claims what it can not hold', () => {
  beforeEach(() => {
    delay.enable();
    delay.reset();
  });
  afterEach(() => delay.disable());

  it.each(Object.entries(HOSTILE_CLIPS))('is refused at once: %s', async (_name, make) => {
    const path = await stored(make());
    // The file was made before the clock runs.
    delay.reset();
    const begun = performance.now();
    expect(await checkedAt(path)).toMatch(/^for good: the MP4 (claims|has|names) .+ \([\d,]+ bytes\)$/);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(delay.max / 1e6, 'ms in which nothing else was heard').toBeLessThan(1_000);
  });

  it.each(Object.entries(ODD_CLIPS))('or is odd is answered at once: %s', async (_name, make) => {
    expect(await checked(make())).toMatch(/^fit$|the MP4 /);
    expect(delay.max / 1e6).toBeLessThan(1_000);
  });
});

describe('a file that is too much for the thread', () => {
  it('is refused when its time is up', async () => {
    const path = await stored(costlyClip());
    delay.enable();
    delay.reset();
    const answer = await checkedAt(path, new FileChecker({ deadlineMs: 50 }));
    expect(answer).toBe("for good: the clip can't be checked: it takes over 0.05 s");
    expect(delay.max / 1e6).toBeLessThan(1_000);
    delay.disable();
    expect(await checkedAt(path)).toBe('fit');
  });

  it('is refused when it fills the memory, and the next one is checked', async () => {
    const small = new FileChecker({ heapMb: 32 });
    const files = [costlyClip(), clipOf(), costlyClip(), clipOf()];
    const answers = await Promise.all(files.map((bytes) => checked(bytes, small)));
    const full = "for good: the clip can't be checked: it fills the memory";
    expect(answers).toEqual([full, 'fit', full, 'fit']);
  });
});

it('files are checked one at a time, in the order in which they came', async () => {
  const paths = await Promise.all([clipOf(), Buffer.from('<html>'), clipOf()].map(stored));
  const steps: string[] = [];
  const checks = paths.map((path, at) => {
    const begin = () => Promise.resolve(steps.push(`begins ${at}`)).then(() => path);
    const end = () => steps.push(`ends ${at}`);
    return checker.check('clip', begin).then(end, end);
  });
  await Promise.all(checks);
  expect(steps).toEqual(['begins 0', 'ends 0', 'begins 1', 'ends 1', 'begins 2', 'ends 2']);
});

it('a file that is not there is no fault of its own', async () => {
  await expect(checkedAt(join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('a thread without work ends, and another one begins when there is some', async () => {
  const ends: Promise<unknown>[] = [];
  const begun = (thread: Worker) => void ends.push(once(thread, 'exit'));
  process.on('worker', begun);
  onTestFinished(() => void process.off('worker', begun));
  const brief = new FileChecker({ idleMs: 1 });
  const picture = await noise(8, 8).png().toBuffer();
  for (let times = 1; times <= 3; times += 1) {
    expect(await checked(picture, brief, 'picture')).toBe('fit');
    expect(ends).toHaveLength(times);
    await Promise.all(ends);
  }
});
