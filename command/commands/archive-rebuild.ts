import type { Command } from 'commander';
import type { Rebuilt } from '../../contract/rebuild.js';
import { createPace } from '../pace.js';
import { runCommand, withCopydesk, type Context, type CommandEnd, type CommandRun } from '../context.js';
import type { DocumentedCommand } from '../manual.js';

/** `archive rebuild`: after the archive was lost, the record of what Temporal still knows. */
export function addArchiveRebuild(parent: DocumentedCommand, context: Context): void {
  parent
    .command('rebuild')
    .description('after the archive was lost: write the record of what Temporal still knows')
    .manual({
      examples: ['npx copydesk archive rebuild'],
      prints: '{ batches, posts, publications, skipped: [{ id, reason }] }',
      notes: [
        'Each batch and post comes back as it last recorded itself, with its charges and publications. A post at work shows its newest state again when it next waits, stops or ends.',
        'What Temporal has forgotten (after the retention of its namespace) and what providers billed is not in there: import an export for that, before or after. It may be repeated; on a whole archive it changes nothing.',
      ],
    })
    .action((_options: object, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), rebuild),
    );
}

async function rebuild(run: CommandRun): CommandEnd {
  const pace = createPace(
    (line) => run.output.note(line),
    () => performance.now(),
  );
  const rebuilt = await withCopydesk(run, (copydesk) =>
    copydesk.rebuildArchive((progress) => pace(() => `rebuilding: ${countWords(progress)}`)),
  );
  run.output.result(rebuilt, () => rebuiltView(rebuilt));
}

const countWords = ({ batches, posts, publications, skipped }: Rebuilt): string =>
  `${batches} batches, ${posts} posts, ${publications} publications; ${skipped.length} skipped`;

const rebuiltView = (rebuilt: Rebuilt): string =>
  [
    `In the archive: ${countWords(rebuilt)}.`,
    ...rebuilt.skipped.map(({ id, reason }) => `skipped ${id}: ${reason}`),
  ].join('\n');
