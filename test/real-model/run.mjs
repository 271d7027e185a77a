/**
 * A batch of three against a real, small model, by hand: `npm run test:real-model [-- json_schema|plain]`.
 * README.md beside this file tells what it needs, what it prints and what was seen.
 */
import { register } from 'tsx/esm/api';
import { isInstalled } from './cache.mjs';

const MODES = ['json_schema', 'plain'];
const modes = process.argv.length > 2 ? process.argv.slice(2) : MODES;

const unknown = modes.find((mode) => !MODES.includes(mode));
if (unknown !== undefined) fail(`'${unknown}' is neither ${MODES.join(' nor ')}`);
if (!isInstalled()) fail('The model is not installed: node test/real-model/install.mjs');

register();
const { tryMode } = await import('./batch.js');
let allSettled = true;
for (const mode of modes) allSettled = (await tryMode(mode)) && allSettled;
// A block with its reasons on the record is a right end too; a post that still waits for its text is none.
process.exitCode = allSettled ? 0 : 1;

function fail(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}
