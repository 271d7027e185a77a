import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * An append-only file of one JSON value a line. A row is handed to the operating system before `append` returns, so it
 * outlives a kill of the process at any later moment. A line torn by an earlier kill is passed over when reading.
 */
export class JsonLog<T> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    // Ends a line that a kill left half written, so that the next row does not join it.
    if (existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))) appendFileSync(file, '\n');
  }

  append(row: T): void {
    appendFileSync(this.#file, `${JSON.stringify(row)}\n`);
  }

  read(): T[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap(parsed<T>);
  }
}

function parsed<T>(line: string): T[] {
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
}
