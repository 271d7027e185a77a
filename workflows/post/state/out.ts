import type { Publication, StatusError } from '../../../contract/status.js';
import { newTargetState, tryAgain, type TargetState } from '../target-state.js';
import type { Target } from '../../../contract/account.js';

/** What is out, and how it stands with the targets that have not taken it. */
export interface Out {
  readonly publications: readonly Publication[];
  readonly publishedAt: string | null;
  /** When the publishing of a revision began; left out before. */
  readonly began?: { readonly revision: number; readonly at: string };
  /** By the name of the target; left out before. */
  readonly targets?: Readonly<Record<string, TargetState>>;
  /** The names of the targets that this revision does not go to; left out where it goes to all. */
  readonly skipped?: readonly string[];
  /** Nothing more is published: the post is taken back, or nobody mended what failed. */
  readonly isClosed?: boolean;
}

export const NOTHING_OUT: Out = { publications: [], publishedAt: null };

interface Beginning {
  readonly revision: number;
  readonly now: Date;
  /** The names of the targets that it does not go to; none when left out. */
  readonly skipped?: readonly string[];
}

/** Begins to publish a revision. One that had begun goes on where it was. */
export function beginPublishing(
  out: Out,
  names: readonly string[],
  { revision, now, skipped = [] }: Beginning,
): Out {
  const isBegun = out.began?.revision === revision;
  const before = isBegun ? (out.targets ?? {}) : {};
  const missing = names.filter((name) => !isOutAt(out, name) && !skipped.includes(name));
  return {
    ...out,
    skipped: skipped.length > 0 ? skipped : undefined,
    began: isBegun ? out.began : { revision, at: now.toISOString() },
    targets: Object.fromEntries(missing.map((name) => [name, before[name] ?? newTargetState(now)])),
  };
}

export const targetStateOf = ({ targets = {} }: Out, name: string): TargetState | null =>
  (Object.hasOwn(targets, name) && targets[name]) || null;

export function changeTarget(out: Out, name: string, change: (state: TargetState) => TargetState): Out {
  const state = targetStateOf(out, name);
  return state ? { ...out, targets: { ...out.targets, [name]: change(state) } } : out;
}

/** A target has taken it. The post is published since the first one did. */
export function addPublication(out: Out, publication: Publication): Out {
  const { targets = {} } = out;
  return {
    ...out,
    publications: [...out.publications, publication],
    publishedAt: out.publishedAt ?? publication.at,
    targets: Object.fromEntries(Object.entries(targets).filter(([name]) => name !== publication.target)),
  };
}

export const isOutAt = ({ publications }: Out, target: string): boolean =>
  publications.some((publication) => publication.target === target);

/** Nothing more is published. */
export const closeOut = (out: Out): Out => ({ ...out, isClosed: true });

/** The targets that are still tried. */
export const openTargets = (out: Out, targets: readonly Target[]): Target[] =>
  targets.filter(
    ({ name }) => !isOutAt(out, name) && !out.skipped?.includes(name) && !targetStateOf(out, name)?.error,
  );

/** The names of the targets that wait for a person, in the order of the account. */
export const failedTargets = ({ targets = {} }: Out): string[] =>
  Object.keys(targets).filter((name) => targets[name]?.error);

/** A person asks for what failed once more. */
export function retryTargets(out: Out, now: Date): Out {
  return failedTargets(out).reduce(
    (before, name) => changeTarget(before, name, (state) => tryAgain(state, now)),
    out,
  );
}

/** Why targets wait for a person, each by its name; null when none does. */
export function targetsError(out: Out): StatusError | null {
  const failed = failedTargets(out).map((name) => ({ name, error: targetStateOf(out, name)?.error }));
  const [first] = failed;
  if (!first?.error) return null;
  const message = failed.map(({ name, error }) => `${name}: ${error?.message}`).join('; ');
  return { ...first.error, message: message.slice(0, LONGEST_MESSAGE) };
}

const LONGEST_MESSAGE = 1_000;

/** When the last of the targets that wait for a person began to, ISO 8601; null when none does. */
export const stoppedSince = ({ targets = {} }: Out): string | null =>
  Object.values(targets)
    .flatMap(({ stoppedAt }) => stoppedAt ?? [])
    .toSorted()
    .at(-1) ?? null;
