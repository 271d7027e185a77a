import type { Command } from 'commander';
import { endLine, ExportError, readExport } from '../../contract/archive-export.js';
import { createPace } from '../pace.js';
import { createWholeFile } from '../whole-file.js';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { deskApi } from '../../client/desk-api.js';
import { UsageError } from '../../contract/errors.js';
import { DeskError } from '../../client/errors.js';
import type { DocumentedCommand } from '../manual.js';

interface Options {
  readonly file?: string;
  readonly force?: boolean;
}

/** `archive export`: everything that outlives the workflows, from the desk. */
export function addArchiveExport(parent: DocumentedCommand, context: Context): void {
  parent
    .command('export')
    .description('the whole archive as lines of JSON, as of one moment')
    .option('--file <file>', 'into this file, whole or not at all (default: standard output)')
    .option('--force', 'write over a file that is there')
    .manual({
      examples: [
        'npx copydesk archive export --file copydesk-2026-11-24.ndjson',
        'npx copydesk archive export | gzip > copydesk.ndjson.gz',
      ],
      prints: '{ file, lines, tables: { batches, posts, charges, … } }, and only with --file',
      notes: [
        "Batches, posts with their revisions, charges, bills and publications are in it. Pictures and clips are files: copy the folder assets of the install's data beside it.",
        'The last line counts the others: one that broke off is never taken for whole.',
      ],
    })
    .action((options: Options, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => exportArchive(run, options)),
    );
}

async function exportArchive(run: CommandRun, options: Options): CommandEnd {
  const { file, force = false } = options;
  if (file === undefined) {
    if (run.output.json)
      throw new UsageError('file', '--json needs --file: without a file, standard output is the export');
    if (force) throw new UsageError('force', '--force is for --file');
    return void (await download(run, (line) => run.output.line(line)));
  }
  const target = await createWholeFile(file, force);
  try {
    const { lines, tables } = await download(run, (line) => target.write(`${line}\n`));
    await target.finish();
    run.output.result({ file, lines, tables }, () => `${file}: ${lines} lines (${countWords(tables)})`);
  } finally {
    await target.abandon();
  }
}

type Tables = Readonly<Record<string, number>>;

/** @throws DeskError when it breaks off: then what was written is not whole */
async function download(
  { settings, output }: CommandRun,
  write: (line: string) => Promise<unknown>,
): Promise<{ lines: number; tables: Tables }> {
  const desk = deskApi(settings);
  const pace = createPace(
    (line) => output.note(line),
    () => performance.now(),
  );
  const tables: Record<string, number> = {};
  let lines = 0;
  try {
    for await (const { text, row } of readExport(await desk.read('/api/archive'))) {
      lines += 1;
      if (lines > 1) tables[row.table] = (tables[row.table] ?? 0) + 1;
      await write(text);
      pace(() => `exporting: ${lines} lines`);
    }
  } catch (error) {
    if (error instanceof ExportError)
      throw new DeskError(`the export of the desk at ${desk.url} is not whole; ${error.message}`);
    throw error;
  }
  await write(endLine(lines));
  return { lines, tables };
}

const countWords = (tables: Tables): string =>
  Object.entries(tables)
    .map(([table, count]) => `${count} ${table}`)
    .join(', ') || 'nothing in them';
