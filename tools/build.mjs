import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint, sources } from './fingerprint.mjs';
import { root } from './paths.mjs';
import { capture, fail, say } from './run.mjs';

const dist = join(root, 'dist');
const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
const stampFile = join(dist, '.sources');
const tools = ['build.mjs', 'build-bundle.mjs', 'build-help.mjs', 'fingerprint.mjs'].map((name) =>
  join('tools', name),
);
const config = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** Compiles the sources to dist/, with the workflow bundle, unless dist/ has just these. Ends the process on an error. */
export async function ensureBuilt() {
  const files = sources(root);
  const stamp = fingerprint(root, [...files, ...tools, ...config]);
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8').trim() !== stamp) {
    say('Building (about 15 seconds, once per change)…');
    await build(files);
    writeFileSync(stampFile, `${stamp}\n`);
  }
  linkCommand();
}

/** Whether the development packages are installed. */
export function hasCompiler() {
  return existsSync(join(root, compiler));
}

async function build(files) {
  // A file that was renamed or removed must not live on in dist.
  for (const name of existsSync(dist) ? readdirSync(dist) : [])
    if (!name.startsWith('empty-database')) rmSync(join(dist, name), { recursive: true, force: true });
  const compiled = capture(process.execPath, [compiler, '-p', 'tsconfig.build.json']);
  if (!compiled.ok) fail('The build failed: tsc reports the errors above.', compiled.output);
  for (const file of files.filter((path) => !/\.tsx?$/.test(path))) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    cpSync(join(root, file), join(dist, file));
  }
  const { writeBundle } = await import('./build-bundle.mjs');
  await writeBundle().catch((error) =>
    fail('The build failed: the workflows could not be bundled.', error.message),
  );
  const { writeHelp } = await import('./build-help.mjs');
  await writeHelp();
  await ensureEmptyDatabase();
}

/** The embedded archive starts from a copy of an empty database, which takes PGlite five seconds to make: once for each of its versions. */
async function ensureEmptyDatabase() {
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json'), 'utf8'),
  );
  const made = join(dist, 'empty-database');
  const versionFile = `${made}.version`;
  if (existsSync(made) && existsSync(versionFile) && readFileSync(versionFile, 'utf8') === version) return;
  rmSync(made, { recursive: true, force: true });
  const { initDatabase } = await import(
    pathToFileURL(join(dist, 'services', 'archive', 'embedded', 'pglite.js')).href
  );
  rmSync(`${made}.new`, { recursive: true, force: true });
  await initDatabase(`${made}.new`);
  renameSync(`${made}.new`, made);
  writeFileSync(versionFile, version);
}

/** Makes `npx copydesk` this checkout's command; npm links a package's own `bin` only where it is a dependency. */
function linkCommand() {
  const command = join(dist, 'command', 'copydesk.js');
  if (!existsSync(command)) return;
  chmodSync(command, 0o755);
  if (process.platform === 'win32') return;
  const link = join(root, 'node_modules', '.bin', 'copydesk');
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'dist', 'command', 'copydesk.js'), link);
}
