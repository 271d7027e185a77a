import type { Definition, OptionDefinition } from '../definitions.js';

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
complete -c copydesk -f
${definitions.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ words, commands, options, values }: Definition): string[] {
  const here = `complete -c copydesk -n ${quoted(`__copydesk_at ${quoted(words)}`)}`;
  return [
    ...commands.map(({ name, description }) => `${here} -a ${quoted(name)} -d ${quoted(description)}`),
    ...values.map((value) => `${here} -a ${quoted(value)}`),
    ...options.map((option) => `${here} ${flagsOf(option)} -d ${quoted(option.description)}`),
  ];
}

function flagsOf({ flags, takesValue, choices }: OptionDefinition): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = choices.length > 0 ? [`-x -a ${quoted(choices.join(' '))}`] : takesValue ? ['-x'] : [];
  return [...names, ...value].join(' ');
}

/** In fish, a backslash before a quote or a backslash is read inside single quotes too. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
