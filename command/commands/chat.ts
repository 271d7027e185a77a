import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { ChatOffError } from '../../client/errors.js';
import { runCommand, withCopydesk, type CommandRun, type Context, type CommandEnd } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { byValue, idValue, optional, textValue } from '../options/values.js';
import { chatDocument, chatView } from '../output/chat-view.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface Options {
  readonly chat?: string;
}

/** `chat`: a question to an account, answered from what it has published. */
export function addChat(parent: DocumentedCommand, context: Context): void {
  parent
    .command('chat')
    .description('ask an account; it answers from the posts that it has published, and cites them')
    .argument('<account>', 'the account: the name of its file in accounts/')
    .argument('<question>', `at most ${TEXT_LIMITS.question} characters`)
    .option('--chat <id>', 'the conversation to continue (default: a new one)')
    .manual({
      examples: [
        'npx copydesk chat crumbandcrust "Why does my rye loaf stay flat?"',
        'npx copydesk chat crumbandcrust "And with more water?" --chat UpkTZ26nc9Eb --json',
      ],
      prints: '{ chatId, answer, citations: [{ postId, title, url }] }',
      notes: [
        "The account's file must have chat: { enabled: true }. An answer costs money like any other paid call and counts against chat.dailyBudget; a question that the budget does not hold is refused before anything is paid. Where no post has anything to do with a question, the account says so, and nothing is paid.",
        'A conversation reminds the model only of what the same user asked before.',
      ],
    })
    .action((account: string, question: string, options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) =>
        ask(run, account, question, options),
      ),
    );
}

async function ask(run: CommandRun, handle: string, text: string, options: Options): CommandEnd {
  const question = textValue('question', text, TEXT_LIMITS.question);
  const chatId = optional(options.chat, (id) => idValue('chat', id));
  const { loadAccount } = await import('../../config/accounts/load.js');
  const account = await loadAccount(run.settings.accounts, handle);
  if (!account.chat?.enabled) throw new ChatOffError(account.handle);
  const { output } = run;
  await withCopydesk(run, async ({ chats }) => {
    const reply = await chats.ask({ account, question, chatId, visitor: visitorHere() });
    output.result(chatDocument(reply), () => chatView(reply, account.handle, output.colors));
  });
}

/** Who asks: the same user of the same machine is the same visitor, and their name goes nowhere. */
const visitorHere = (): string =>
  createHash('sha256')
    .update(`copydesk chat ${byValue(undefined)}`)
    .digest('hex')
    .slice(0, 32);
