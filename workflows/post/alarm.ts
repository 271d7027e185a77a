/** The most reminders for one opening of a gate: who has not come by then is reminded by the desk's queue. */
export const MOST_REMINDERS = 5;

export interface Alarm {
  readonly kind: 'remind' | 'expire';
  /** ms since the epoch. */
  readonly at: number;
}

/** What rings next while a gate is open; null when nothing will. All in ms. */
export function nextAlarm(gate: {
  readonly opened: number;
  readonly remindAfter: number | null;
  readonly expireAfter: number | null;
  /** How many reminders went out since it opened. */
  readonly reminded: number;
}): Alarm | null {
  const { opened, remindAfter, expireAfter, reminded } = gate;
  const remindAt =
    remindAfter === null || reminded >= MOST_REMINDERS ? Infinity : opened + remindAfter * (reminded + 1);
  const expireAt = expireAfter === null ? Infinity : opened + expireAfter;
  if (expireAt <= remindAt) return expireAt === Infinity ? null : { kind: 'expire', at: expireAt };
  return { kind: 'remind', at: remindAt };
}
