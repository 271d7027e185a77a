import { expect, it } from 'vitest';
import { isStillOpen, NO_DECISIONS, noteReminder, openGate, type Opening } from './decisions.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 24, hour));

const opened = openGate(NO_DECISIONS, 'publish', at(10));
const opening = opened.opening as Opening;
const reminded = noteReminder(opened, at(14));

it('a gate that is open stays open since when it was, with its reminders, also when it is waited at again', () => {
  const again = openGate(reminded, 'publish', at(15));
  expect(again).toMatchObject({
    opening: { gate: 'publish', revision: 1, since: at(10).toISOString(), reminded: 1 },
    remindedAt: at(14).toISOString(),
  });
  expect(isStillOpen(again, opening)).toBe(true);
});

it('for another revision it has opened again, and who waits for the first one knows', () => {
  const again = openGate({ ...reminded, revision: 2 }, 'publish', at(15));
  expect(again).toMatchObject({
    opening: { revision: 2, since: at(15).toISOString(), reminded: 0 },
    remindedAt: null,
  });
  expect(isStillOpen(again, opening)).toBe(false);
});

it('once decided on it is not open', () => {
  expect(isStillOpen({ ...opened, opening: null }, opening)).toBe(false);
});
