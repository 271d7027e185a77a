import type { Answer } from './wire.js';

/** The worker is dead: what an attempt does after that has not happened. */
export class Killed extends Error {
  override name = 'Killed' as const;
}

/** An attempt of an activity, and what the outside world had of it while it lived. */
export class Life {
  dead = false;
  readonly activity: string;
  readonly input: unknown;
  /** Keys of charges that the archive has taken from it. */
  readonly settled = new Set<string>();
  /** What providers told it of their bills. */
  readonly answers: Answer[] = [];
  readonly #reached: (call: string) => void;

  constructor(activity: string, input: unknown, reached: (call: string) => void) {
    this.activity = activity;
    this.input = input;
    this.#reached = reached;
  }

  /** A service that ends with the worker. */
  lend<T extends object>(service: T): T {
    return new Proxy(service, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          this.#call(String(name), args, () => member.apply(target, args) as Promise<unknown>);
      },
    });
  }

  async #call(name: string, args: readonly unknown[], work: () => Promise<unknown>): Promise<unknown> {
    if (this.dead) throw new Killed();
    const [outcome] = await Promise.allSettled([work()]);
    if (outcome.status === 'fulfilled') this.#note(name, args[0]);
    this.#reached(name);
    if (this.dead) throw new Killed();
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  #note(name: string, input: unknown): void {
    if (name !== 'settle') return;
    for (const { key } of (input as { charges: readonly { key: string }[] }).charges) this.settled.add(key);
  }
}
