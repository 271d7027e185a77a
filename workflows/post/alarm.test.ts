import { describe, expect, it } from 'vitest';
import { MOST_REMINDERS, nextAlarm } from './alarm.js';

const gate = { opened: 1_000, remindAfter: 10, expireAfter: 35, reminded: 0 };

describe('nextAlarm', () => {
  it('reminds at each interval, then expires', () => {
    expect([0, 1, 2, 3].map((reminded) => nextAlarm({ ...gate, reminded }))).toEqual([
      { kind: 'remind', at: 1_010 },
      { kind: 'remind', at: 1_020 },
      { kind: 'remind', at: 1_030 },
      { kind: 'expire', at: 1_035 },
    ]);
  });

  it('stops reminding after a while', () => {
    expect(nextAlarm({ ...gate, expireAfter: null, reminded: MOST_REMINDERS - 1 })).toMatchObject({
      kind: 'remind',
    });
    expect(nextAlarm({ ...gate, expireAfter: null, reminded: MOST_REMINDERS })).toBeNull();
  });

  it('never rings where the account wants neither', () => {
    expect(nextAlarm({ ...gate, remindAfter: null, expireAfter: null })).toBeNull();
  });

  it('expires rather than reminds at the same moment', () => {
    expect(nextAlarm({ ...gate, expireAfter: 10 })).toEqual({ kind: 'expire', at: 1_010 });
  });
});
