import { beforeEach, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import { isStillOpen, noteReminder, openGate, type Opening } from './opening.js';
import { newRun, type PostRun } from './run.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 24, hour));

let run: PostRun;
let opening: Opening;
beforeEach(() => {
  run = newRun(post('hero_text'), at(9).toISOString());
  openGate(run, 'publish', at(10));
  opening = run.opening as Opening;
});

it('a gate that is open stays open since when it was, with its reminders, also when it is waited at again', () => {
  noteReminder(run, at(14));
  openGate(run, 'publish', at(15));
  expect(run).toMatchObject({
    opening: { gate: 'publish', revision: 1, since: at(10).toISOString(), reminded: 1 },
    remindedAt: at(14).toISOString(),
  });
  expect(isStillOpen(run, opening)).toBe(true);
});

it('for another revision it has opened again, and who waits for the first one knows', () => {
  noteReminder(run, at(14));
  run.revision = 2;
  openGate(run, 'publish', at(15));
  expect(run).toMatchObject({
    opening: { revision: 2, since: at(15).toISOString(), reminded: 0 },
    remindedAt: null,
  });
  expect(isStillOpen(run, opening)).toBe(false);
});

it('once decided on it is not open', () => {
  run.opening = null;
  expect(isStillOpen(run, opening)).toBe(false);
});
