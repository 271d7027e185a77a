import { expect, it } from 'vitest';
import type { Counts } from '../../contract/states.js';
import { waitsForPerson } from './batch-words.js';

const mix = { hero_text: 4 };

it.each<[counts: Counts, waits: boolean]>([
  [{ awaiting_approval: 4 }, true],
  [{ blocked: 1, scheduled: 1, published: 2 }, true],
  [{ awaiting_approval: 3, filming: 1 }, false],
  [{ awaiting_approval: 3 }, false],
  [{ scheduled: 4 }, false],
  [{}, false],
])('of four posts, %o: waits for a person: %s', (counts, waits) => {
  expect(waitsForPerson({ status: 'running', counts, mix })).toBe(waits);
  expect(waitsForPerson({ status: 'paused', counts, mix })).toBe(false);
});
