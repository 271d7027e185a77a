import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const folder = join(root, 'dist', 'command');
const compiled = (name) => import(pathToFileURL(join(folder, name)).href);

/** Writes the help of every command to dist/command/help.json, where the command finds it without loading any. */
export async function writeHelp() {
  const [{ main }, { createProgram }, { definitionsOf }] = await Promise.all(
    ['main.js', 'program.js', 'definitions.js'].map(compiled),
  );
  let text = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const context = { env: {}, stdin: () => process.stdin, stdout, stderr: process.stderr, exitCode: 0 };
  const table = {};
  for (const { words } of definitionsOf(createProgram(context))) {
    text = '';
    await main([...words.split(' ').filter(Boolean), '--help'], context);
    table[words] = text;
  }
  writeFileSync(join(folder, 'help.json'), JSON.stringify(table));
}
