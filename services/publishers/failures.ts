import { nothingWasSent } from '../provider-error.js';
import { refusalIn } from '../public-fetch.js';
import type { TargetOutcome } from './publisher.js';

/** What became of an attempt, and the dotted type of its error. */
export type FailureMeaning = readonly [outcome: TargetOutcome, type: string];

/** What a target's answer means; the first that holds. Null: it may have been written, if the call was one that writes. */
const MEANINGS: readonly (readonly [
  holds: (status: number) => boolean,
  outcome: TargetOutcome | null,
  type: string,
])[] = [
  [(status) => status >= 500, null, 'Target.Server'],
  // A page of a proxy, say.
  [(status) => status <= 299, null, 'Target.NoAnswer'],
  [(status) => status === 429, 'later', 'Target.RateLimit'],
  [(status) => status === 408, 'later', 'Target.NoAnswer'],
  [(status) => status === 401 || status === 403, 'refused', 'Target.SignIn'],
  [(status) => status < 400 || status === 404 || status === 410, 'refused', 'Target.Address'],
  [(status) => status === 413, 'refused', 'Target.TooLarge'],
  [() => true, 'refused', 'Target.Refused'],
];

/** What an answer that is no result means for an attempt. @param isWrite whether the call may have published */
export function readStatus(status: number, isWrite: boolean): FailureMeaning {
  const [, outcome, type] = MEANINGS.find(([holds]) => holds(status))!;
  return [outcome ?? unsure(isWrite), type];
}

/** The same of a call that got no answer. */
export function readNoAnswer(error: unknown, isWrite: boolean): FailureMeaning {
  if (refusalIn(error)?.ofAddress) return ['refused', 'Target.Address'];
  return nothingWasSent(error) ? ['later', 'Target.Away'] : [unsure(isWrite), 'Target.NoAnswer'];
}

const unsure = (isWrite: boolean): TargetOutcome => (isWrite ? 'unknown' : 'later');
