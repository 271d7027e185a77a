import type { AtpAgent } from '@atproto/api';
import type { Target } from '../../contract/account.js';
import { type Fetch, guardedFetch } from '../http-fetch.js';
import { nothingWasSent, retryAfterMs } from '../provider-error.js';
import { refusalIn } from '../public-fetch.js';
import { readable } from '../readable.js';
import { createSecrets } from '../secrets.js';
import { readNoAnswer, readStatus, type FailureMeaning } from './failures.js';
import { TargetFailure } from './publisher.js';

export interface SignIn {
  readonly service: string;
  /** Handle or DID. */
  readonly identifier: string;
  readonly password: string;
  /** The environment variable that holds the password, for messages. */
  readonly variable: string;
}

interface AccountOptions {
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

interface AccountsOptions extends AccountOptions {
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

/** `write` is the one call that makes a post or deletes it; what came before it can be repeated. */
export type Phase = 'sign in' | 'read' | 'write';

export interface BlueskyCall {
  readonly phase: Phase;
  /** Whose words they are, and what is named where signing in is refused. */
  readonly variable: string;
  /** What no words may hold. */
  readonly secrets: readonly string[];
  readonly now: Date;
}

/** An error of the AT protocol's client, as far as it tells what became of a call. */
interface Answered {
  /** 1 and 2 are the client's own: no answer came, or one that makes no sense. */
  readonly status: number;
  /** The protocol's name of it: `ExpiredToken`, `RateLimitExceeded`, … */
  readonly error: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

const NO_ANSWER = 1;
const NONSENSE = 2;

/** Whether a session is over, and signing in again may help. */
export function isSignedOut(error: unknown): boolean {
  const answered = asAnswered(error);
  return answered !== null && (answered.status === 401 || SIGNED_OUT.includes(answered.error));
}

/** Some servers answer these with 400. */
const SIGNED_OUT = ['ExpiredToken', 'InvalidToken', 'AuthMissing'];

/** What a failed call means for the post. */
export function readBlueskyFailure(error: unknown, asked: BlueskyCall): TargetFailure {
  if (error instanceof TargetFailure) return error;
  const { phase, variable, now } = asked;
  const refused = refusalIn(error);
  if (refused?.ofAddress) return new TargetFailure('refused', 'Target.Address', refused.message);
  const answered = asAnswered(error);
  const words = readable(wordsOf(error), createSecrets(asked.secrets)) || 'no words';
  const [outcome, type] = readMeaning(answered, error, phase);
  const message = type === 'Target.SignIn' ? `${variable}: ${words}` : words;
  return new TargetFailure(outcome, type, message, secondsIn(answered, now));
}

/** A server of the AT protocol calls whatever it does not take a bad request, and all of a sign-in is about its credentials. */
function readMeaning(answered: Answered | null, error: unknown, phase: Phase): FailureMeaning {
  const isWrite = phase === 'write';
  const status = answered?.status ?? NO_ANSWER;
  if (status === NO_ANSWER || status === NONSENSE || nothingWasSent(error))
    return readNoAnswer(error, isWrite);
  const [outcome, type] = readStatus(status, isWrite);
  if (status === 429 || status >= 500) return [outcome, type];
  if (phase === 'sign in') return ['refused', 'Target.SignIn'];
  return ['refused', type === 'Target.SignIn' || type === 'Target.TooLarge' ? type : 'Target.Refused'];
}

/** `ratelimit-reset` is a time in seconds since 1970. Every answer has it, and it counts where the limit is what refused. */
function secondsIn(answered: Answered | null, now: Date): number | null {
  const { status, headers } = answered ?? {};
  const reset = status === 429 ? Number(headers?.['ratelimit-reset'] ?? NaN) : NaN;
  const wait = headers?.['retry-after'] !== undefined ? retryAfterMs(headers['retry-after']) : null;
  if (wait !== null) return Math.ceil(wait / 1_000);
  return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now.getTime() / 1_000)) : null;
}

function asAnswered(error: unknown): Answered | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  return typeof error.status === 'number' && 'error' in error ? (error as unknown as Answered) : null;
}

/** The client puts the name of a lost call where its words were. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    const { message } = at;
    if (message !== '' && !words.includes(message)) words.push(message);
  }
  return words.length > 0 ? words.join(': ') : String(error);
}
