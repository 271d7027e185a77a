/**
 * `npm run bench:profile > after.json`: where the CPU of 100 posts and the memory after them are, by owner. With two such files,
 * `npm run bench:profile -- before.json after.json > docs/images/profile.svg` draws them beside each other.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GLIBC_TUNABLES } from '../../command/run-until-end.js';
import { ourBatch } from '../lab/batches.js';
import { rssMb, startProgram } from '../lab/process.js';
import { AT_ONCE, openStage } from '../lab/stage.js';
import { functionName, ownerOf, sharesOf, type CpuProfile, type Shares } from './by-owner.js';
import { draw } from './draw.js';

export interface Profile {
  /** Ms of CPU a post: the worker's by owner, as sampled, and the server's. */
  readonly cpu: Shares;
  /** Ms a post of the functions with most of their own. */
  readonly functions: Shares;
  /** MB, after the posts and two minutes' rest. */
  readonly memory: Shares;
}

const MEASURING = ['--cpu-prof', '--expose-gc', '--require', './bench/profile/memory.cjs'];
const POSTS = 100;
const MB = 1024 ** 2;

const files = process.argv.slice(2);
if (files.length === 2) {
  const [before, after] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Profile);
  console.log(draw(before!, after!));
} else console.log(JSON.stringify(await profile()));

async function profile(): Promise<Profile> {
  const stage = await openStage();
  const profiles = mkdtempSync(join(stage.folder, 'profiles-'));
  const memoryFile = join(profiles, 'memory');
  try {
    const worker = await startProgram(
      [...MEASURING, `--cpu-prof-dir=${profiles}`, 'dist/workers/worker.js', '--json'],
      { ...(await stage.environment(AT_ONCE)), GLIBC_TUNABLES, PROFILE_MEMORY: memoryFile },
    );
    stage.adds(() => worker.stop());
    const { server } = await ourBatch(stage, worker.pid, POSTS);
    await sleep(30_000);
    const serverMb = rssMb(stage.serverPid);
    process.kill(worker.pid, 'SIGUSR2');
    while (!existsSync(memoryFile)) await sleep(100);
    await worker.stop();
    const threads = readdirSync(profiles)
      .filter((name) => name.endsWith('.cpuprofile'))
      .map((name) => JSON.parse(readFileSync(join(profiles, name), 'utf8')) as CpuProfile);
    return {
      cpu: [...aPost(threads, ownerOf), ['Temporal server', server]],
      functions: aPost(threads, functionName).slice(0, 40),
      memory: [
        ...memoryOf(JSON.parse(readFileSync(memoryFile, 'utf8')) as Held),
        ['Temporal server', serverMb],
      ],
    };
  } finally {
    await stage.close();
  }
}

function aPost(threads: readonly CpuProfile[], nameOf: typeof ownerOf): Shares {
  const sums = new Map<string, number>();
  for (const [name, ms] of threads.flatMap((thread) => [...sharesOf(thread, nameOf)]))
    if (!/idle|root\)/.test(name)) sums.set(name, (sums.get(name) ?? 0) + ms / POSTS);
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

interface Held {
  readonly rss: number;
  readonly threads: readonly { name: string; used: number; total: number; external: number }[];
}

function memoryOf({ rss, threads }: Held): Shares {
  const sum = (value: (thread: Held['threads'][number]) => number, name?: string): number =>
    threads
      .filter((thread) => !name || thread.name === name)
      .reduce((all, thread) => all + value(thread), 0) / MB;
  const heaps = ['main thread', 'workflow thread', 'other threads'].map(
    (name) => [`heap of ${name}`, sum(({ total }) => total, name)] as const,
  );
  const external = sum((thread) => thread.external);
  const known = heaps.reduce((all, [, mb]) => all + mb, 0) + external;
  return [
    ...heaps,
    ['buffers and WebAssembly (PGlite)', external],
    ['native code and allocators', rss / MB - known],
  ];
}
