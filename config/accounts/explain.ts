import type { z } from 'zod';
import { nearest } from '../nearest.js';
import { keysAt } from './known-keys.js';
import { shortened } from '../shortened.js';

/** An issue at one place of the file; an unknown key's place is the key itself. */
export interface PlacedIssue {
  readonly path: readonly PropertyKey[];
  readonly message: () => string;
}

/** A schema's issue as what a person can act on: the value found and what is allowed there. */
export function explain(issue: z.core.$ZodIssue): PlacedIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: () => unknownKey(key, issue.path),
    }));
  }
  if (issue.code === 'invalid_key') {
    const key = shortened(String(issue.path.at(-1)));
    return [{ path: issue.path, message: () => `'${key}' ${issue.issues[0]?.message}` }];
  }
  return [{ path: issue.path, message: () => sentence(issue) }];
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const known = keysAt(path);
  const meant = nearest(key, known);
  return meant ? `unknown key; did you mean ${meant}?` : `unknown key; known here: ${known.join(', ')}`;
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) return 'is missing';
  const got = shown(issue.input);
  switch (issue.code) {
    case 'invalid_type':
      return `${got} is not ${KIND[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'is empty'
        : `${got} is less than the ${issue.minimum} ${issue.origin === 'array' ? 'needed' : 'allowed'}`;
    case 'too_big': {
      const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
      const size = Array.isArray(issue.input) ? issue.input.length : String(issue.input).trim().length;
      return `${unit === '' ? got : `${size}${unit}`} is more than the ${issue.maximum} allowed`;
    }
    case 'invalid_value':
      return `${got} is not one of ${issue.values.join(', ')}`;
    default:
      return /^(?:must|is) /.test(issue.message) && isScalar(issue.input)
        ? `${got} ${issue.message}`
        : issue.message;
  }
}

const KIND: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of names',
  array: 'a list',
};

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

function shown(value: unknown): string {
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  return `'${shortened(String(value))}'`;
}
