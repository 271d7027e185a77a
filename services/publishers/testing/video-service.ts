import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What is set by a test. */
export interface VideoDay {
  allowance: object;
  /** What becomes of a job, once it was looked at twice. */
  ends: 'ready' | 'failed' | 'never';
}

/** A stand-in of Bluesky's video service, over a real server of accounts: it keeps a clip there with the token that came with it. */
export interface TestVideoService {
  readonly url: string;
  readonly day: VideoDay;
  /** What was asked for, with who the token was for and what: `uploadVideo did:web:localhost com.atproto.repo.uploadBlob`. */
  readonly asked: readonly string[];
  close(): void;
}

/** @param pds the server that holds the accounts */
export async function startVideoService(pds: string): Promise<TestVideoService> {
  const asked: string[] = [];
  const day: VideoDay = { allowance: { canUpload: true, remainingDailyVideos: 24 }, ends: 'ready' };
  const jobs = new Map<string, { looks: number; blob: object; bytes: string }>();

  async function answer(request: IncomingMessage): Promise<[number, object]> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const method = pathname.replace('/xrpc/app.bsky.video.', '');
    const { authorization = '' } = request.headers;
    const token = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString() || '{}');
    asked.push(`${method} ${token.aud} ${token.lxm}`);
    if (method === 'getUploadLimits') return [200, day.allowance];
    if (method === 'getJobStatus') return [200, { jobStatus: look(searchParams.get('jobId') ?? '') }];
    const bytes = await buffer(request);
    const known = [...jobs].find(([, job]) => job.bytes === bytes.toString('hex'));
    // As it stands in the wild, and not in the lexicon.
    const done = {
      state: 'JOB_STATE_COMPLETED',
      error: 'already_exists',
      message: 'Video already processed',
    };
    if (known) return [409, { jobId: known[0], ...done }];
    const kept = await fetch(`${pds}/xrpc/com.atproto.repo.uploadBlob`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'video/mp4' },
      body: new Uint8Array(bytes),
    });
    if (!kept.ok) return [400, { error: 'UploadRefused', message: await kept.text() }];
    const { blob } = (await kept.json()) as { blob: object };
    const jobId = `job${jobs.size + 1}`;
    jobs.set(jobId, { looks: 0, blob, bytes: bytes.toString('hex') });
    return [200, { jobId, did: token.iss, state: 'JOB_STATE_CREATED' }];
  }

  function look(jobId: string): object {
    const job = jobs.get(jobId)!;
    job.looks += 1;
    if (job.looks < 2 || day.ends === 'never') return { jobId, state: 'JOB_STATE_ENCODING', progress: 50 };
    if (day.ends === 'ready') return { jobId, state: 'JOB_STATE_COMPLETED', blob: job.blob };
    return { jobId, state: 'JOB_STATE_FAILED', error: 'encoding_failed', message: 'Failed to process video' };
  }

  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, day, asked, close: () => server.close().closeAllConnections() };
}
