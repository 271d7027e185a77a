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
