import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: every tool works there, wherever it was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
