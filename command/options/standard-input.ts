import { UsageError } from '../../contract/errors.js';

/** Of UTF-8. */
const MOST_BYTES_A_CHARACTER = 4;

/**
 * The text that is piped into the command.
 *
 * @param most characters; reading stops where more can't fit
 * @throws UsageError for too much, and for what is not UTF-8
 */
export async function readText(field: string, stdin: NodeJS.ReadableStream, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > most * MOST_BYTES_A_CHARACTER) {
      throw new UsageError(field, `${field} on standard input is longer than the ${most} characters allowed`);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError(field, `${field} on standard input is not UTF-8 text`);
  }
}
