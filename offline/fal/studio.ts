import { chanceOf } from '../seed.js';
import type { Drawing } from './drawing.js';
import { picturesAsked, PLAYED_ENDPOINTS, FRAME_FIELDS } from './endpoints.js';
import { fileNameIn, type Files, typeOf } from './files.js';
import { type Job, type Jobs, inferenceSeconds } from './jobs.js';
import type { FalParts } from './parts.js';
import type { PictureOrder } from './picture.js';
import { drawnSize } from './shape.js';

/** Runs tasks one after another, so that drawing many pictures never starves the server that hands them out. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

/** Seconds of a made clip, whatever is asked for and billed: a sample need not be longer. */
export const MADE_CLIP_SECONDS = 5;

/** An input picture that is not there, or is not a picture. */
export class InputFileError extends Error {
  override name = 'InputFileError' as const;
  readonly field: string;
  constructor(field: string, url: string) {
    super(`Failed to download the file at ${url}. It may have expired.`);
    this.field = field;
  }
}

/** Makes the output of jobs, when it is first asked for and always the same for the same input. */
export class Studio {
  readonly #files: Files;
  readonly #jobs: Jobs;
  readonly #drawing: Drawing;
  readonly #turns = new Turns();

  constructor(files: Files, jobs: Jobs, drawing: Drawing) {
    this.#files = files;
    this.#jobs = jobs;
    this.#drawing = drawing;
  }

  /** The bytes of a file, uploaded or made; null for a name that nobody was given. @throws InputFileError */
  async file(name: string): Promise<Uint8Array | null> {
    return (await this.#files.read(name)) ?? this.#turns.run(() => this.#bytes(name));
  }

  /** Finishes what is being made, and gives back what it is drawn with. */
  async close(): Promise<void> {
    await this.#turns.idle();
    await this.#drawing.close();
  }

  async #bytes(name: string): Promise<Uint8Array | null> {
    const kept = await this.#files.read(name);
    if (kept) return kept;
    const [, id, index] = /^(.+)_(\d+)\.\w+$/.exec(name) ?? [];
    const job = this.#jobs.get(id ?? '');
    if (!job || job.failure !== null || Number(index) >= fileCount(job)) return null;
    const made = await this.#make(job, Number(index));
    if (this.#drawing.kept) await this.#files.write(name, made);
    return made;
  }

  async #make(job: Job, index: number): Promise<Uint8Array> {
    if (PLAYED_ENDPOINTS[job.endpoint]?.kind !== 'video')
      return this.#drawing.picture({ ...orderOf(job, index), jpeg: job.input.output_format === 'jpeg' });
    const picture = (await this.#startPicture(job)) ?? (await this.#drawing.picture(orderOf(job, 0)));
    const size = (await this.#drawing.sizeOf(picture)) ?? drawnSize(job.input);
    const prompt = String(job.input.prompt ?? '');
    return this.#drawing.film({ picture, size, seconds: MADE_CLIP_SECONDS, prompt });
  }

  /** The picture a clip starts from; null for text-to-video and for addresses elsewhere, which offline can't be read. */
  async #startPicture(job: Job): Promise<Uint8Array | null> {
    const field = FRAME_FIELDS.find((name) => job.input[name] !== undefined);
    const url = field && job.input[field];
    if (!field || typeof url !== 'string') return null;
    const [, inline] = /^data:image\/[\w+.-]+;base64,(.+)$/.exec(url) ?? [];
    const name = fileNameIn(url);
    if (!inline && !name) return null;
    const bytes = inline ? Buffer.from(inline, 'base64') : await this.#bytes(name ?? '');
    if (!bytes || !(await this.#drawing.sizeOf(bytes))) throw new InputFileError(field, url.slice(0, 200));
    return bytes;
  }
}

/** The name of a job's n-th file, from which the job is found again. */
function outputName(job: Job, index: number): string {
  if (PLAYED_ENDPOINTS[job.endpoint]?.kind === 'video') return `${job.id}_${index}.mp4`;
  return `${job.id}_${index}.${job.input.output_format === 'jpeg' ? 'jpeg' : 'png'}`;
}

/** How many files a job makes. */
const fileCount = (job: Job): number =>
  PLAYED_ENDPOINTS[job.endpoint]?.kind === 'video' ? 1 : picturesAsked(job.input);

/** The seed that the answer names: the one given, else one that follows from the input. */
const seedOf = (job: Job): number =>
  typeof job.input.seed === 'number' ? job.input.seed : chanceOf(JSON.stringify(job.input)).next(2 ** 31);

function orderOf(job: Job, index: number): PictureOrder {
  const seed = `${job.endpoint} ${String(job.input.seed ?? '')} ${index}`;
  return { seed, prompt: String(job.input.prompt ?? ''), size: drawnSize(job.input) };
}

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
