import type { Definition, Names } from '../definitions.js';
import { askFor, cases, quoted, stepCases, valueCases } from './posix.js';

/** The completion for bash 3.2 and newer. */
export function bashCompletion(definitions: readonly Definition[]): string {
  return `# bash completion of copydesk. Load it in ~/.bashrc:
#   source <(copydesk completion bash)
_copydesk() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' account='' i words options
  COMPREPLY=()
  # --gate=media comes as three words.
  if [[ $cur == '=' ]]; then
    cur=''
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${stepCases(definitions)}
    esac
    [[ \${COMP_WORDS[i]} == --account ]] && account=\${COMP_WORDS[i+1]}
    [[ $account == '=' ]] && account=\${COMP_WORDS[i+2]}
  done
  case "$at $prev" in
${valueCases(definitions, choicesOf, namesOf)}
  esac
  case "$at" in
${cases(definitions.map((one) => [quoted(one.words), wordsOf(one)]))}
  esac
  [[ $cur == -* || -z $words ]] && words=$options
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _copydesk copydesk
`;
}

function wordsOf({ commands, options, values, names }: Definition): string {
  const words = [...commands.map(({ name }) => name), ...values];
  const flags = options.flatMap((option) => option.flags);
  return `words=${names === null ? quoted(words.join(' ')) : `$(${askFor(names)})`} options=${quoted(flags.join(' '))}`;
}

const choicesOf = (choices: readonly string[]): string =>
  `COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$cur"))`;
const namesOf = (names: Names): string => `COMPREPLY=($(compgen -W "$(${askFor(names)})" -- "$cur"))`;
