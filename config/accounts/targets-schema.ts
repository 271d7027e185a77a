import { z } from 'zod';
import { targetKindOf, TARGET_KINDS } from '../../contract/targets/registry.js';
import {
  FEED,
  type SettingForm,
  type TargetSetting,
  TARGET_NAME_PATTERN,
} from '../../contract/targets/target.js';
import { isFetchable } from '../../contract/address.js';
import { nearest } from '../nearest.js';
import { shortened } from '../setting-values.js';
import type { Target } from '../../contract/account.js';
import { variableProblem } from './secret-variable.js';

const KIND_NAMES = TARGET_KINDS.map(({ kind }) => kind);

/** What is wrong with a setting's value, beginning with `must`; null when nothing. The value may be a secret, so none repeats it. */
const FORM: Readonly<Record<SettingForm, (value: string) => string | null>> = {
  line: (value) => (/^[^\p{Cc}]{1,200}$/u.test(value) ? null : 'must be one line of at most 200 characters'),
  address: (value) =>
    isFetchable(value)
      ? null
      : 'must be an http or https address without a user name, such as https://bsky.social',
  variable: (value) => variableProblem(value, 'BLUESKY_APP_PASSWORD'),
};

const target = z.unknown().transform((entry, context): Target => {
  const fail = (message: string, ...path: string[]): typeof z.NEVER => {
    context.addIssue({ code: 'custom', message, path });
    return z.NEVER;
  };
  const [kindName, given] = typeof entry === 'string' ? [entry, {}] : onlyEntry(entry);
  if (kindName === null)
    return fail(`must be one of ${KIND_NAMES.join(', ')}, or one of them with its settings`);
  if (!KIND_NAMES.includes(kindName)) return fail(unknownKind(kindName));
  if (!isMap(given)) return fail('must be a map of keys', kindName);
  const { settings: wanted } = targetKindOf(kindName);
  const settings: Record<string, string> = {};
  let isWrong = false;
  const problem = (message: string, ...path: string[]): void => {
    isWrong = true;
    fail(message, ...path);
  };
  for (const key of Object.keys(given))
    if (key !== 'name' && !Object.hasOwn(wanted, key))
      problem(unknownSetting(key, Object.keys(wanted)), kindName, key);
  for (const [key, setting] of Object.entries(wanted)) {
    const value = given[key] ?? setting.fallback;
    const wrong = problemOf(value, setting);
    if (wrong !== null) problem(wrong, kindName, key);
    else settings[key] = (value as string).trim();
  }
  const name = given.name ?? kindName;
  if (typeof name !== 'string' || !TARGET_NAME_PATTERN.test(name))
    problem('must be 1 to 40 characters of a-z, 0-9, _ and -', kindName, 'name');
  // The pages of an account are told by this name.
  else if ((kindName === FEED.kind) !== (name === FEED.name))
    problem(
      `must be another: '${FEED.name}' names the feed of the account, and nothing else does`,
      kindName,
      'name',
    );
  return isWrong ? z.NEVER : { kind: kindName, name: name as string, settings };
});

/** The key `targets` of an account file. */
export const targetsFile = z
  .array(target)
  .min(1)
  .max(10)
  .prefault(['feed'])
  .superRefine((targets, context) => {
    for (const [index, { kind, name }] of targets.entries()) {
      const first = targets.findIndex((other) => other.name === name);
      if (first === index) continue;
      const message = `is the second target called '${name}'; give one of them another name with name:`;
      context.addIssue({ code: 'custom', path: kind === 'feed' ? [index] : [index, kind], message });
    }
  });

function problemOf(value: unknown, { form, meaning }: TargetSetting): string | null {
  if (value === undefined) return `is missing: ${meaning}`;
  return typeof value === 'string' ? FORM[form](value.trim()) : 'must be text';
}

function unknownKind(name: string): string {
  const meant = nearest(name, KIND_NAMES);
  return `'${shortened(name)}' is not a target; ${meant ? `did you mean ${meant}?` : `known here: ${KIND_NAMES.join(', ')}`}`;
}

function unknownSetting(key: string, known: readonly string[]): string {
  const meant = nearest(key, [...known, 'name']);
  return meant
    ? `unknown key; did you mean ${meant}?`
    : `unknown key; known here: ${[...known, 'name'].join(', ')}`;
}

function onlyEntry(entry: unknown): [string, unknown] | [null, null] {
  const [only, ...more] = isMap(entry) ? Object.entries(entry) : [];
  return only && more.length === 0 ? only : [null, null];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
