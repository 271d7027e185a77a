/** What documents are made of, in zod: `status.ts`, `lists.ts`, `account.ts` and `api/`, of which workflows import types alone. */
import { z } from 'zod';
import { ID_PATTERN } from './ids.js';
import { parseIsoTime } from './time.js';

/** A document as those who read it have it: nothing of it is changed in place. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

export const documentId = z
  .string()
  .regex(ID_PATTERN, 'expected 12 characters of A-Za-z0-9')
  .meta({ example: 'UpkTZ26nc9Eb' });
export const time = z
  .string()
  .refine((value) => parseIsoTime(value) !== null, 'expected an ISO 8601 time with its zone')
  .meta({ description: 'ISO 8601 with zone', example: '2026-11-24T10:09:00.000Z' });
export const dollarsField = z.number().meta({ description: 'US dollars, exact to the nano-dollar' });
export const nano = z.int();
export const count = z.int().min(0);
/** How many posts of each format a batch has. */
export const mix = z
  .record(
    z.string(),
    count.refine((posts) => posts > 0, 'expected 1 or more'),
  )
  .meta({ example: { video: 1, hero_text: 4 } });
