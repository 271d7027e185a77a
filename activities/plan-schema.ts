import { z } from 'zod';
import type { HouseStyle } from '../contract/account.js';
import { mixSize, specialMessage, type Mix } from '../contract/mix.js';
import { maybeText, lenientText } from './lenient.js';
import { LONGEST, type PlannedItem } from './plan-rules.js';

/**
 * A page of a plan: exactly as many items as asked for. The limits stand in the descriptions too.
 *
 * @param hasNews whether the planner is offered news, which its items then name.
 */
export function planSchema(
  mix: Mix,
  { titleMaxCharacters }: HouseStyle,
  hasNews = false,
): z.ZodType<PlannedPage> {
  const formats = Object.keys(mix);
  const item = z.object({
    content_format: z.preprocess(
      (value) => formatIn(value, formats),
      z.string().meta({ enum: formats, description: 'The format of the item' }),
    ),
    title: lenientText(`Working title. Title: at most ${titleMaxCharacters} characters`, titleMaxCharacters),
    topic: lenientText(`What the piece is about, at most ${LONGEST.topic} characters`, LONGEST.topic),
    angle: lenientText(
      `The one claim it makes and how it gets there, at most ${LONGEST.angle} characters`,
      LONGEST.angle,
    ),
    rationale: lenientText(
      `Why this account; news peg or evergreen; why this format; how it freshens the batch. At most ${LONGEST.rationale} characters`,
      LONGEST.rationale,
    ),
    news_peg: maybeText(
      `The news it hangs on, at most ${LONGEST.news_peg} characters, or null for an evergreen`,
      LONGEST.news_peg,
    ),
    button: lenientText(
      `The closing line that the piece lands on, at most ${LONGEST.button} characters`,
      LONGEST.button,
    ),
    ...(hasNews && {
      news_url: maybeText(
        'The number of the news that it hangs on, such as "3", or its address, or null for an evergreen',
        LONGEST_URL,
      ),
    }),
  });
  const count = mixSize(mix);
  const items = z.array(item).meta({ description: specialMessage(mix), minItems: count, maxItems: count });
  return z.preprocess(pageOf, z.object({ items })) as unknown as z.ZodType<PlannedPage>;
}

/** Of the address of an item of news, in characters. */
const LONGEST_URL = 2_000;

export interface PlannedPage {
  readonly items: readonly PlannedItem[];
}

/** A bare list of items, and an only item by itself, are a page as well. */
function pageOf(value: unknown): unknown {
  if (Array.isArray(value)) return { items: value as unknown[] };
  const isItem = typeof value === 'object' && value !== null && 'title' in value && !('items' in value);
  return isItem ? { items: [value] } : value;
}

/** "Hero text" is `hero_text`. What is none of the formats stays as it was written, and is off the mix. */
function formatIn(value: unknown, formats: readonly string[]): string {
  const name = typeof value === 'string' ? value.trim() : '';
  const even = name.toLowerCase().replace(/[\s-]+/g, '_');
  return formats.includes(even) ? even : name;
}
