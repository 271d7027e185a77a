/** The days of an account's week, in the order of `Intl` and of people. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * What becomes of a post whose slot has gone by while nothing ran: it goes out late, takes the next free slot, or asks a person
 * again at the gate `publish`.
 */
export const MISSED = ['late', 'next', 'ask'] as const;
export type Missed = (typeof MISSED)[number];
