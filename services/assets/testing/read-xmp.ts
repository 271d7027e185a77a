import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exiftool = fileURLToPath(
  new URL('bin/exiftool', import.meta.resolve('exiftool-vendored.pl/package.json')),
);

/** What a file says of itself in XMP, by ExifTool, which knows nothing of how we wrote it. Its warnings, if any, are in `Warning`. */
export async function readXmp(path: string): Promise<Record<string, unknown>> {
  const options = ['-json', '-n', '-XMP:all', '-Warning', '-Error', path];
  const { stdout } = await promisify(execFile)('perl', [exiftool, ...options]);
  const [said = {}] = JSON.parse(stdout) as Record<string, unknown>[];
  delete said['SourceFile'];
  return said;
}
