import { describe, expect, it } from 'vitest';
import { isFull, isLong } from './length.js';

const history = (historyLength: number, historySize = 0, continueAsNewSuggested = false) => ({
  ...{ historyLength, historySize, continueAsNewSuggested },
});

/** Of a turn: its update, an answer, a record beside, and the workflow's tasks between; an embedding is three more. */
const EVENTS_OF_A_TURN = 24;
/** As many updates as Temporal takes at a time. */
const AT_ONCE = 10;

describe('a conversation continues as new', () => {
  it('well before Temporal says so, and at its word', () => {
    expect(isLong(history(2_500))).toBe(false);
    expect(isLong(history(2_501))).toBe(true);
    expect(isLong(history(10, 0, true))).toBe(true);
  });

  it('by its size once it has come anywhere', () => {
    expect(isLong(history(201, 1_500_001))).toBe(true);
    expect(isLong(history(200, 1_500_001))).toBe(false);
  });
});

describe('a conversation that never comes to rest', () => {
  it('takes no more questions in time to stay under 4,000 events', () => {
    expect(isFull(history(3_500))).toBe(false);
    expect(isFull(history(3_501))).toBe(true);
    expect(3_501 + AT_ONCE * EVENTS_OF_A_TURN).toBeLessThan(4_000);
  });

  it('takes them for long after it should rest', () => {
    expect(isFull(history(2_501))).toBe(false);
    expect(isFull(history(300, 1_500_001))).toBe(false);
    expect(isFull(history(300, 3_000_001))).toBe(true);
  });
});
