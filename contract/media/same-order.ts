import type { MadeInput } from './input.js';
import type { MediaOrder } from './order.js';

/**
 * Whether an input that was sent is that of an order, whichever fields it was made with: an input made from the model's
 * schema and one made without it are the same job. The seed decides where both have one; the prompt must be the same, and
 * so must the picture that a clip starts from.
 *
 * @param made what the order's input is today
 */
export function isInputOf(order: MediaOrder, { input, image }: MadeInput, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return false;
  const values = Object.values(sent);
  const prompts = [order.prompt, input.prompt];
  if (!values.some((value) => typeof value === 'string' && prompts.includes(value))) return false;
  const { seed } = sent as { seed?: unknown };
  if (typeof seed === 'number' && seed !== order.seed && seed !== input.seed) return false;
  return (
    order.imageUrl === null || hasText(values, order.imageUrl) || (image === null && !values.some(isAddress))
  );
}

/** Whether a text stands among values, or in a list among them. */
const hasText = (values: readonly unknown[], text: string): boolean =>
  values.some((value) => value === text || (Array.isArray(value) && value.includes(text)));

const isAddress = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isAddress) : typeof value === 'string' && /^(https?|data):/i.test(value);
