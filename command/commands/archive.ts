import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { deskApi, DeskRefusal } from '../../client/desk-api.js';
import { DeskError } from '../../client/errors.js';
import { endLine, EXPORT_TYPE, ExportError, readExport } from '../../contract/archive-export.js';
import { CopydeskError, UsageError } from '../../contract/errors.js';
import type { Rebuilt } from '../../contract/rebuild.js';
import { withCopydesk, type CommandRun } from '../context.js';
import { argument, defineCommand, flag, option, type Definition } from '../define.js';
import { createPace } from '../output/output.js';
import { table } from '../output/table.js';
import { createWholeFile } from '../whole-file.js';

/** Everything that outlives the workflows, from the desk. */
const archiveExport = defineCommand({
  name: 'export',
  about: 'the whole archive as lines of JSON, as of one moment',
  takes: {
    file: option('--file <file>', 'into this file, whole or not at all (default: standard output)'),
    force: flag('--force', 'write over a file that is there'),
  },
  examples: [
    'npx copydesk archive export --file copydesk-2026-11-24.ndjson',
    'npx copydesk archive export | gzip > copydesk.ndjson.gz',
  ],
  prints: '{ file, lines, tables: { batches, posts, charges, … } }, and only with --file',
  notes: [
    "Batches, posts with their revisions, charges, bills and publications are in it. Pictures and clips are files: copy the folder assets of the install's data beside it.",
    'The last line counts the others: one that broke off is never taken for whole.',
  ],
  async run(run, { file, force }) {
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
      run.output.result({ file, lines, tables }, () => `${file}: ${lines} lines (${countTables(tables)})`);
    } finally {
      await target.abandon();
    }
  },
});

type Tables = Readonly<Record<string, number>>;

/** @throws DeskError when it breaks off: then what was written is not whole */
async function download(
  { settings, output }: CommandRun,
  write: (line: string) => Promise<unknown>,
): Promise<{ lines: number; tables: Tables }> {
  const desk = deskApi(settings);
  const pace = createPace(output);
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

const countTables = (tables: Tables): string =>
  Object.entries(tables)
    .map(([table, count]) => `${count} ${table}`)
    .join(', ') || 'nothing in them';

interface Imported {
  readonly tables: Readonly<Record<string, { readonly read: number; readonly written: number }>>;
}

const BAD_REQUEST = 400;

/** What `archive export` wrote, into the archive of the desk. */
const archiveImport = defineCommand({
  name: 'import',
  about: 'take an export into the archive; what is there already stays, unless the export has it newer',
  takes: { file: argument('<file>', 'what archive export wrote; - for standard input') },
  examples: [
    'npx copydesk archive import copydesk-2026-11-24.ndjson',
    'gunzip --stdout copydesk.ndjson.gz | npx copydesk archive import -',
  ],
  prints: '{ file, tables: { batches: { read, written }, posts: …, … } }',
  notes: [
    'Every line is checked before the first is written. It may be repeated: what was written is not written again. An export of a newer Copydesk is refused.',
  ],
  async run(run, { file }) {
    const source = file === '-' ? run.stdin() : await openExport(file);
    const { tables } = await deskApi(run.settings)
      .send<Imported>('/api/archive', tellProgress(run, source), EXPORT_TYPE)
      .catch((error: unknown) => {
        if (!(error instanceof DeskRefusal) || error.status !== BAD_REQUEST) throw error;
        throw new CopydeskError(`file='${file}' can't be imported: ${error.reason}`);
      });
    run.output.result({ file, tables }, () => importedView(tables));
  },
});

/** @throws UsageError before anything is sent */
async function openExport(file: string): Promise<NodeJS.ReadableStream> {
  await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      'file',
      `file='${file}' can't be read (${error.code}); give what archive export wrote`,
    );
  });
  return createReadStream(file);
}

async function* tellProgress(
  { output }: CommandRun,
  source: NodeJS.ReadableStream,
): AsyncGenerator<Uint8Array> {
  const pace = createPace(output);
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

/** After the archive was lost, the record of what Temporal still knows. */
const archiveRebuild = defineCommand({
  name: 'rebuild',
  about: 'after the archive was lost: write the record of what Temporal still knows',
  examples: ['npx copydesk archive rebuild'],
  prints: '{ batches, posts, publications, skipped: [{ id, reason }] }',
  notes: [
    'Each batch and post comes back as it last recorded itself, with its charges and publications. A post at work shows its newest state again when it next waits, stops or ends.',
    'What Temporal has forgotten (after the retention of its namespace) and what providers billed is not in there: import an export for that, before or after. It may be repeated; on a whole archive it changes nothing.',
  ],
  async run(run) {
    const pace = createPace(run.output);
    const rebuilt = await withCopydesk(run, (copydesk) =>
      copydesk.rebuildArchive((progress) => pace(() => `rebuilding: ${countRebuilt(progress)}`)),
    );
    run.output.result(rebuilt, () =>
      [
        `In the archive: ${countRebuilt(rebuilt)}.`,
        ...rebuilt.skipped.map(({ id, reason }) => `skipped ${id}: ${reason}`),
      ].join('\n'),
    );
  },
});

const countRebuilt = ({ batches, posts, publications, skipped }: Rebuilt): string =>
  `${batches} batches, ${posts} posts, ${publications} publications; ${skipped.length} skipped`;

export const archive: Definition = {
  name: 'archive',
  about: 'what outlives the workflows: back it up, take it in, rebuild it',
  examples: ['npx copydesk archive export --file copydesk.ndjson', 'npx copydesk archive rebuild'],
  under: [archiveExport, archiveImport, archiveRebuild],
};
