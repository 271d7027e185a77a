/** What was sent to an endpoint, checked. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { BadRequest, parameter } from '../http/bad-request.js';
import { problemOf } from './problem.js';
import { ApiRefusal } from './refusal.js';

/** The longest body of ours, an edit of everything, has 150 KB with each character escaped. */
export const MOST_BYTES = 256 * 1024;
const JSON_TYPE = /^application\/(?:[\w.-]{1,60}\+)?json\s*(?:;|$)/i;

/** The parameters of the address that an endpoint knows; others are ignored. @throws BadRequest */
export function sentQuery(c: Context, schema: z.ZodObject): unknown {
  const given = Object.entries(schema.shape).flatMap(([name, value]) => {
    const text = parameter(c, name);
    return text === undefined ? [] : [[name, isNumber(value as z.ZodType) ? numberIn(text) : text]];
  });
  return checked(schema, Object.fromEntries(given));
}

/**
 * The body of a request. Without one it is that of no fields; a field that is null counts as left out.
 *
 * @throws Refusal 413 for one that is too large and 415 for one that is not JSON, BadRequest
 */
export async function sentBody(c: Context, schema: z.ZodType): Promise<unknown> {
  const text = await bodyText(c);
  if (text === '') return checked(schema, {});
  const type = c.req.header('Content-Type');
  if (!JSON_TYPE.test(type ?? '')) {
    const said = type === undefined ? 'has no Content-Type' : `is '${type.slice(0, 60)}'`;
    throw new ApiRefusal(415, `The body ${said}; send application/json`);
  }
  return checked(schema, withoutNulls(parsed(text)));
}

function checked(schema: z.ZodType, sent: unknown): unknown {
  const result = schema.safeParse(sent, { reportInput: true });
  if (result.success) return result.data;
  const { message, field } = problemOf(result.error, sent);
  throw new BadRequest(message, field === undefined ? {} : { field });
}

/** What is over the limit is read to its end and dropped, or the answer would be lost with the connection. */
async function bodyText(c: Context): Promise<string> {
  const { body } = c.req.raw;
  if (!body) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(part);
    if (bytes > 40 * MOST_BYTES) break;
  }
  if (bytes > MOST_BYTES)
    throw new ApiRefusal(413, `The body is larger than the ${MOST_BYTES} bytes that are taken`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    throw new BadRequest('The body is not UTF-8 text');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}

function withoutNulls(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent;
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
}

/** Whether a parameter's schema, however it may be left out, is of a number. */
function isNumber(schema: z.ZodType): boolean {
  const { def } = schema as z.ZodType & { def: { type: string; innerType?: z.ZodType } };
  return def.innerType ? isNumber(def.innerType) : def.type === 'number';
}

/** What is no number stays what it is, so that the message repeats it. */
const numberIn = (text: string): number | string => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);
