import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { HANDLE_PATTERN } from '../../contract/ids.js';

const EXTENSION = /\.yaml$/;
/** As the schema has it, whose loading takes as long as all else. A shell that completes words may run what any other name says. */
const PLANNER = /^[a-z0-9_]{1,80}$/;

/** The handles of the account files; none where there is no such folder. */
export async function readAccountNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((name) => EXTENSION.test(name))
    .map((name) => name.replace(EXTENSION, ''))
    .filter((name) => HANDLE_PATTERN.test(name))
    .toSorted();
}

/**
 * The planners that the account files name, each once. A file that can't be read names none: whoever completes a word wants no
 * report of it.
 *
 * @param handle only those of this account
 */
export async function readPlannerNames(folder: string, handle?: string): Promise<string[]> {
  const handles = (await readAccountNames(folder)).filter((name) => handle === undefined || name === handle);
  const { parse } = await import('yaml');
  const names = await Promise.all(
    handles.map(async (name) => {
      try {
        const text = await readFile(path.join(folder, `${name}.yaml`), 'utf8');
        return Object.keys((parse(text) as { planners?: object | null }).planners ?? {});
      } catch {
        return [];
      }
    }),
  );
  return [...new Set(names.flat())].filter((name) => PLANNER.test(name)).toSorted();
}
