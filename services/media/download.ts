import { ProviderError } from '../provider-error.js';
import { falError } from './fal-errors.js';

/**
 * Fetches a file into memory. Whether it is what it should be is for its caller to check.
 *
 * @param most bytes that are read before the file is given up, whatever its headers say.
 * @throws ProviderError
 */
export async function download(url: string, most: number, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { ...(signal && { signal }) });
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(`HTTP ${response.status}`, response.status);
    }
    if (Number(response.headers.get('content-length') ?? 0) > most) {
      await response.body?.cancel();
      throw tooLarge(most);
    }
    return await readAtMost(response, most);
  } catch (error) {
    throw error instanceof ProviderError ? error : falError('download', error, null);
  }
}

/** A header may lie or be missing, so the bytes are counted as they come. */
async function readAtMost(response: Response, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}

const tooLarge = (most: number): ProviderError => refused(`over ${most} bytes`, 413);

const refused = (why: string, status: number): ProviderError =>
  new ProviderError(`fal: download: ${why}`, { provider: 'fal', kind: 'answered', status });
