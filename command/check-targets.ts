import { execFile } from 'node:child_process';
import { CopydeskError } from '../contract/errors.js';
import type { TargetCheck } from '../contract/target-check.js';
import type { Environment } from '../config/settings.js';
import { programFile } from './run-until-end.js';

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Signs in to the targets of every account, in a process of its own: the command knows no target itself.
 *
 * @throws CopydeskError when that process fails
 */
export function checkTargets(env: Environment): Promise<readonly TargetCheck[]> {
  const args = [...process.execArgv, programFile('check-targets')];
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: MOST_BYTES };
    execFile(process.execPath, args, options, (_failure, stdout) => {
      const answer = parsed(stdout);
      if (answer?.targets) resolve(answer.targets);
      else reject(new CopydeskError(answer?.error?.message ?? "can't sign in to the targets: no answer"));
    });
  });
}

interface Answer {
  readonly targets?: readonly TargetCheck[];
  readonly error?: { readonly message: string };
}

function parsed(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return null;
  }
}
