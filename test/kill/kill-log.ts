export type Victim = 'worker' | 'Temporal' | 'PostgreSQL';

export interface Kill {
  readonly victim: Victim;
  /** ms since the log was begun. */
  readonly atMs: number;
  /** The boundary's name, or `a random moment`. */
  readonly where: string;
  /** What was cut there. */
  readonly detail: string;
}

/** What was killed, when and where. */
export class KillLog {
  readonly #begun = performance.now();
  readonly kills: Kill[] = [];
  readonly #say: (line: string) => void;

  /** @param say hears of each kill at once. */
  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(victim: Victim, where: string, detail: string = ''): void {
    const kill = { victim, atMs: Math.round(performance.now() - this.#begun), where, detail };
    this.kills.push(kill);
    this.#say(`kill ${this.kills.length}: ${lineOf(kill)}`);
  }

  of(victim: Victim): Kill[] {
    return this.kills.filter((kill) => kill.victim === victim);
  }

  toString(): string {
    return this.kills.map((kill, index) => `${index + 1}. ${lineOf(kill)}`).join('\n');
  }
}

const lineOf = ({ victim, atMs, where, detail }: Kill): string =>
  `${(atMs / 1_000).toFixed(1)} s ${victim}: ${where}${detail && ` (${detail})`}`;
