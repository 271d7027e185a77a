import { chanceOf } from '../seed.js';
import { countOf, ENDPOINTS } from './endpoints.js';
import { fileNameIn, type Files } from './files.js';
import { FRAME_FIELDS } from './inputs.js';
import type { Job, Jobs } from './jobs.js';
import { drawnSize, type Size } from './shape.js';
import { Turns } from './turns.js';

/** `drawn`: title cards and clips of them. `plain`: one colour, drawn once, for runs that measure something else. */
export type StudioStyle = 'drawn' | 'plain';

/** Seconds of a made clip; what was asked for is billed, but a sample need not be as long. */
export const CLIP_SECONDS = 2.5;

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
  readonly #style: StudioStyle;
  readonly #turns = new Turns();
  readonly #plain = new Map<string, Promise<Uint8Array>>();

  constructor(files: Files, jobs: Jobs, style: StudioStyle) {
    this.#files = files;
    this.#jobs = jobs;
    this.#style = style;
  }

  /** The bytes of a file, uploaded or made; null for a name that nobody was given. @throws InputFileError */
  async file(name: string): Promise<Uint8Array | null> {
    return (await this.#files.read(name)) ?? this.#turns.run(() => this.#bytes(name));
  }

  async idle(): Promise<void> {
    await this.#turns.idle();
  }

  async #bytes(name: string): Promise<Uint8Array | null> {
    const kept = await this.#files.read(name);
    if (kept) return kept;
    const [, id, index] = /^(.+)_(\d+)\.\w+$/.exec(name) ?? [];
    const job = this.#jobs.get(id ?? '');
    if (!job || job.failure !== null || Number(index) >= fileCount(job)) return null;
    const made = await this.#make(job, Number(index));
    if (this.#style === 'drawn') await this.#files.write(name, made);
    return made;
  }

  async #make(job: Job, index: number): Promise<Uint8Array> {
    const { asJpeg, sizeOf } = await drawing();
    const isClip = ENDPOINTS[job.endpoint]?.kind === 'video';
    const start = isClip ? await this.#startPicture(job) : null;
    if (this.#style === 'plain') return this.#plainly(isClip, drawnSize(job.input));
    if (isClip) {
      const picture = start ?? (await this.#card(job, 0));
      const { filmZoom } = await filming();
      return filmZoom(picture, (await sizeOf(picture)) ?? drawnSize(job.input), CLIP_SECONDS);
    }
    const picture = await this.#card(job, index);
    return job.input.output_format === 'jpeg' ? asJpeg(picture) : picture;
  }

  async #card(job: Job, index: number): Promise<Uint8Array> {
    const { cardText, drawCard } = await drawing();
    const prompt = String(job.input.prompt ?? '');
    const seed = `${job.endpoint} ${String(job.input.seed ?? '')} ${index} ${prompt}`;
    return drawCard({ seed, text: cardText(prompt), size: drawnSize(job.input) });
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
    if (!bytes || !(await (await drawing()).sizeOf(bytes)))
      throw new InputFileError(field, url.slice(0, 200));
    return bytes;
  }

  async #plainly(isClip: boolean, size: Size): Promise<Uint8Array> {
    const key = `${isClip} ${size.width}x${size.height}`;
    const made = this.#plain.get(key) ?? plain(isClip, size);
    this.#plain.set(key, made);
    return made;
  }
}

/** The name of a job's n-th file, from which the job is found again. */
export function outputName(job: Job, index: number): string {
  if (ENDPOINTS[job.endpoint]?.kind === 'video') return `${job.id}_${index}.mp4`;
  return `${job.id}_${index}.${job.input.output_format === 'jpeg' ? 'jpeg' : 'png'}`;
}

/** How many files a job makes. */
export const fileCount = (job: Job): number =>
  ENDPOINTS[job.endpoint]?.kind === 'video' ? 1 : countOf(job.input);

/** The seed that the answer names: the one given, else one that follows from the input. */
export const seedOf = (job: Job): number =>
  typeof job.input.seed === 'number' ? job.input.seed : chanceOf(JSON.stringify(job.input)).next(2 ** 31);

/** Loaded when the first job needs them: they take longer to load than the rest of the server together. */
const drawing = () => import('./picture.js');
const filming = () => import('./clip.js');

async function plain(isClip: boolean, size: Size): Promise<Uint8Array> {
  const picture = await (await drawing()).drawPlain(size);
  return isClip ? (await filming()).filmZoom(picture, size, 1) : picture;
}
