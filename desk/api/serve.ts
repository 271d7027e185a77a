import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import type { Person, Session } from '../http/session.js';
import type { Endpoint } from '../../contract/api/endpoint.js';
import { editorsOnly, tokenOnly } from '../http/gate.js';
import { BadRequest, parameter } from '../http/bad-request.js';
import { ApiRefusal } from './refusal.js';
import { explain } from '../../config/accounts/explain.js';
import { shortened } from '../../config/setting-values.js';

/** What an endpoint was asked, checked as its description says. */
interface CheckedRequest<Query, Body> {
  readonly c: Context;
  /** Of the address; an empty text where it has none. */
  readonly id: string;
  readonly query: Query extends z.ZodType ? z.output<Query> : undefined;
  readonly body: Body extends z.ZodType ? z.output<Body> : undefined;
  /** Null for a stranger, who is let in only where everybody is. */
  readonly person: Person | null;
  /** Who decides. */
  readonly by: string;
}

export type Serve = ReturnType<typeof serveOn>;

/** Serves endpoints of an API as they are described: who may, what is sent, and with which status they answer. */
export const serveOn = (api: Hono, session: Session) =>
  /** @param answer makes the document; what it throws becomes an answer by `toldOf` */
  function serve<Query extends z.ZodObject | undefined, Body extends z.ZodType | undefined>(
    endpoint: Endpoint<Query, Body>,
    answer: (asked: CheckedRequest<Query, Body>) => Promise<object>,
  ): void {
    const { method, who, query, body: schema, answer: expected } = endpoint;
    const read = method === 'PATCH' ? (sent: unknown) => sent : withoutNulls;
    const path = endpoint.path.replace(/^\/api/, '').replace('{id}', ':id');
    api.on(method, path, letIn(who, session), async (c) => {
      const person = session.person(c);
      const sent = query && sentQuery(c, query);
      const body = schema && (await sentBody(c, schema, read));
      const by = decider(person, (body as { by?: string } | undefined)?.by);
      const asked = { c, id: c.req.param('id') ?? '', query: sent, body, person, by };
      return c.json(await answer(asked as CheckedRequest<Query, Body>), expected.status);
    });
  };

function letIn(who: Endpoint['who'], session: Session): MiddlewareHandler {
  if (who === 'everybody') return async (_c, next) => next();
  return who === 'viewer' ? tokenOnly(session) : editorsOnly(session);
}

/**
 * Who a decision is by. A person who has a token of their own is that person, whatever was sent; with the desk's one token, which
 * programs have too, it is whom they name.
 */
const decider = (person: Person | null, given: string | undefined): string =>
  person?.named ? person.name : (given ?? person?.name ?? 'editor');

/** The longest body of ours, an edit of everything, has 150 KB with each character escaped. */
export const MOST_BYTES = 256 * 1024;
const JSON_TYPE = /^application\/(?:[\w.-]{1,60}\+)?json\s*(?:;|$)/i;

/** The parameters of the address that an endpoint knows; others are ignored. @throws BadRequest */
function sentQuery(c: Context, schema: z.ZodObject): unknown {
  const given = Object.entries(schema.shape).flatMap(([name, value]) => {
    const text = parameter(c, name);
    return text === undefined ? [] : [[name, isNumber(value as z.ZodType) ? numberIn(text) : text]];
  });
  return checked(schema, Object.fromEntries(given));
}

/**
 * The body of a request. Without one it is that of no fields.
 *
 * @throws Refusal 413 for one that is too large and 415 for one that is not JSON, BadRequest
 */
async function sentBody(c: Context, schema: z.ZodType, read: (sent: unknown) => unknown): Promise<unknown> {
  const text = await bodyText(c);
  if (text === '') return checked(schema, {});
  const type = c.req.header('Content-Type');
  if (!JSON_TYPE.test(type ?? '')) {
    const said = type === undefined ? 'has no Content-Type' : `is '${type.slice(0, 60)}'`;
    throw new ApiRefusal(415, `The body ${said}; send application/json`);
  }
  return checked(schema, read(parsed(text)));
}

function checked(schema: z.ZodType, sent: unknown): unknown {
  const result = schema.safeParse(sent, { reportInput: true });
  if (result.success) return result.data;
  const { message, field } = problemOf(result.error, sent);
  throw new BadRequest(message, { field });
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

/** A field that is null counts as left out. */
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

/** What is wrong with what was sent, as an answer tells it. */
interface SentProblem {
  /** One line that names the field, its value and what is allowed. */
  readonly message: string;
  /** Left out where it is no one field. */
  readonly field?: string;
}

/** The first problem of what was sent, as a sentence: `limit='900' is more than the 200 allowed`. */
export function problemOf(error: z.ZodError, sent: unknown): SentProblem {
  const [issue] = error.issues;
  if (!issue) return { message: 'what was sent can not be used' };
  if (issue.code === 'invalid_union') return choiceProblem(issue, sent);
  const [placed] = explain(issue);
  const field = placed?.path.map(String).join('.') ?? '';
  const said = placed?.message() ?? issue.message;
  if (field === '')
    return { message: issue.code === 'invalid_type' ? 'The body is not an object of fields' : said };
  return { message: sentence(field, said), field };
}

/** The word by which a body's kind is told is none of those that there are. */
function choiceProblem(issue: z.core.$ZodIssueInvalidUnion, sent: unknown): SentProblem {
  const field = issue.path.map(String).join('.');
  const options = 'options' in issue ? (issue.options as readonly unknown[]) : [];
  const allowed = options.map(String).join(', ');
  const value = (sent as Record<string, unknown> | null)?.[field];
  if (value === undefined) return { message: `${field} is missing; it is one of ${allowed}`, field };
  return { message: `${field}='${shortened(String(value))}' is not one of ${allowed}`, field };
}

/** `'x' is not …` follows the field's `=`; a count of characters a colon; `is missing` nothing. */
function sentence(field: string, said: string): string {
  if (said.startsWith("'")) return `${field}=${said}`;
  return /^is\b/.test(said) ? `${field} ${said}` : `${field}: ${said}`;
}
