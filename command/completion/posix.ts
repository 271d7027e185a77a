import type { Definition, Names } from '../definitions.js';

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

/** What a shell runs for the names of the account files; a planner's are those of the account on the line, in `account`. */
export const askFor = (names: Names): string =>
  `copydesk completion ${names}${names === 'planners' ? ' ${account:+"--account=$account"}' : ''} 2>/dev/null`;

/** After an option that takes a value: its choices and names as a shell offers them, or nothing for free text. */
export const valueCases = (
  definitions: readonly Definition[],
  offer: (choices: readonly string[]) => string,
  offerNames: (names: Names) => string,
): string =>
  cases(
    definitions.flatMap(({ words, options }) =>
      options
        .filter((option) => option.takesValue)
        .map(({ flags, choices, names }): Case => [
          flags.map((flag) => quoted(`${words} ${flag}`)).join(' | '),
          choices.length > 0
            ? `${offer(choices)}; return`
            : names !== null
              ? `${offerNames(names)}; return`
              : 'return',
        ]),
    ),
  );
