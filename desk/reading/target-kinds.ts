import { TARGET_KINDS } from '../../contract/targets/registry.js';
import { type Target, type TargetKind, type TextLimit } from '../../contract/targets/target.js';

/** As an account's file names them. */
interface WithTargets {
  readonly targets: readonly Target[];
}

/** The limit of a text for a target, by the target's name; null where the account has no such target any more, or it has no limit. */
export const targetLimits =
  (account: WithTargets) =>
  (target: string): TextLimit | null =>
    kindOf(account, target)?.limit ?? null;

/** Whether readers come to a target, by the target's name: those with a text of their own are for people, the others for programs. */
export const readersTargets =
  (account: WithTargets) =>
  (target: string): boolean =>
    (kindOf(account, target)?.fit ?? null) !== null;

function kindOf(account: WithTargets, target: string): TargetKind | null {
  const named = account.targets.find(({ name }) => name === target);
  return TARGET_KINDS.find(({ kind }) => kind === named?.kind) ?? null;
}
