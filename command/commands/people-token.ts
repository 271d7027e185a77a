import type { Command } from 'commander';
import { entryOf, hashToken, nameProblem, newToken, ROLES } from '../../config/people/person.js';
import { shortened } from '../../config/setting-values.js';
import { UsageError } from '../../contract/errors.js';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { readOneOf } from '../options/values.js';

/** `people token`: a new token for a person, and the line that the file of people takes. */
export function addPeopleToken(parent: DocumentedCommand, context: Context): void {
  parent
    .command('token')
    .description('make a token for a person, and the line for the file of people (COPYDESK_PEOPLE)')
    .argument('<name>', 'the name that their decisions are by')
    .choice('--role <role>', 'an editor decides, a viewer reads (default: editor)', ROLES)
    .manual({
      examples: [
        'npx copydesk people token maria',
        'npx copydesk people token "Jo Kim" --role viewer --json',
      ],
      prints: '{ name, role, token, entry }',
      notes: [
        'The token is shown this once: the line has its hash alone. Replacing the line by one with another token ends the sessions of that person, and so does taking it out.',
        'It needs no server and changes no file.',
      ],
    })
    .action((name: string, options: { role?: string }, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => make(run, name, options.role)),
    );
}

async function make({ output }: CommandRun, name: string, given = 'editor'): CommandEnd {
  const role = readOneOf('role', given, ROLES);
  const problem = nameProblem(name);
  if (problem) throw new UsageError('name', `name='${shortened(name)}' ${problem}`);
  const token = newToken();
  const entry = entryOf({ name, role, token: hashToken(token) });
  output.result({ name, role, token, entry }, () =>
    [
      `Token, shown this once: ${token}`,
      '',
      'Add this line to the file that COPYDESK_PEOPLE names:',
      '',
      entry,
    ].join('\n'),
  );
}
