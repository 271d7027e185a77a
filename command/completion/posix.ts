import type { Definition } from '../definitions.js';

/** One `case` of bash and zsh: a pattern and what is done for it. */
export type Case = readonly [pattern: string, body: string];

export const cases = (all: readonly Case[]): string =>
  all.map(([pattern, body]) => `      ${pattern}) ${body} ;;`).join('\n');

export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Follows the words so far down to their command, in the variable `at`. */
export const stepCases = (definitions: readonly Definition[]): string =>
  cases(
    definitions
      .filter(({ words }) => words !== '')
      .map(({ step, words }): Case => [quoted(step), `at=${quoted(words)}`]),
  );

/** After an option that takes a value: its choices as `offer` gives them, or nothing for free text. */
export const valueCases = (
  definitions: readonly Definition[],
  offer: (choices: readonly string[]) => string,
): string =>
  cases(
    definitions.flatMap(({ words, options }) =>
      options
        .filter((option) => option.takesValue)
        .map(({ flags, choices }): Case => [
          flags.map((flag) => quoted(`${words} ${flag}`)).join(' | '),
          choices.length > 0 ? `${offer(choices)}; return` : 'return',
        ]),
    ),
  );
