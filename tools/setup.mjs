import { pathToFileURL } from 'node:url';
import { ensureBuilt, hasCompiler } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { alone } from './lock.mjs';
import { say } from './run.mjs';

const oldest = [20, 19];

/** Makes a fresh clone or a changed checkout ready to run: packages, then dist/. Ends the process with a line if it can't. */
export async function setUp() {
  checkNode();
  await alone(async () => {
    ensureInstalled();
    await ensureBuilt();
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  say(`Node ${process.versions.node} is too old: Copydesk needs ${oldest.join('.')} or newer.`);
  process.exit(1);
}

// A person runs this as `npm run build`; npm runs it as `prepare` at the end of an install, where installing again would
// not end, and where a production install has no compiler.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.env.npm_lifecycle_event !== 'prepare') await setUp();
  else if (!process.env.COPYDESK_SKIP_PREPARE && hasCompiler()) await alone(ensureBuilt);
}
