import type { Variable } from './settings.js';

/** It says where the file is, which the file itself can't. */
const OUTSIDE = 'COPYDESK_ENV_FILE';

const HEAD = `# Settings of Copydesk. Copy this file to .env, in the folder where you start it, and take the # away before what you
# set. What the environment sets beats this file. Keep .env to yourself: it holds your keys.
`;

/** The text of `.env.example`: every variable, commented out, with its meaning and default. `npm run docs` writes it. */
export const envExample = (variables: readonly Variable[]): string =>
  [HEAD, ...variables.filter(({ name }) => name !== OUTSIDE).map(entry)].join('\n');

const entry = ({ name, fallback, meaning }: Variable): string =>
  `# ${`${meaning}${fallback === null ? '' : ` (default: ${fallback})`}`.replaceAll('`', '')}\n#${name}=\n`;
