import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

/*
 * Run by npm after an install. Temporal's native core comes as one package for five platforms, with its Rust sources: 137 MB and
 * 11 MB, of which 28 MB are ever loaded. A checkout that another platform is to use as well is installed there. Somebody else's
 * program, in which we are a package among others, keeps all of its own.
 */
const isPackage = import.meta.dirname.split(sep).includes('node_modules');
if (!isPackage) leaveOut();

function leaveOut() {
  const require = createRequire(import.meta.url);
  const core = dirname(require.resolve('@temporalio/core-bridge/package.json'));
  const { getPrebuiltTargetName, PrebuildError } = require('@temporalio/core-bridge/common.js');
  try {
    const ours = getPrebuiltTargetName();
    const releases = join(core, 'releases');
    const there = readdirSync(releases);
    // Where ours is missing, somebody has built the core from its sources.
    if (there.includes(ours)) {
      for (const name of there) if (name !== ours) rmSync(join(releases, name), { recursive: true });
      rmSync(join(core, 'sdk-core'), { recursive: true, force: true });
    }
  } catch (error) {
    // No core for this platform at all, or a folder that is another user's: nothing is worse than before.
    if (!(error instanceof PrebuildError || error.code === 'EACCES' || error.code === 'ENOENT')) throw error;
  }
}
