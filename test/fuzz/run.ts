import fc from 'fast-check';

/** One thing that is thrown at one part. `run` throws for a finding. */
export interface Target {
  readonly name: string;
  readonly given: fc.Arbitrary<unknown>;
  run(given: any): Promise<void> | void;
  readonly runs: number;
}

export interface Finding {
  readonly seed: number;
  /** The smallest input that shows it, as far as there was time to look. */
  readonly input: string;
  readonly error: string;
}

export interface Fuzzed {
  readonly runs: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  /** How long a long run goes on, in seconds; null for a short one of `runs` inputs. */
  readonly seconds: number | null;
  readonly seed: number;
  /** Hears of each finding, and now and then of how far it is. */
  say(line: string): void;
}

/** Inputs between two words on how far it is. */
const ROUND = 200;
/** What a short run may take at the most, in ms, however slow the machine. */
const SHORT_MS = 20_000;
const MOST_FINDINGS = 20;
const INPUT_SHOWN = 2_000;

/** Throws inputs at a target, round after round from seed on, and keeps what it finds: each error once. */
export async function fuzz(target: Target, { seconds, seed, say }: FuzzOptions): Promise<Fuzzed> {
  const began = performance.now();
  const end = began + (seconds === null ? SHORT_MS : seconds * 1_000);
  const findings = new Map<string, Finding>();
  let runs = 0;
  for (let round = seed; ; round += 1) {
    const wanted = seconds === null ? Math.min(ROUND, target.runs - runs) : ROUND;
    const left = end - performance.now();
    if (wanted <= 0 || left <= 0 || findings.size >= MOST_FINDINGS) break;
    const done = await fc.check(
      fc.asyncProperty(target.given, async (given) => target.run(given)),
      { seed: round, numRuns: wanted, interruptAfterTimeLimit: left },
    );
    runs += Math.max(1, done.numRuns);
    if (done.failed && done.counterexample !== null) {
      const error = String(
        done.errorInstance instanceof Error ? done.errorInstance.stack : done.errorInstance,
      );
      const finding = {
        seed: round,
        input: fc.stringify(done.counterexample[0]).slice(0, INPUT_SHOWN),
        error,
      };
      const [kind = ''] = error.split('\n');
      if (!findings.has(kind)) say(`${target.name}: FOUND with seed ${round}: ${finding.input}\n${error}`);
      findings.set(kind, finding);
    }
    if (seconds !== null)
      say(`${target.name}: ${runs} inputs in ${inSeconds(began)}, ${findings.size} findings`);
  }
  say(
    `${target.name}: ${runs} inputs from seed ${seed} on in ${inSeconds(began)}, ${findings.size} findings`,
  );
  return { runs, findings: [...findings.values()] };
}

const inSeconds = (began: number): string => `${((performance.now() - began) / 1_000).toFixed(1)} s`;

/**
 * Has `check` answer in time. By the clock a machine that does much else looks like a parser that hangs, which computes.
 *
 * @throws Error when it computed for longer than `ms`: far more than any input should take
 */
export async function inTime(ms: number, check: () => unknown): Promise<void> {
  const began = process.cpuUsage();
  await check();
  const { user, system } = process.cpuUsage(began);
  if ((user + system) / 1_000 > ms) throw new Error(`it computed for over ${ms} ms`);
}
