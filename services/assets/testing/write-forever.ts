import { FileAssets } from '../files.js';

// write-forever.ts <folder> <name>: a writer that is to be killed. Says when it has begun.
const [, , folder = '', name = ''] = process.argv;
const store = new FileAssets(folder);
const bytes = Buffer.alloc(64 * 1_048_576, 'x');
process.stdout.write('writing\n');
for (;;) await store.put(name, bytes);
