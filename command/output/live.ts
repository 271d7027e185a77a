import { formatOf, FORMAT_NAMES } from '../../contract/formats/registry.js';
import { mixSize } from '../../contract/mix.js';
import { isAtWork, isFinal, STEP_LABEL, stateWords, countWords, type Step } from '../../contract/states.js';
import type { BatchPost, BatchStatus } from '../../contract/status.js';
import { shown } from '../../contract/shown.js';
import { colorsFor, type Colors } from './output.js';
import { clipped, printableDocument, printableLine, stateColored } from './printable.js';
import { dollars } from '../../contract/money/nano.js';

/** Progress of a batch on stderr: bars that redraw on a terminal, now and then a line elsewhere. */
export interface Live {
  show(status: BatchStatus): void;
  /** What keeps it from going on at the moment. */
  warn(line: string): void;
  /** Leaves the last picture standing. */
  done(): void;
}

const LINE_EVERY_MS = 5_000;

/** @param now ms of a clock that does not jump, for the pace of the plain lines */
export async function createLive(stderr: NodeJS.WriteStream, now: () => number): Promise<Live> {
  return stderr.isTTY ? redrawing(stderr) : plainLines(stderr, now);
}

async function redrawing(stderr: NodeJS.WriteStream): Promise<Live> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(stderr, { showCursor: true });
  const colors = colorsFor(stderr);
  let picture = '';
  return {
    show(status) {
      picture = bars(status, stderr.columns ?? 80, colors);
      update(picture);
    },
    warn(line) {
      update(`${picture}\n${colors.yellow(shown(line))}`);
    },
    done: () => update.done(),
  };
}

/** A line for each change, at most one in 5 seconds. */
export function plainLines(stderr: Pick<NodeJS.WriteStream, 'write'>, now: () => number): Live {
  let last = '';
  let at = -Infinity;
  const write = (line: string): void => {
    if (line === last || now() - at < LINE_EVERY_MS) return;
    last = line;
    at = now();
    stderr.write(`${shown(line)}\n`);
  };
  return { show: (status) => write(progressLine(status)), warn: write, done: () => {} };
}

/** So many posts have a bar each; more share one. */
export const BAR_POSTS = 20;
const BAR_WIDTH = 12;

/** A batch at work, for a terminal of `width` columns: a bar a post, or one for all. */
export function bars(given: BatchStatus, width: number, colors: Colors): string {
  const status = printableDocument(given);
  const size = mixSize(status.mix);
  const head = `${stateColored(status.status, colors)}  ${countWords(status.counts) || 'planning'}  ${dollars(status.costUsd)} of ${dollars(status.budgetUsd)}`;
  if (size > BAR_POSTS) {
    const settled = status.posts.filter((post) => !isAtWork(post.status)).length;
    return `${bar(settled / size, 30)} ${settled}/${size}  ${head}`;
  }
  const format = Math.max(...FORMAT_NAMES.map((name) => name.length));
  const lines = status.posts.map((post) => {
    const lead = `${post.id}  ${post.contentFormat.padEnd(format)}  ${bar(fractionDone(post), BAR_WIDTH)}  `;
    const at = stepWords(post).padEnd(17);
    const title = clipped(post.title, Math.max(10, width - lead.length - at.length - 11));
    return `${lead}${at}  ${dollars(post.costUsd).padStart(7)}  ${colors.dim(title)}`;
  });
  return [head, ...lines].join('\n');
}

/** A batch at work as one line without colour, for a log. */
export function progressLine(status: BatchStatus): string {
  const posts = countWords(status.counts) || 'no post yet';
  return printableLine(
    `batch ${status.id} ${stateWords(status.status)}: ${posts}; ${dollars(status.costUsd)} of ${dollars(status.budgetUsd)}`,
  );
}

/** How much of a post's own pipeline lies behind it, from 0 to 1. */
export function fractionDone(post: Pick<BatchPost, 'contentFormat' | 'status' | 'step'>): number {
  if (isFinal(post.status)) return 1;
  const steps = stepsOf(post.contentFormat);
  const current = post.step ?? STEP_OF_STATE[post.status] ?? 'plan';
  return Math.max(0, steps.indexOf(current)) / steps.length;
}

const STEP_OF_STATE: Readonly<Partial<Record<BatchPost['status'], Step>>> = {
  drafting: 'draft',
  illustrating: 'hero_image',
  filming: 'video',
  awaiting_approval: 'review',
  scheduled: 'publish',
  publishing: 'publish',
};

function stepsOf(contentFormat: string): Step[] {
  const media = FORMAT_NAMES.includes(contentFormat) ? formatOf(contentFormat).media : [];
  return ['plan', 'draft', ...media, 'review', 'publish'];
}

function stepWords(post: BatchPost): string {
  if (!isAtWork(post.status)) return stateWords(post.status);
  const step = post.step ?? STEP_OF_STATE[post.status];
  return step ? STEP_LABEL[step] : stateWords(post.status);
}

function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
