import type { Command } from 'commander';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { deskApi } from '../../client/desk-api.js';
import { listPosts, type PostFilter } from '../../client/lists.js';
import type { DocumentedCommand } from '../manual.js';
import { handleValue, optional } from '../options/values.js';
import { postListView } from '../output/post-view.js';

/** `post list`: posts from the desk. */
export function addPostList(parent: DocumentedCommand, context: Context): void {
  parent
    .command('list')
    .description('the posts, newest first')
    .option('--waiting', 'only those that wait for a person')
    .option('--account <handle>', 'only those of this account')
    .manual({
      examples: ['npx copydesk post list --waiting', 'npx copydesk post list --account ashtalksai --json'],
      prints:
        '{ posts: [{ id, account, batchId, planner, title, contentFormat, status, gate, revision, costUsd, since, reminded, misses, offline, hero, slot, error, createdAt }] }',
      notes: [
        'A post that a person was reminded of is marked, and how many checks of the house style it misses.',
        'An account is known to the desk by its file or by its batches; another is wrong use, with exit code 2.',
      ],
    })
    .action((options: PostFilter, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => list(run, options)),
    );
}

async function list({ settings, output }: CommandRun, { waiting = false, account }: PostFilter): CommandEnd {
  optional(account, (text) => handleValue('account', text));
  const { posts } = await listPosts(deskApi(settings), { waiting, account });
  output.result({ posts }, () => postListView(posts, { waiting, colors: output.colors, desk: settings.url }));
}
