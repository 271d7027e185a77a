import type { Charge } from '../../contract/money/charge.js';
import { COST_USD } from './habits.js';
import type { ChargeStep } from '../../contract/states.js';
import type { SloppyCall } from './server.js';

const TEXT_STEPS: readonly ChargeStep[] = ['plan', 'draft', 'chat'];
const NANO = 1_000_000_000;

/** What stands in the archive otherwise than the provider's own log says, a line each. */
export function bookProblems(calls: readonly SloppyCall[], charges: readonly Charge[]): string[] {
  const texts = charges.filter(({ step }) => TEXT_STEPS.includes(step));
  const problems: string[] = [];
  for (const { key, requestId, status, usage } of calls) {
    if (status === 400) continue;
    const [charge, ...others] = texts.filter((one) => one.key === key);
    const wanted = status === 'held' ? 'unknown' : BASIS[usage];
    if (!charge || others.length > 0) problems.push(`${key}: ${others.length + (charge ? 1 : 0)} charges`);
    else if (charge.basis !== wanted)
      problems.push(`${key}: ${charge.basis} and not ${wanted} (usage ${usage})`);
    else if (status === 200 && charge.requestId !== requestId)
      problems.push(`${key}: of ${charge.requestId}`);
    else if (wanted === 'billed' && charge.amount !== Math.round(COST_USD * NANO))
      problems.push(`${key}: ${charge.amount} nano-USD were never billed`);
    else if (charge.amount <= 0) problems.push(`${key}: costs nothing`);
  }
  const known = new Set(calls.filter(({ status }) => status !== 400).map(({ key }) => key));
  return [...problems, ...texts.filter(({ key }) => !known.has(key)).map(({ key }) => `${key}: never asked`)];
}

const BASIS = {
  sound: 'priced',
  missing: 'unknown',
  empty: 'unknown',
  strings: 'unknown',
  cost: 'billed',
} as const;
