/** Signs in to the targets of the account files with the credentials of this environment: what `accounts check --online` runs. */
import { readAccounts } from '../config/accounts/load.js';
import { loadEnvFile } from '../config/env-file.js';
import { readSettings } from '../config/settings.js';
import { createPublicFetch } from '../services/public-fetch.js';
import { publishersFor, type PublisherOptions } from '../services/publishers/registry.js';
import { printDocument } from './log.js';
import { fail } from './program.js';
import { signInToTargets } from './target-checks.js';

/** Nothing is published and nothing is read here, so there is neither archive nor assets. */
const NOTHING_STORED = {} as Pick<PublisherOptions, 'records' | 'assets'>;

try {
  const settings = readSettings(loadEnvFile(process.env));
  const { url, allowPrivate } = settings;
  const publishers = publishersFor({
    ...NOTHING_STORED,
    publicFetch: createPublicFetch({ allowPrivate }),
    ...{ url, allowPrivate, now: () => new Date() },
  });
  printDocument({ targets: await signInToTargets(await readAccounts(settings.accounts), publishers) });
} catch (error) {
  fail(error, { json: true });
}
