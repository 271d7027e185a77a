import { forbidden, modulesOf } from './bundle-modules.mjs';
import { writeBundle } from './build-bundle.mjs';
import { fail } from './run.mjs';
import { setUp } from './setup.mjs';

await setUp();
const code = await writeBundle().catch((error) => fail('The workflows could not be bundled.', error.message));
const modules = modulesOf(code);
if (modules.length === 0)
  fail('The check found no module in the bundle: webpack names them in another way now.');
const found = forbidden(modules);
if (found.length > 0) fail(`The workflow bundle holds ${found.length} forbidden modules.`, found.join('\n'));
// The inlined source map is not loaded into the heap of a workflow.
const bytes = Buffer.byteLength(code.replace(/\n\/\/# sourceMappingURL=.*$/s, ''));
process.stdout.write(
  `Workflow bundle: ${modules.length} modules, ${(bytes / 1024).toFixed(0)} KiB, nothing forbidden.\n`,
);
