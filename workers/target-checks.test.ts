import { expect, it } from 'vitest';
import type { ReadAccount } from '../config/accounts/load.js';
import { account } from '../activities/testing/samples.js';
import { TargetFailure } from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import { signInToTargets } from './check-targets.js';

const target = (name: string, kind = name) => ({ kind, name, settings: {} });
const read = (targets: ReturnType<typeof target>[]): ReadAccount => ({
  ...{ file: 'accounts/harbor.yaml', handle: 'harbor', problems: [] },
  account: { ...account, targets },
  lineOf: (path) => 10 + Number(path[1]),
});
const at = { file: 'accounts/harbor.yaml', as: null, limits: [] };

it('signs in to each target but the feed, publishes nothing, and says what is wrong and where', async () => {
  const signedIn = { as: '@ash.example.com', limits: ['300 characters'] };
  const withdrawn = new TargetFailure('refused', 'Target.SignIn', 'HTTP 401: withdrawn');
  const social = paper('social', { check: () => Promise.resolve(signedIn) });
  const forum = paper('forum', { check: () => Promise.reject(withdrawn) });
  const wall = paper('wall', { check: () => Promise.reject(new Error('connect ECONNREFUSED')) });
  const targets = ['feed', 'social', 'forum', 'wall', 'myspace'].map((name) => target(name));
  expect(await signInToTargets([read(targets)], { social, forum, wall })).toEqual([
    { ...at, ...signedIn, line: 11, target: 'social', problem: null, isWrong: false },
    { ...at, line: 12, target: 'forum', problem: 'HTTP 401: withdrawn', isWrong: true },
    { ...at, line: 13, target: 'wall', problem: 'connect ECONNREFUSED', isWrong: false },
    { ...at, line: 14, target: 'myspace', problem: "this install has no target 'myspace'", isWrong: false },
  ]);
  expect([social, forum, wall].flatMap(({ printed }) => printed)).toEqual([]);
  // A file that can not be read has no target.
  expect(await signInToTargets([{ ...read(targets), account: null }], { social })).toEqual([]);
});
