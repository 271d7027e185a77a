import type { Variable } from './settings.js';

const HEAD = `# Configuration

<!-- Written by \`npm run docs\` from VARIABLES in config/settings.ts. -->

Set variables in the environment, or in a file \`.env\` in the folder where you start Copydesk: copy \`.env.example\` to it. The
environment beats the file. An empty variable counts as unset. What is wrong is refused at the start, in one line that names the
variable.

| Variable | Default | Meaning |
| --- | --- | --- |`;

const FOOT = `Once \`TEMPORAL_ADDRESS\` is set, the other \`TEMPORAL_*\` variables and the profiles of
[Temporal's own client configuration](https://docs.temporal.io/develop/environment-configuration) work too.

Two installs run side by side if they differ in \`COPYDESK_DATA\`, \`COPYDESK_PORT\` and \`COPYDESK_TEMPORAL_PORT\`.

What an account may set is in its file: [accounts.md](accounts.md).
`;

/** The text of `docs/configuration.md`: every variable with its default and meaning. `npm run docs` writes it. */
export const configurationPage = (variables: readonly Variable[]): string =>
  [`${HEAD}\n${variables.map(row).join('\n')}`, FOOT].join('\n\n');

const row = ({ name, fallback, meaning }: Variable): string =>
  `| \`${name}\` | ${fallback === null ? '–' : value(fallback)} | ${meaning} |`;

/** A default without a space is a value; one with a space is words about values. */
const value = (fallback: string): string => (fallback.includes(' ') ? fallback : `\`${fallback}\``);
