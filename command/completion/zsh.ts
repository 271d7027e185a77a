import type { Definition, Names } from '../definitions.js';
import { askFor, cases, quoted, stepCases, valueCases } from './posix.js';

/** The completion for zsh with its completion system (compinit). */
export function zshCompletion(definitions: readonly Definition[]): string {
  return `#compdef copydesk
# zsh completion of copydesk. Load it in ~/.zshrc, after compinit:
#   source <(copydesk completion zsh)
# or write it to a file _copydesk in a folder of $fpath.
_copydesk() {
  local at='' account='' word last
  local -a subcommands flags choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${stepCases(definitions)}
    esac
    [[ $last == --account ]] && account=$word
    [[ $word == --account=* ]] && account=\${word#*=}
    last=$word
  done
  case "$at \${words[CURRENT-1]}" in
${valueCases(definitions, choicesOf, namesOf)}
  esac
  case "$at" in
${cases(definitions.map((one) => [quoted(one.words), entriesOf(one)]))}
  esac
  if [[ $PREFIX == -* ]] || (( $#subcommands + $#choices == 0 )); then
    _describe -o 'option' flags
  else
    (( $#subcommands )) && _describe 'command' subcommands
    (( $#choices )) && compadd -- "\${choices[@]}"
  fi
}
if [[ \${funcstack[1]} == _copydesk ]]; then
  _copydesk "$@"
else
  compdef _copydesk copydesk
fi
`;
}

function entriesOf({ commands, options, values, names }: Definition): string {
  const subcommands = commands.map(({ name, description }) => entry(name, description));
  const flags = options.flatMap((option) => option.flags.map((flag) => entry(flag, option.description)));
  return `subcommands=(${subcommands.join(' ')}) flags=(${flags.join(' ')}) choices=(${names === null ? values.map(quoted).join(' ') : wordsFrom(names)})`;
}

/** `_describe` takes a colon for the end of the word. */
const entry = (word: string, description: string): string =>
  quoted(`${word.replaceAll(':', '\\:')}:${description}`);

const choicesOf = (choices: readonly string[]): string => `compadd -- ${choices.map(quoted).join(' ')}`;

/** One a line, so that a name is a word of its own. */
const wordsFrom = (names: Names): string => `\${(f)"$(${askFor(names)})"}`;

const namesOf = (names: Names): string => `compadd -- ${wordsFrom(names)}`;
