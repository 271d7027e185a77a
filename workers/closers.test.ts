import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeEach, expect, it } from 'vitest';
import { Closers } from './stop.js';

let closers: Closers;
let done: string[];
beforeEach(() => {
  closers = new Closers();
  done = [];
  closers.add('archive', () => done.push('archive'));
});
async function failures(): Promise<string[]> {
  const failed: string[] = [];
  await closers.close((line) => failed.push(line));
  return failed;
}

it('closes the last opened first, one after another, each once', async () => {
  closers.add('server', async () => {
    done.push('server begins');
    await Promise.resolve();
    done.push('server ends');
  });
  expect([await failures(), await failures()]).toEqual([[], []]);
  expect(done).toEqual(['server begins', 'server ends', 'archive']);
});

it('closes the rest when one can not be closed, and tells which', async () => {
  closers.add('server', () => Promise.reject(new Error('still busy')));
  closers.add('desk', () => {
    throw 'no desk';
  });
  const lines = ['desk could not be closed: no desk', 'server could not be closed: still busy'];
  expect(await failures()).toEqual(lines);
  expect(done).toEqual(['archive']);
});

it('closes what was opened while it closes', async () => {
  closers.add('desk', () => closers.add('late', () => done.push('late')));
  expect(await failures()).toEqual([]);
  expect(done).toEqual(['late', 'archive']);
});

it('keeps the process alive while something that closes waits for nothing that would', async () => {
  const script = `
    const { Closers } = await import('${new URL('./stop.ts', import.meta.url).href}');
    const closers = new Closers();
    closers.add('the list', () => console.log('all closed'));
    closers.add('a child', () => new Promise((resolve) => setTimeout(resolve, 200).unref()));
    await closers.close(console.log);
  `;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toBe('all closed\n');
});
