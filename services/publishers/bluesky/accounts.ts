import { guardedFetch, type Fetch } from '../../http-fetch.js';
import { createSecrets } from '../../secrets.js';
import { TargetFailure } from '../publisher.js';
import { BlueskyAccount, type AccountOptions, type SignIn } from './account.js';
import type { Target } from '../../../contract/account.js';

export interface AccountsOptions extends AccountOptions {
  /** Where passwords are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The accounts of this process, each with its one session. */
export class BlueskyAccounts {
  readonly #options: AccountsOptions;
  readonly #known = new Map<string, BlueskyAccount>();

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  /** @throws TargetFailure where it can't be known how the target is signed in to */
  of(target: Target): BlueskyAccount {
    const signIn = this.#signInOf(target);
    const key = JSON.stringify([signIn.service, signIn.identifier]);
    const known = this.#known.get(key);
    if (known?.isFor(signIn)) return known;
    const opened = new BlueskyAccount(signIn, { ...this.#options, fetch: this.#fetchFor(signIn) });
    this.#known.set(key, opened);
    return opened;
  }

  #signInOf({ name, settings }: Target): SignIn {
    const { identifier, password: variable, service } = settings;
    // The target of a post that was published may be in the account file no more.
    if (!identifier || !variable || !service)
      throw refused(`the account file no longer says how to sign in to ${name}`);
    const password = this.#options.env[variable]?.trim();
    if (!password)
      throw refused(`the worker's environment lacks ${variable}, the app password of ${identifier}`);
    return { service, identifier, password, variable };
  }

  #fetchFor({ password }: SignIn): Fetch {
    return guardedFetch(this.#options.fetch, createSecrets([password]));
  }
}

const refused = (message: string): TargetFailure => new TargetFailure('refused', 'Target.SignIn', message);
