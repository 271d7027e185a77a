import type { FalInput } from './jobs.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const NAMED: Readonly<Record<string, Size>> = {
  square_hd: { width: 1_024, height: 1_024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1_024 },
  portrait_16_9: { width: 576, height: 1_024 },
  landscape_4_3: { width: 1_024, height: 768 },
  landscape_16_9: { width: 1_024, height: 576 },
};
const LONGEST = 1_280;

/** The size an input asks for: `image_size` (a name or pixels), else its own width and height, else `aspect_ratio`, else 16:9. */
export function askedSize(input: FalInput): Size {
  const { image_size: size, aspect_ratio: ratio } = input;
  if (typeof size === 'string' && NAMED[size]) return NAMED[size];
  const { width, height } = (typeof size === 'object' && size !== null ? size : input) as Partial<Size>;
  if (Number(width) >= 64 && Number(height) >= 64) return { width: Number(width), height: Number(height) };
  const [, across, down] = /^(\d+):(\d+)$/.exec(String(ratio ?? '')) ?? [];
  return fitted(Number(across ?? 16), Number(down ?? 9));
}

/** The size that is drawn: the one asked for, kept modest, since a sample need not be large. */
export function drawnSize(input: FalInput): Size {
  const { width, height } = askedSize(input);
  return Math.max(width, height) <= LONGEST
    ? { width: even(width), height: even(height) }
    : fitted(width, height);
}

function fitted(across: number, down: number): Size {
  const scale = LONGEST / Math.max(across || 16, down || 9);
  return { width: even((across || 16) * scale), height: even((down || 9) * scale) };
}

/** H.264 takes even sizes only. */
export const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);
