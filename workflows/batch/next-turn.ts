import { nextPage, type Page } from './plan.js';
import { allFinal, freePlaces } from './posts.js';
import type { Batch } from './state.js';

/** How many posts of a batch are at work at a time. fal runs at most 40 jobs of an account at once, so that a third may be drafted meanwhile. */
const WINDOW = 60;

/** What a batch does next. */
export type BatchTurn =
  | { readonly do: 'plan'; readonly page: Page }
  | { readonly do: 'start'; readonly count: number }
  | { readonly do: 'wait' }
  | { readonly do: 'end' };

/** Starts what is planned, as far as the window has places; then plans the next page; ends with its last post. */
export function nextTurn({ input, progress, plan, posts }: Batch): BatchTurn {
  const page = plan.queue.length === 0 ? nextPage(plan, input.mix) : null;
  if (plan.queue.length === 0 && !page && allFinal(posts)) return { do: 'end' };
  if (progress.paused || progress.status === 'blocked') return { do: 'wait' };
  const places = freePlaces(posts, input.window ?? WINDOW);
  if (places === 0) return { do: 'wait' };
  if (page) return { do: 'plan', page };
  return plan.queue.length > 0 ? { do: 'start', count: places } : { do: 'wait' };
}
