/** Signs in to the targets of the account files with the credentials of this environment: what `accounts check --online` runs. */
import { readAccounts, type ReadAccount } from '../config/accounts/load.js';
import { errorLine } from '../contract/errors.js';
import type { TargetCheck } from '../contract/target-check.js';
import { FEED } from '../contract/targets/target.js';
import { TargetFailure, type Publisher } from '../services/publishers/publisher.js';
import { loadEnvFile } from '../config/env-file.js';
import { readSettings } from '../config/settings.js';
import { createPublicFetch } from '../services/public-fetch.js';
import { publishersFor, type PublisherOptions } from '../services/publishers/registry.js';
import { printDocument } from './log.js';
import { fail } from './program.js';

/** Signs in to each target of each account; the feed is the desk's own, and has nobody to sign in. Nothing is published. */
export function signInToTargets(
  accounts: readonly ReadAccount[],
  publishers: Readonly<Record<string, Publisher>>,
): Promise<readonly TargetCheck[]> {
  const checks = accounts.flatMap(({ file, account, lineOf }) =>
    (account?.targets ?? []).map(async (target, index): Promise<TargetCheck | null> => {
      if (target.kind === FEED.kind) return null;
      const at = { file, line: lineOf(['targets', String(index)]), target: target.name };
      try {
        const facts = await publishers[target.kind]?.check(target);
        if (!facts) throw new Error(`this install has no target '${target.kind}'`);
        return { ...at, as: facts.as, limits: facts.limits, problem: null, isWrong: false };
      } catch (error) {
        const isWrong = error instanceof TargetFailure && error.outcome === 'refused';
        return { ...at, as: null, limits: [], problem: errorLine(error), isWrong };
      }
    }),
  );
  return Promise.all(checks).then((all) => all.filter((check) => check !== null));
}

/** Nothing is published and nothing is read here, so there is neither archive nor assets. */
const NOTHING_STORED = {} as Pick<PublisherOptions, 'records' | 'assets'>;

try {
  const settings = readSettings(loadEnvFile(process.env));
  const { url, allowPrivate } = settings;
  const publishers = publishersFor({
    ...NOTHING_STORED,
    publicFetch: createPublicFetch({ allowPrivate }),
    url,
    allowPrivate,
    now: () => new Date(),
  });
  printDocument({ targets: await signInToTargets(await readAccounts(settings.accounts), publishers) });
} catch (error) {
  fail(error, { json: true });
}
