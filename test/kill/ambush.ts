export interface Victim {
  readonly isReady: boolean;
  kill(): Promise<void>;
}

/**
 * A step boundary of a post, as the world outside the worker sees it:
 * - `request`: a call of a provider, by its method, path and, for text, what is asked for;
 * - `write`: a write to the archive;
 * - `file`: an asset that appears;
 * - `decision`: a person's word, sent right before the kill, or while nobody is there to hear it.
 *
 * `asked`: the worker dies before it is passed on; `answered`: when it has been carried out and nobody was told; `half`: in
 * the midst of the answer.
 */
export type Boundary = { readonly name: string } & (
  | { readonly at: 'request'; readonly moment: 'asked' | 'answered' | 'half'; readonly subject: RegExp }
  | { readonly at: 'write'; readonly moment: 'asked' | 'answered'; readonly subject: RegExp }
  | { readonly at: 'file'; readonly subject: RegExp }
  | { readonly at: 'decision'; readonly moment: 'sent' | 'unheard'; readonly subject: RegExp }
);

export type BoundaryAt<A extends Boundary['at']> = Extract<Boundary, { at: A }>;

/** Lies in wait at boundaries and kills the worker at each, once, in whatever order the work comes to them. */
export class Ambush {
  #armed: Boundary[] = [];
  /** Taken, and the kill is still to come. */
  readonly #out = new Set<Boundary>();
  #struck = false;
  #heard: (() => void) | null = null;
  readonly #worker: Victim;
  readonly #log: KillLog;

  constructor(worker: Victim, log: KillLog) {
    this.#worker = worker;
    this.#log = log;
  }

  get left(): readonly string[] {
    return this.#armed.map(({ name }) => name);
  }

  lies(at: Boundary['at']): boolean {
    return this.#armed.some((one) => one.at === at);
  }

  arm(boundaries: readonly Boundary[]): void {
    this.#armed.push(...boundaries);
  }

  get isOver(): boolean {
    return this.#armed.length === 0 && this.#out.size === 0;
  }

  /** Goes home, and says which boundaries nothing came to. */
  disarm(): readonly string[] {
    const left = [...this.#armed, ...this.#out].map(({ name }) => name);
    this.#armed = [];
    this.#out.clear();
    return left;
  }

  /** The boundary that the worker is at now, taken off the list; null when none lies in wait there, or the worker is dead. */
  take<A extends Boundary['at']>(at: A, subject: string): BoundaryAt<A> | null {
    if (!this.#worker.isReady) return null;
    const index = this.#armed.findIndex((one) => one.at === at && one.subject.test(subject));
    if (index < 0) return null;
    const [taken] = this.#armed.splice(index, 1) as [BoundaryAt<A>];
    this.#out.add(taken);
    return taken;
  }

  /** Lies in wait again where what was to be cut came to nothing. */
  giveBack(boundary: Boundary): void {
    if (this.#out.delete(boundary)) this.#armed.push(boundary);
  }

  /**
   * Kills the worker at the boundary that was taken; when it has died in the meantime, it is given back.
   *
   * @param meanwhile what happens while it is dead.
   */
  async spring(boundary: Boundary, detail: string, meanwhile?: () => Promise<void>): Promise<void> {
    if (!this.#worker.isReady) {
      this.giveBack(boundary);
      return meanwhile?.();
    }
    const dead = this.#worker.kill();
    this.#log.add('worker', boundary.name, detail);
    await dead;
    await meanwhile?.();
    this.#out.delete(boundary);
    this.#struck = true;
    this.#heard?.();
  }

  /** Resolves at the next kill at a boundary, or at once when there was one since the last time. */
  async struck(): Promise<void> {
    if (!this.#struck) await new Promise<void>((resolve) => (this.#heard = resolve));
    this.#struck = false;
  }
}

interface Kill {
  readonly victim: 'worker' | 'Temporal' | 'PostgreSQL';
  /** ms since the log was begun. */
  readonly atMs: number;
  /** The boundary's name, or `a random moment`. */
  readonly where: string;
  /** What was cut there. */
  readonly detail: string;
}

export class KillLog {
  readonly #begun = performance.now();
  readonly kills: Kill[] = [];
  readonly #say: (line: string) => void;

  /** @param say hears of each kill at once. */
  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(victim: Kill['victim'], where: string, detail: string = ''): void {
    const kill = { victim, atMs: Math.round(performance.now() - this.#begun), where, detail };
    this.kills.push(kill);
    this.#say(`kill ${this.kills.length}: ${lineOf(kill)}`);
  }

  of(victim: Kill['victim']): Kill[] {
    return this.kills.filter((kill) => kill.victim === victim);
  }

  toString(): string {
    return this.kills.map((kill, index) => `${index + 1}. ${lineOf(kill)}`).join('\n');
  }
}

const lineOf = ({ victim, atMs, where, detail }: Kill): string =>
  `${(atMs / 1_000).toFixed(1)} s ${victim}: ${where}${detail && ` (${detail})`}`;
