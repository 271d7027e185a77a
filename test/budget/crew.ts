import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Chance } from '../../offline/seed.js';
import type { Spending, Word, Work } from './spending.js';

const SCRIPT = fileURLToPath(new URL('spender.child.ts', import.meta.url));

/**
 * Worker processes, one in each slot, and some that stand by: a new process takes longer to start than a short lease lasts,
 * while a cluster's next worker is there at once.
 */
export class Crew {
  readonly words: Partial<Record<Word, number>> = {};
  /** After which word a worker was killed; null for any moment. */
  readonly kills: (Word | null)[] = [];
  readonly #spending: Spending;
  readonly #chance: Chance;
  readonly #standby: Promise<ChildProcess>[] = [];
  readonly #slots = new Map<number, ChildProcess>();
  readonly #all = new Set<ChildProcess>();
  #failure: Error | null = null;

  constructor(spending: Spending, chance: Chance) {
    this.#spending = spending;
    this.#chance = chance;
  }

  async start(slots: number, standby: number): Promise<void> {
    for (let n = 0; n < slots + standby; n += 1) this.#standby.push(this.#spawn());
    for (let slot = 0; slot < slots; slot += 1) await this.#fill(slot);
  }

  /** Kills a worker when it says a word, or at once, and puts another in its place. Where no money is left it waits for none. */
  async kill(when: Word | null): Promise<void> {
    const slot = this.#chance.pick([...this.#slots.keys()]);
    const worker = this.#slots.get(slot)!;
    await this.#standby[0];
    const word = when === null ? null : await this.#said(worker, [when, 'over month']);
    this.check();
    this.#slots.delete(slot);
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
    this.kills.push(word);
    await this.#fill(slot);
    this.#standby.push(this.#spawn());
  }

  async finish(): Promise<void> {
    const standby = await Promise.all(this.#standby.splice(0));
    for (const worker of standby) worker.kill('SIGKILL');
    const workers = [...this.#slots.values()];
    this.#slots.clear();
    const ended = workers.map((worker) => once(worker, 'exit'));
    for (const worker of workers) worker.send('enough');
    await Promise.all(ended);
  }

  /** @throws Error when a worker ended that nobody had killed */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  close(): void {
    this.#slots.clear();
    for (const worker of this.#all) worker.kill('SIGKILL');
  }

  async #fill(slot: number): Promise<void> {
    const worker = await this.#standby.shift()!;
    this.#slots.set(slot, worker);
    worker.once('exit', (code) => {
      if (this.#slots.get(slot) === worker)
        this.#failure = new Error(`the worker of slot ${slot} ended with ${code}`);
    });
    worker.send({ slot, seed: this.#chance.next(2 ** 31) } satisfies Work);
  }

  async #spawn(): Promise<ChildProcess> {
    const worker = fork(SCRIPT, [JSON.stringify(this.#spending)], { execArgv: ['--import', 'tsx'] });
    this.#all.add(worker);
    worker.once('exit', () => this.#all.delete(worker));
    worker.on('message', (word: Word) => (this.words[word] = (this.words[word] ?? 0) + 1));
    await this.#said(worker, ['ready']);
    return worker;
  }

  /** The first of these words that the worker says; null when it ends before. */
  #said(worker: ChildProcess, words: readonly Word[]): Promise<Word | null> {
    return new Promise((resolve) => {
      const listen = (said: Word): void => {
        if (words.includes(said)) done(said);
      };
      const ended = (): void => done(null);
      const done = (word: Word | null): void => {
        worker.off('message', listen);
        worker.off('exit', ended);
        resolve(word);
      };
      worker.on('message', listen);
      worker.once('exit', ended);
    });
  }
}
