import { PLAYED_ENDPOINTS } from './endpoints.js';
import { typeOf } from './files.js';
import { inferenceSeconds, type Job } from './jobs.js';
import type { FalParts } from './parts.js';
import { drawnSize } from './shape.js';
import { fileCount, outputName, seedOf } from './studio.js';

/** The output document of a job, with the addresses of its files under `base`. */
export function outputOf(job: Job, base: string): Record<string, unknown> {
  const names = Array.from({ length: fileCount(job) }, (_, index) => outputName(job, index));
  const files = names.map((name) => ({
    url: `${base}/v3.fal.media/files/${name}`,
    content_type: typeOf(name),
  }));
  if (PLAYED_ENDPOINTS[job.endpoint]?.kind === 'video')
    return { video: { ...files[0], file_name: names[0] } };
  return {
    images: files.map((file) => ({ ...file, ...drawnSize(job.input) })),
    timings: { inference: inferenceSeconds(job) },
    seed: seedOf(job),
    has_nsfw_concepts: names.map(() => false),
    prompt: job.input.prompt,
  };
}

/** The same for the result. A clip is made now, since its answer tells its size. @throws InputFileError */
export async function finished({ studio }: FalParts, job: Job, base: string): Promise<object> {
  const output = outputOf(job, base);
  if (!output.video) return output;
  const bytes = await studio.file(outputName(job, 0));
  return { video: { ...output.video, file_size: bytes?.length ?? 0 } };
}
