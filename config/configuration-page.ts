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

## Another text server

Any server that speaks OpenAI's API will do: OpenRouter, vLLM, Ollama, llama.cpp, LM Studio. The account file names the models.

\`\`\`console
$ OPENAI_BASE_URL=http://127.0.0.1:11434/v1 npm start
\`\`\`

- **Output.** A server that refuses a JSON schema is asked in the next best way, for free. \`OPENAI_OUTPUT\` sets the way. JSON in a code fence or after a model's thoughts is read too.
- **API.** Chat completions, except with OpenAI itself. \`OPENAI_API=responses\` is for a server that holds a model to a schema there.
- **Cost.** The first that applies: what the server says (\`usage.cost\`, as OpenRouter does); \`OPENAI_PRICE\`; 0 on this machine or a private network; the price table, where an
  unknown model counts at the dearest, as unknown. A proxy of your own before a paid service needs \`OPENAI_PRICE=table\`.
- **Time.** A slow model may need more than 300 seconds: \`COPYDESK_TEXT_TIMEOUT=1200\`.
`;

/** The text of `docs/configuration.md`: every variable with its default and meaning. `npm run docs` writes it. */
export const configurationPage = (variables: readonly Variable[]): string =>
  [`${HEAD}\n${variables.map(row).join('\n')}`, FOOT].join('\n\n');

const row = ({ name, fallback, meaning }: Variable): string =>
  `| \`${name}\` | ${fallback === null ? '–' : value(fallback)} | ${meaning} |`;

/** A default without a space is a value; one with a space is words about values. */
const value = (fallback: string): string => (fallback.includes(' ') ? fallback : `\`${fallback}\``);
