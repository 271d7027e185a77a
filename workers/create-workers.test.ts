import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { QUEUES } from '../contract/task-queues.js';
import { CAPACITY } from './create-workers.js';

it('has the places that docs/going-bigger.md tells', () => {
  const page = readFileSync(new URL('../docs/going-bigger.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| `([\w-]+)` \|.* (\d+) \|$/gm)];
  const told = rows.map(([, name, queue, places]) => [name, queue, Number(places)]);
  const has = Object.entries(CAPACITY).map(([name, { slots }]) => [name, QUEUES[name as 'text'], slots]);
  expect(told.toSorted()).toEqual(has.toSorted());
});
