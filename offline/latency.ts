import { setTimeout as sleep } from 'node:timers/promises';

/** How long each provider takes, in ms. */
export interface Latency {
  readonly openai: { readonly latencyMs: number };
  /** Of plans; as long as any other text when left out. */
  readonly plan?: { readonly latencyMs: number };
  /** Of embeddings and moderations; an eighth of a text's when left out. */
  readonly embedding?: { readonly latencyMs: number };
  readonly moderation?: { readonly latencyMs: number };
  readonly image: { readonly latencyMs: number };
  readonly video: { readonly latencyMs: number };
  /** From a job's end until its billing event can be seen. */
  readonly billing: { readonly latencyMs: number };
}

/** Short enough for a first minute, long enough to see the work go on. */
const DEFAULTS = {
  openai: { latencyMs: 400 },
  image: { latencyMs: 1_500 },
  video: { latencyMs: 3_000 },
  billing: { latencyMs: 0 },
} satisfies Latency;
const NAMES = [...Object.keys(DEFAULTS), 'plan', 'embedding', 'moderation'];
/** How many times as long a text takes. */
const QUICKER: Readonly<Partial<Record<keyof Latency, number>>> = { embedding: 8, moderation: 8 };

/** The latency in force; a change counts for calls that come after it. */
export class Pace {
  #latency: Latency = DEFAULTS;

  /** @throws Error for a latency that is not a number of ms from 0. */
  set(change: Partial<Latency>): void {
    for (const [name, value] of Object.entries(change)) {
      if (!NAMES.includes(name)) throw new Error(`latency of '${name}' is not one of ${NAMES.join(', ')}`);
      const ms: unknown = value?.latencyMs;
      if (typeof ms !== 'number' || !(ms >= 0))
        throw new Error(`${name} latencyMs '${ms}' is not a number from 0`);
    }
    this.#latency = { ...this.#latency, ...change };
  }

  of(name: keyof Latency): number {
    return this.#latency[name]?.latencyMs ?? this.#latency.openai.latencyMs / (QUICKER[name] ?? 1);
  }

  async wait(name: keyof Latency): Promise<void> {
    // Unref'd: an answer nobody waits for any more must not keep the process alive.
    if (this.of(name) > 0) await sleep(this.of(name), undefined, { ref: false });
  }
}
