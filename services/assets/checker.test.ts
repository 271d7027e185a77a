import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileChecker, type FileKind } from './checker.js';
import { AssetRefused } from './refused.js';
import { clipOf } from './testing/boxes.js';
import { costlyClip, HOSTILE_CLIPS, ODD_CLIPS } from './testing/hostile-clips.js';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-checker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function stored(bytes: Uint8Array): Promise<string> {
  const path = join(folder, randomUUID());
  await writeFile(path, bytes);
  return path;
}
async function checked(checker: FileChecker, kind: FileKind, bytes: Uint8Array): Promise<string> {
  const path = await stored(bytes);
  return checker
    .check(kind, () => Promise.resolve(path))
    .then(
      () => 'fit',
      (error: unknown) => {
        if (!(error instanceof AssetRefused)) throw error;
        return `${error.final ? 'for good' : 'for now'}: ${error.message}`;
      },
    );
}

/** The process must answer others meanwhile: a freeze is counted in minutes, a busy machine in tenths of a second. */
const delay = monitorEventLoopDelay({ resolution: 10 });
const checker = new FileChecker();

describe('a clip that claims what it can not hold', () => {
  // The files are made before the clock runs.
  const files: Record<string, string> = {};
  beforeEach(() => {
    delay.enable();
    delay.reset();
  });
  afterEach(() => delay.disable());

  it.each(Object.entries(HOSTILE_CLIPS))('is refused at once: %s', async (name, make) => {
    files[name] = await stored(make());
    delay.reset();
    const begun = performance.now();
    const refused = await checker
      .check('clip', () => Promise.resolve(files[name] as string))
      .then(
        () => 'taken',
        (error: AssetRefused) => `${error.name}, ${error.final ? 'for good' : 'for now'}: ${error.message}`,
      );
    expect(refused).toMatch(/^AssetRefused, for good: the MP4 (claims|has|names) .+ \([\d,]+ bytes\)$/);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(delay.max / 1e6, 'ms in which nothing else was heard').toBeLessThan(1_000);
  });

  it.each(Object.entries(ODD_CLIPS))('or is odd is answered at once: %s', async (_name, make) => {
    expect(await checked(checker, 'clip', make())).toMatch(/^fit$|the MP4 /);
    expect(delay.max / 1e6).toBeLessThan(1_000);
  });
});

describe('a file that is too much for the thread', () => {
  const good = clipOf();

  it('is refused when its time is up', async () => {
    const hasty = new FileChecker({ deadlineMs: 50 });
    const path = await stored(costlyClip());
    delay.enable();
    delay.reset();
    await expect(hasty.check('clip', () => Promise.resolve(path))).rejects.toMatchObject({
      ...{ name: 'AssetRefused', final: true },
      message: "the clip can't be checked: it takes over 0.05 s",
    });
    expect(delay.max / 1e6).toBeLessThan(1_000);
    delay.disable();
    expect(await checked(new FileChecker(), 'clip', costlyClip())).toBe('fit');
  }, 60_000);

  it('is refused when it fills the memory, and the next one is checked', async () => {
    const small = new FileChecker({ heapMb: 32 });
    const files = [costlyClip(), good, costlyClip(), good];
    const answers = await Promise.all(files.map((bytes) => checked(small, 'clip', bytes)));
    const full = "for good: the clip can't be checked: it fills the memory";
    expect(answers).toEqual([full, 'fit', full, 'fit']);
  }, 60_000);
});

it('files are checked one at a time, in the order in which they came', async () => {
  const paths = await Promise.all([clipOf(), Buffer.from('<html>'), clipOf()].map((bytes) => stored(bytes)));
  const steps: string[] = [];
  const checks = paths.map((path, at) =>
    checker
      .check('clip', () => {
        steps.push(`begins ${at}`);
        return Promise.resolve(path);
      })
      .catch(() => undefined)
      .then(() => steps.push(`ends ${at}`)),
  );
  await Promise.all(checks);
  expect(steps).toEqual(['begins 0', 'ends 0', 'begins 1', 'ends 1', 'begins 2', 'ends 2']);
});

it('a file that is not there is no fault of its own', async () => {
  await expect(checker.check('picture', () => Promise.resolve(join(folder, 'gone')))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

it('a thread without work ends, and another one begins when there is some', async () => {
  const brief = new FileChecker({ idleMs: 1 });
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  for (let time = 0; time < 3; time += 1) {
    expect(await checked(brief, 'picture', picture)).toBe('fit');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});
