import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Closers } from './closers.js';

it('closes the last opened first, one after another, each once', async () => {
  const closers = new Closers();
  const done: string[] = [];
  closers.add('archive', () => done.push('archive'));
  closers.add('server', async () => {
    done.push('server begins');
    await Promise.resolve();
    done.push('server ends');
  });
  const failed: string[] = [];
  await closers.close((line) => failed.push(line));
  await closers.close((line) => failed.push(line));
  expect(done).toEqual(['server begins', 'server ends', 'archive']);
  expect(failed).toEqual([]);
});

it('closes the rest when one can not be closed, and tells which', async () => {
  const closers = new Closers();
  const done: string[] = [];
  closers.add('archive', () => done.push('archive'));
  closers.add('server', () => Promise.reject(new Error('still busy')));
  closers.add('desk', () => {
    throw 'no desk';
  });
  const failed: string[] = [];
  await closers.close((line) => failed.push(line));
  expect(done).toEqual(['archive']);
  expect(failed).toEqual(['desk could not be closed: no desk', 'server could not be closed: still busy']);
});

it('closes what was opened while it closes', async () => {
  const closers = new Closers();
  const done: string[] = [];
  closers.add('desk', () => closers.add('late', () => done.push('late')));
  await closers.close(() => undefined);
  expect(done).toEqual(['late']);
});

it('keeps the process alive while something that closes waits for nothing that would', async () => {
  const script = `
    const { Closers } = await import('${new URL('./closers.ts', import.meta.url).href}');
    const closers = new Closers();
    closers.add('the list', () => console.log('all closed'));
    closers.add('a child', () => new Promise((resolve) => setTimeout(resolve, 200).unref()));
    await closers.close(console.log);
  `;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toBe('all closed\n');
});
