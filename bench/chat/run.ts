/** `npm run bench:chat [-- NAME…] [--quick] [--json]`: how the chat finds posts, cites them, and bears many readers. */
import { type Figure, measureAll, printFigures } from '../lab/print.js';
import { countCitations } from './citations.js';
import { long } from './long.js';
import { many } from './many.js';
import { byWords, withEmbeddings } from './retrieval.js';
import { runTogether } from './together.js';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const names = args.filter((arg) => !arg.startsWith('--'));
const conversations = quick ? 20 : 200;

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  words: byWords,
  embeddings: withEmbeddings,
  citations: countCitations,
  many: () => many({ posts: quick ? 500 : 5_000 }),
  pglite: () => runTogether({ conversations, engine: 'PGlite' }),
  postgres: () => runTogether({ conversations, engine: 'PostgreSQL' }),
  long: () => long({ turns: quick ? 50 : 500 }),
};

const wrong = names.find((name) => !(name in BENCHES));
if (wrong !== undefined) {
  console.error(`there is no figure '${wrong}'; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
const chosen = Object.entries(BENCHES).filter(([name]) => names.length === 0 || names.includes(name));
printFigures(await measureAll(chosen), { json: args.includes('--json') });
