import { readFileSync } from 'node:fs';

/** The version of this package. Its package.json lies beside the sources and, one folder up, beside the compiled files. */
export function packageVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
