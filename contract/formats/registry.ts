import type { ContentFormat } from './format.js';
import { heroText } from './hero-text.js';
import { video } from './video.js';

/** Every content format, in the order in which a mix names them. */
export const FORMATS: readonly ContentFormat[] = [video, heroText];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

/** The format of that name. @throws Error for a name the registry lacks; input is checked before it gets here. */
export function formatOf(name: string): ContentFormat {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (!format) throw new Error(`content_format '${name}' is not one of ${FORMAT_NAMES.join(', ')}`);
  return format;
}
