import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Environment } from '../../config/settings.js';
import { releaseFor, TEMPORAL_VERSION, type Release } from './pinned.js';
import type { ObtainOptions, WayOutcome } from './obtain-way.js';

/** A download that brings nothing for this long is given up; one that continues may take its time. */
const SILENCE_MS = 20_000;
/** Several times what any release takes, in bytes. */
const LARGEST = 500_000_000;

/**
 * Downloads the official release of the Temporal server, and keeps it only if it is the very archive that is pinned. The SDK
 * could download it too, but checks nothing.
 *
 * @param cached where the server is kept, if that works; it appears there whole or not at all
 * @param choice another release and patience, for tests
 */
export async function downloadRelease(
  { env, say }: ObtainOptions,
  cached: string,
  choice: { readonly release?: Release; readonly silenceMs?: number } = {},
): Promise<WayOutcome> {
  const { release = releaseFor(process.platform, process.arch), silenceMs = SILENCE_MS } = choice;
  if (!release) return { failed: `no release to download is pinned for ${process.platform} ${process.arch}` };
  say(
    `Downloading the Temporal server ${TEMPORAL_VERSION} ` +
      `(under a minute, once; given up after ${silenceMs / 1000} seconds without data)…`,
  );
  mkdirSync(dirname(cached), { recursive: true });
  const folder = mkdtempSync(join(dirname(cached), 'download-'));
  const archive = join(folder, 'archive.tar.gz');
  try {
    const sha256 = await fetchTo(archive, release.url, proxyOf(env), silenceMs);
    if (sha256 !== release.sha256)
      throw new GivenUp(`the download is not the release that is pinned (its sha256 is ${sha256})`);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', folder, 'temporal']);
    chmodSync(join(folder, 'temporal'), 0o755);
    renameSync(join(folder, 'temporal'), cached);
    return { path: cached };
  } catch (error) {
    const failed = error instanceof GivenUp ? error.message : 'the download failed';
    say(`No luck: ${failed}.`);
    return { failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why it is given up, in a few words. */
class GivenUp extends Error {
  override name = 'GivenUp' as const;
}

/** Where the environment says; Node 20's own `fetch` would not ask. */
function proxyOf(env: Environment): EnvHttpProxyAgent {
  const of = (name: string): string => env[name.toLowerCase()] || env[name] || '';
  return new EnvHttpProxyAgent({
    httpProxy: of('HTTP_PROXY'),
    httpsProxy: of('HTTPS_PROXY') || of('HTTP_PROXY'),
    noProxy: of('NO_PROXY'),
  });
}

/** @returns the sha256 of what was written, in hexadecimal @throws GivenUp; Error of the network */
async function fetchTo(
  file: string,
  url: string,
  dispatcher: EnvHttpProxyAgent,
  silenceMs: number,
): Promise<string> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  const hash = createHash('sha256');
  let size = 0;
  const seen = new Transform({
    transform(piece: Buffer, _encoding, done) {
      timer.refresh();
      hash.update(piece);
      size += piece.length;
      done(size > LARGEST ? new GivenUp('the download has no end') : null, piece);
    },
  });
  try {
    const { signal } = silence;
    const answer = await fetch(url, { dispatcher, signal });
    if (!answer.ok || !answer.body) throw new GivenUp(`the download was refused (HTTP ${answer.status})`);
    await pipeline(Readable.fromWeb(answer.body), seen, createWriteStream(file), { signal });
    return hash.digest('hex');
  } catch (error) {
    throw silence.signal.aborted ? new GivenUp('the download brought no data') : error;
  } finally {
    clearTimeout(timer);
    await dispatcher.destroy();
  }
}
