import type { AtpAgent } from '@atproto/api';
import type { Fetch } from '../../http-fetch.js';
import { TargetFailure } from '../publisher.js';
import { readBlueskyFailure, isSignedOut, type Phase } from './failures.js';

export interface SignIn {
  readonly service: string;
  /** Handle or DID. */
  readonly identifier: string;
  readonly password: string;
  /** The environment variable that holds the password, for messages. */
  readonly variable: string;
}

export interface AccountOptions {
  readonly fetch: Fetch;
  readonly now: () => Date;
}

/** Who is signed in. */
export interface Identity {
  readonly did: string;
  readonly handle: string;
  /** The server that holds the account, which may be another than the one that signs in. */
  readonly server: URL;
}

/**
 * One account at one server. It signs in with its first call, and again where its session has ended: a server lets an account
 * sign in 30 times in five minutes and 300 times a day. The client renews a session by itself.
 */
export class BlueskyAccount {
  readonly #signIn: SignIn;
  readonly #options: AccountOptions;
  #agent: Promise<AtpAgent> | null = null;

  constructor(signIn: SignIn, options: AccountOptions) {
    this.#signIn = signIn;
    this.#options = options;
  }

  isFor(signIn: SignIn): boolean {
    return signIn.password === this.#signIn.password;
  }

  /** @throws TargetFailure */
  async identity(): Promise<Identity> {
    const { did, session, dispatchUrl } = await this.#signedIn();
    return { did: did ?? '', handle: session?.handle ?? '', server: dispatchUrl };
  }

  /** A call that writes nothing, or nothing that shows. @throws TargetFailure, whose outcome is never `unknown` */
  read<T>(call: (agent: AtpAgent) => Promise<T>): Promise<T> {
    return this.#ask('read', call);
  }

  /** @throws TargetFailure */
  write<T>(call: (agent: AtpAgent) => Promise<T>): Promise<T> {
    return this.#ask('write', call);
  }

  async #ask<T>(phase: Phase, call: (agent: AtpAgent) => Promise<T>): Promise<T> {
    const signedIn = this.#signedIn();
    const agent = await signedIn;
    try {
      return await call(agent);
    } catch (error) {
      if (!isSignedOut(error)) throw this.#failure(error, phase, agent);
      if (this.#agent === signedIn) this.#agent = null;
    }
    const renewed = await this.#signedIn();
    return call(renewed).catch((error: unknown) => {
      throw this.#failure(error, phase, renewed);
    });
  }

  /** Whoever asks at the same time waits for the same sign-in. */
  #signedIn(): Promise<AtpAgent> {
    if (this.#agent) return this.#agent;
    const signedIn = this.#openSession();
    this.#agent = signedIn;
    signedIn.catch(() => {
      if (this.#agent === signedIn) this.#agent = null;
    });
    return signedIn;
  }

  async #openSession(): Promise<AtpAgent> {
    const { AtpAgent } = await import('@atproto/api');
    const { service, identifier, password, variable } = this.#signIn;
    const agent = new AtpAgent({ service, fetch: this.#options.fetch as typeof fetch });
    const { data } = await agent.login({ identifier, password }).catch((error: unknown) => {
      throw this.#failure(error, 'sign in', agent);
    });
    if (data.active === false) {
      const message = `${variable}: the account ${data.handle} is ${data.status ?? 'not active'}`;
      throw new TargetFailure('refused', 'Target.SignIn', message);
    }
    return agent;
  }

  #failure(error: unknown, phase: Phase, { session }: AtpAgent): TargetFailure {
    const { password, variable } = this.#signIn;
    const secrets = [password, session?.accessJwt ?? '', session?.refreshJwt ?? ''];
    return readBlueskyFailure(error, { phase, variable, secrets, now: this.#options.now() });
  }
}
