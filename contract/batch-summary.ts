import type { BatchInput } from './batch.js';
import { mixWords } from './mix.js';

/** Temporal takes a summary of at most 200 bytes. */
const PLANNER_CHARACTERS = 60;

/** A batch in one line for the Temporal UI: `ashtalksai · foundation_models · 1 video, 4 hero_text`. */
export function batchSummary(input: Pick<BatchInput, 'account' | 'planner' | 'mix'>): string {
  const { account, planner, mix } = input;
  const beat = planner.length > PLANNER_CHARACTERS ? `${planner.slice(0, PLANNER_CHARACTERS - 1)}…` : planner;
  return `${account.handle} · ${beat} · ${mixWords(mix)}`;
}
