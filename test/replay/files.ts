import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { packageRoot } from '../../services/package-root.js';

// The SDK's own historyToJSON and historyFromJSON fail where npm keeps protobufjs once for each of its packages, as here.
const { History } = proto.temporal.api.history.v1;
type History = ReturnType<typeof History.create>;

const folder = join(packageRoot(), 'test', 'replay', 'histories');

export interface Recorded {
  /** `post-video-revised`: the workflow, then what happened to it. */
  readonly name: string;
  /** `post/UpkTZ26nc9Eb`; a history holds no workflow id, and ours is part of what the workflows do. */
  readonly workflowId: string;
  readonly history: History;
}

export async function readHistories(): Promise<Recorded[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const [name = '', id] = file.split('.');
      const history = History.fromObject(JSON.parse(await readFile(join(folder, file), 'utf8')));
      return { name, workflowId: `${name.split('-')[0]}/${id}`, history };
    }),
  );
}

/**
 * Writes the history of a run as `<name>.<id>.json`, without what tells of the machine that it was
 * recorded on. One of that name that is there stays.
 */
export async function writeHistory(name: string, handle: WorkflowHandle): Promise<void> {
  const recorded = await readdir(folder);
  if (recorded.some((file) => file.startsWith(`${name}.`))) return;
  const json = JSON.stringify(History.fromObject(await handle.fetchHistory()).toJSON())
    .replaceAll(packageRoot(), '/copydesk')
    .replaceAll(/"identity":"[^"]*"/g, '"identity":"copydesk"')
    // Names of sticky queues. Only where a hostname stands: a short one may stand by chance within an id, too.
    .replaceAll(new RegExp(`(["@])${hostname()}(?=[-:])`, 'g'), '$1desk');
  const [, id] = handle.workflowId.split('/');
  await writeFile(join(folder, `${name}.${id}.json`), `${json}\n`);
}
