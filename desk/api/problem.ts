import type { z } from 'zod';
import { explain } from '../../config/accounts/explain.js';
import { shortened } from '../../config/shortened.js';

/** What is wrong with what was sent, as an answer tells it. */
export interface SentProblem {
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
