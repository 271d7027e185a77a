import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../main.js';
import type { Ended } from './command.js';

const ACCOUNTS = fileURLToPath(new URL('../../accounts', import.meta.url));

/** Runs a command line in this process, over streams of its own. */
export async function inProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input: string | Uint8Array = '',
): Promise<Ended> {
  const [stdout, stderr] = [new Captured(), new Captured()];
  const code = await main(args, {
    env: { COPYDESK_ACCOUNTS: ACCOUNTS, ...env },
    stdin: () => Readable.from([Buffer.from(input)]),
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    exitCode: 0,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

export async function inJson(...[args, ...surroundings]: Parameters<typeof inProcess>) {
  const { code, stdout, stderr } = await inProcess([...args, '--json'], ...surroundings);
  return { code, stderr, document: JSON.parse(stdout) as any };
}

/** Not a terminal, as a pipe is not. */
class Captured extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
