/** What is sent, value by value. A message continues the sentence that the field and its value begin: `id='x' is not an id`. */
import { z } from 'zod';
import { isHashtag } from '../draft.js';
import { FORMAT_NAMES } from '../formats/registry.js';
import { ID_PATTERN } from '../ids.js';
import { TEXT_LIMITS, MOST_HASHTAGS } from '../limits.js';
import { checkMix, MAX_BATCH } from '../mix.js';
import { TARGET_NAME_PATTERN } from '../targets/target.js';
import { parseIsoTime } from '../time.js';

const CONTROLS = /[\p{Cc}\u2028\u2029]/u;

/** Text of 1 to `most` characters. */
export const textSchema = (most: number) => z.string().trim().min(1).max(most);

/** Text of 1 to `most` characters without a line break. */
export const line = (most: number) =>
  textSchema(most).refine((value) => !CONTROLS.test(value), 'is not one line of text');

/** What an account file calls a target. */
export const targetName = z
  .string()
  .regex(TARGET_NAME_PATTERN, 'is not the name of a target: 1 to 40 characters of a-z, 0-9, _ and -')
  .meta({ example: 'bluesky' });

export const id = z
  .string()
  .regex(ID_PATTERN, 'is not an id: 12 characters of A-Z, a-z and 0-9')
  .meta({ description: '12 characters of A-Z, a-z and 0-9', example: 'UpkTZ26nc9Eb' });

export const by = line(TEXT_LIMITS.by).meta({
  description:
    'Who decides, where the desk knows nobody by name: `editor` when left out. A person with a token of their own is always named so',
});

export const usdSchema = z
  .number()
  .min(0)
  .max(1_000_000)
  .meta({ description: 'US dollars, exact to the nano-dollar', example: 2.5 });

export const revision = z
  .int()
  .min(1)
  .max(1_000_000)
  .meta({ description: 'The revision that the person saw; refused if it is another by now' });

/** ISO 8601, or one of the two words. */
export const publishAt = z
  .string()
  .refine(
    (value) => value === 'now' || value === 'next' || parseIsoTime(value) !== null,
    "is not 'now', 'next' or an ISO 8601 time with its zone, such as 2027-01-31T09:00:00+01:00",
  )
  .meta({
    description: 'An ISO 8601 time with its zone and to come, `now`, or `next` for the next free slot',
    examples: ['next', '2027-01-31T09:00:00+01:00'],
  });

export const hashtags = z
  .array(
    z
      .string()
      .refine(isHashtag, 'is not a word of letters, digits and _, without #')
      .meta({ pattern: '^[\\p{L}\\p{M}\\p{N}_]+$', maxLength: 60 }),
  )
  .max(MOST_HASHTAGS);

export const mixSchema = z
  .record(z.string(), z.number())
  .superRefine((value, context) => {
    const checked = checkMix(value);
    if ('problem' in checked) context.addIssue({ code: 'custom', message: checked.problem });
  })
  .meta({
    description: `How many posts of each format: each 1 or more, ${MAX_BATCH} in all`,
    properties: Object.fromEntries(
      FORMAT_NAMES.map((name) => [name, { type: 'integer', minimum: 1, maximum: MAX_BATCH }]),
    ),
    additionalProperties: false,
    minProperties: 1,
    propertyNames: undefined,
    example: { video: 1, hero_text: 4 },
  });

/** How much of a list one answer has. */
export const page = {
  limit: z.int().min(1).max(200).default(50).meta({ description: 'The most rows of one answer' }),
  cursor: z
    .string()
    .regex(ID_PATTERN, "is not the 'next' of an answer")
    .optional()
    .meta({ description: 'The `next` of the answer before; the first rows when left out' }),
};
