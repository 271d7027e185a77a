import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Copydesk as a user runs it, over a folder and ports of its own, with the model's server as its text provider. */
export class Install {
  #folder;
  #children = [];
  #env = {};

  constructor(folder) {
    this.#folder = folder;
  }

  /** @param {'json_schema' | 'plain'} mode of the model's server */
  async start(mode, say) {
    const log = process.env.REAL_MODEL_LOG;
    const model = this.#spawn([here('server.mjs'), mode], process.env);
    if (log) model.stderr.pipe(createWriteStream(log, { flags: 'a' }));
    else model.stderr.resume();
    const baseUrl = await firstLine(model, "the model's server");
    say(`${mode}: SmolLM2 at ${baseUrl}`);
    const temporalPort = await freePort(20_000);
    const { PATH, HOME, XDG_CACHE_HOME, TEMPORAL_ADDRESS } = process.env;
    this.#env = {
      ...{ PATH, HOME, XDG_CACHE_HOME, TEMPORAL_ADDRESS },
      COPYDESK_DATA: join(this.#folder, 'data'),
      COPYDESK_ACCOUNTS: here('accounts'),
      COPYDESK_PORT: String(await freePort(24_000)),
      COPYDESK_TEMPORAL_PORT: String(temporalPort),
      // The model answers one call at a time: the last of three drafts waits for two others.
      COPYDESK_TEXT_TIMEOUT: process.env.COPYDESK_TEXT_TIMEOUT ?? '900',
      OPENAI_BASE_URL: baseUrl,
      OPENAI_API: 'chat',
    };
    const up = this.#spawn([join(root, bin.copydesk), 'up', '--json'], this.#env);
    up.stderr.on('data', (text) => process.stderr.write(text));
    await firstLine(up, 'copydesk up');
  }

  /** Runs the command and answers its document. @throws Error with its words when it fails */
  async command(...args) {
    const child = this.#spawn([join(root, bin.copydesk), ...args, '--json'], this.#env);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`copydesk ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** Ends what was started, the last first: Copydesk stops its own Temporal server. */
  async stop() {
    for (const child of this.#children.splice(0).reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  }

  #spawn(args, env) {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.push(child);
    return child;
  }
}

async function firstLine(child, name) {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`${name} ended before it was ready`);
}

/** A port from `from` on that is free, and so is the one a thousand above. */
async function freePort(from) {
  for (let port = from + Math.floor(Math.random() * 3_000); ; port += 1)
    if ((await isFree(port)) && (await isFree(port + 1_000))) return port;
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
