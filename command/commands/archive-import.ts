import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Command } from 'commander';
import { EXPORT_TYPE } from '../../contract/archive-export.js';
import { createPace } from '../pace.js';
import { runCommand, type Context, type CommandEnd, type CommandRun } from '../context.js';
import { deskApi, DeskRefusal } from '../../client/desk-api.js';
import { CopydeskError, UsageError } from '../../contract/errors.js';
import type { DocumentedCommand } from '../manual.js';
import { table } from '../output/table.js';

const BAD_REQUEST = 400;

interface Imported {
  readonly tables: Readonly<Record<string, { readonly read: number; readonly written: number }>>;
}

/** `archive import`: what `archive export` wrote, into the archive of the desk. */
export function addArchiveImport(parent: DocumentedCommand, context: Context): void {
  parent
    .command('import')
    .description(
      'take an export into the archive; what is there already stays, unless the export has it newer',
    )
    .argument('<file>', 'what archive export wrote; - for standard input')
    .manual({
      examples: [
        'npx copydesk archive import copydesk-2026-11-24.ndjson',
        'gunzip --stdout copydesk.ndjson.gz | npx copydesk archive import -',
      ],
      prints: '{ file, tables: { batches: { read, written }, posts: …, … } }',
      notes: [
        'Every line is checked before the first is written. It may be repeated: what was written is not written again. An export of a newer Copydesk is refused.',
      ],
    })
    .action((file: string, _options: object, command: Command) =>
      runCommand(context, Boolean(command.optsWithGlobals().json), (run) => importArchive(run, file)),
    );
}

async function importArchive(run: CommandRun, file: string): CommandEnd {
  const source = file === '-' ? run.stdin() : await fileStream(file);
  const { tables } = await deskApi(run.settings)
    .send<Imported>('/api/archive', told(run, source), EXPORT_TYPE)
    .catch((error: unknown) => {
      if (!(error instanceof DeskRefusal) || error.status !== BAD_REQUEST) throw error;
      throw new CopydeskError(`file='${file}' can't be imported: ${error.reason}`);
    });
  run.output.result({ file, tables }, () => importedView(tables));
}

/** @throws UsageError before anything is sent */
async function fileStream(file: string): Promise<NodeJS.ReadableStream> {
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      'file',
      `file='${file}' can't be read (${error.code}); give what archive export wrote`,
    );
  });
  return createReadStream(file);
}

async function* told({ output }: CommandRun, source: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  const pace = createPace(
    (line) => output.note(line),
    () => performance.now(),
  );
  let bytes = 0;
  for await (const chunk of source) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    pace(() => `importing: ${(bytes / 1_000_000).toFixed(1)} MB sent`);
    yield part;
  }
}

function importedView(tables: Imported['tables']): string {
  const rows = Object.entries(tables).map(([name, { read, written }]) => [
    name,
    String(read),
    String(written),
  ]);
  if (rows.length === 0) return 'Nothing was in it.';
  return table(['TABLE', 'READ', 'WRITTEN'], rows, { right: ['READ', 'WRITTEN'] });
}
