/**
 * What htmx makes of a link or a form of the desk: the answer's main part takes the place of ours, without a new page. Without
 * scripts they are what they are.
 */
export const SWAP_MAIN = {
  'hx-boost': 'true',
  'hx-target': '#main',
  'hx-select': '#main',
  'hx-swap': 'morph:outerHTML show:window:top',
  // Of two that were followed one after the other, the answer to the first may come last, and would be decided for the second.
  'hx-sync': '#main:replace',
  // What stands inside fetches in a way of its own.
  'hx-disinherit': '*',
} as const;

/** A form that is sent once, however often its button is pressed. */
export const SEND_ONCE = { ...SWAP_MAIN, 'hx-sync': 'this:drop' } as const;
