import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A post of a sample account, whole, written by hand. */
export interface SamplePost {
  readonly planner: string;
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
  readonly rationale: string;
  /** The line that `body` ends on. */
  readonly button: string;
  /** Paragraphs, parted by blank lines. */
  readonly body: string;
  readonly caption: string;
  /** The caption of its form as a video, without the button. */
  readonly clip: string;
  readonly hashtags: readonly string[];
  /** What its picture shows. */
  readonly image: string;
  /** What moves in its clip. */
  readonly shot: string;
}

const read = new Map<string, readonly SamplePost[]>();

/** The posts of `samples/<handle>.yaml`, in the order of the file; none for an account that has no such file. */
export function samplePosts(handle: string): readonly SamplePost[] {
  const known = read.get(handle) ?? readPosts(handle);
  read.set(handle, known);
  return known;
}

function readPosts(handle: string): readonly SamplePost[] {
  const file = join(samplesFolder(), `${handle}.yaml`);
  if (!/^\w+$/.test(handle) || !existsSync(file)) return [];
  const posts = parse(readFileSync(file, 'utf8')) as readonly SamplePost[];
  // Folded YAML has one line a paragraph.
  return posts.map((post) => ({ ...post, body: post.body.trim().replace(/\n+/g, '\n\n') }));
}

/** The texts stay beside the sources: the compiled code, one folder deeper, reads the same files. */
function samplesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'offline', 'openai', 'samples');
    if (folder === dirname(folder)) throw new Error('offline/openai/samples is missing beside the package');
  }
}
