import type { Definition, Names, OptionDefinition } from '../definitions.js';

/** The completion for fish 3 and newer. */
export function fishCompletion(definitions: readonly Definition[]): string {
  const steps = definitions
    .filter(({ words }) => words !== '')
    .map((one) => `            case ${quoted(one.step)}\n                set at ${quoted(one.words)}`);
  return `# fish completion of copydesk. Load it in ~/.config/fish/config.fish:
#   copydesk completion fish | source
function __copydesk_at --description 'Whether the words so far lead to this command of copydesk'
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
${steps.join('\n')}
        end
    end
    test "$at" = "$argv[1]"
end
function __copydesk_account --description 'The account that the words so far name, as an option'
    commandline -opc | string join ' ' | string replace -rf -- '.*--account[= ](\\S+).*' '--account=$1'
end
complete -c copydesk -f
${definitions.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ words, commands, options, values, names }: Definition): string[] {
  const here = `complete -c copydesk -n ${quoted(`__copydesk_at ${quoted(words)}`)}`;
  return [
    ...commands.map(({ name, description }) => `${here} -a ${quoted(name)} -d ${quoted(description)}`),
    ...values.map((value) => `${here} -a ${quoted(value)}`),
    ...(names === null ? [] : [`${here} -a ${asked(names)}`]),
    ...options.map((option) => `${here} ${flagsOf(option)} -d ${quoted(option.description)}`),
  ];
}

function flagsOf({ flags, takesValue, choices, names }: OptionDefinition): string {
  const named = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const words = choices.length > 0 ? quoted(choices.join(' ')) : names === null ? null : asked(names);
  const value = words === null ? (takesValue ? ['-x'] : []) : [`-x -a ${words}`];
  return [...named, ...value].join(' ');
}

/** In fish, a backslash before a quote or a backslash is read inside single quotes too. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Asked for when it is completed; a planner's are those of the account on the line. */
const asked = (names: Names): string =>
  quoted(`(copydesk completion ${names}${names === 'planners' ? ' (__copydesk_account)' : ''} 2>/dev/null)`);
