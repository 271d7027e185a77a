import type { Command } from 'commander';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';
import { idValue } from '../options/values.js';
import { postView } from '../output/post-view.js';

/** `post status`: the post's status document. */
export function addPostStatus(parent: DocumentedCommand, context: Context): void {
  parent
    .command('status')
    .description("a post's text, pipeline, costs and decisions")
    .argument('<id>', "the post's id")
    .manual({
      examples: ['npx copydesk post status UpkTZ26nc9Eb', 'npx copydesk post status UpkTZ26nc9Eb --json'],
      prints: "the post's status document",
    })
    .action((id: string, _, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => status(run, idValue('id', id))),
    );
}

async function status(run: CommandRun, id: string): CommandEnd {
  await withCopydesk(run, async (copydesk) => {
    const { output, settings } = run;
    const document = await copydesk.posts.status(id);
    output.result(document, () => postView(document, output.colors, settings.url));
  });
}
