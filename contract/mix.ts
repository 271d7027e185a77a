import { FORMAT_NAMES } from './formats/registry.js';

/** How many posts of each content format a batch holds: `{ video: 1, hero_text: 4 }`. */
export type Mix = Readonly<Record<string, number>>;

export const MAX_BATCH = 2_000;
/** The most items that one call to the planner is asked for. */
export const PAGE_SIZE = 20;

/**
 * A mix as the command takes it, `hero_text=4,video=1`.
 *
 * @returns the mix, or what is wrong with it in one clause that names the value and what is allowed.
 */
export function parseMix(text: string): { mix: Mix } | { problem: string } {
  const mix: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [name = '', count = '', ...rest] = part.split('=').map((piece) => piece.trim());
    if (!FORMAT_NAMES.includes(name) || rest.length > 0) {
      return {
        problem: `'${shortPart(part)}' is not <format>=<count> with a format of ${FORMAT_NAMES.join(', ')}`,
      };
    }
    if (name in mix) return { problem: `${name} is named twice; each format once` };
    if (!/^[1-9]\d{0,8}$/.test(count))
      return { problem: `${name}='${shortPart(count)}' is not a whole number of 1 or more` };
    mix[name] = Number(count);
  }
  return checkMix(mix);
}

/** A mix of any origin. @returns the mix in the registry's order, or what is wrong with it, as `parseMix` does */
export function checkMix(mix: Mix): { mix: Mix } | { problem: string } {
  for (const [name, count] of Object.entries(mix)) {
    if (!FORMAT_NAMES.includes(name))
      return { problem: `'${shortPart(name)}' is not a format: ${FORMAT_NAMES.join(', ')}` };
    if (!Number.isSafeInteger(count) || count < 1)
      return { problem: `${name}='${count}' is not a whole number of 1 or more` };
  }
  const size = mixSize(mix);
  if (size === 0) return { problem: `it is empty; it names formats of ${FORMAT_NAMES.join(', ')}` };
  if (size > MAX_BATCH) return { problem: `${size} posts are more than the ${MAX_BATCH} allowed in a batch` };
  return { mix: inRegistryOrder(mix) };
}

/** As much of what was typed as a line has room for. */
const shortPart = (part: string): string => part.trim().slice(0, 60);

export const mixSize = (mix: Mix): number => Object.values(mix).reduce((sum, count) => sum + count, 0);

/**
 * The mix as an instruction to the planner: "Generate exactly 5 items: 1 with content_format='video' and 4 with
 * content_format='hero_text'."
 */
export function specialMessage(mix: Mix): string {
  const size = mixSize(mix);
  const parts = Object.entries(inRegistryOrder(mix)).map(
    ([format, count]) => `${count} with content_format='${format}'`,
  );
  const list = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('');
  return `Generate exactly ${size} ${size === 1 ? 'item' : 'items'}: ${list}.`;
}

/**
 * The mix cut into pages of at most `pageSize`, whose sum is exactly the mix. Each page holds the formats in about the
 * proportion of the whole, so that the first page of a large batch is not all of one kind.
 */
export function splitMix(mix: Mix, pageSize: number = PAGE_SIZE): Mix[] {
  const pages: Record<string, number>[] = [];
  spread(mix).forEach((format, index) => {
    const page = (pages[Math.floor(index / pageSize)] ??= {});
    page[format] = (page[format] ?? 0) + 1;
  });
  return pages.map(inRegistryOrder);
}

/** How a list of formats differs from the mix, in one clause for the planner; null when it matches exactly. */
export function mixProblem(mix: Mix, formats: readonly string[]): string | null {
  const got = (name: string): number => formats.filter((format) => format === name).length;
  const strangers = formats.filter((format) => !(format in mix));
  const wrong = Object.entries(mix).filter(([name, count]) => got(name) !== count);
  if (wrong.length === 0 && strangers.length === 0) return null;
  const parts = wrong.map(
    ([name, count]) => `${got(name)} with content_format='${name}' where ${count} were asked for`,
  );
  if (strangers.length > 0) parts.push(`${strangers.length} with a content_format that was not asked for`);
  return `the answer holds ${parts.join(' and ')}`;
}

function inRegistryOrder(mix: Mix): Mix {
  return Object.fromEntries(
    FORMAT_NAMES.filter((name) => name in mix).map((name) => [name, mix[name] as number]),
  );
}

/** The mix as a list, each format at even distances: the next is always the one furthest behind its share. */
function spread(mix: Mix): string[] {
  const size = mixSize(mix);
  const given: Record<string, number> = {};
  return Array.from({ length: size }, (_, index) => {
    const behind = (name: string): number =>
      ((mix[name] as number) * (index + 1)) / size - (given[name] ?? 0);
    const left = Object.keys(mix).filter((name) => (given[name] ?? 0) < (mix[name] as number));
    const next = left.reduce((best, name) => (behind(name) > behind(best) ? name : best));
    given[next] = (given[next] ?? 0) + 1;
    return next;
  });
}

/** In one line, by the formats' own names: `1 video, 4 hero_text`. */
export const mixWords = (mix: Mix): string =>
  Object.entries(mix)
    .map(([format, count]) => `${count} ${format}`)
    .join(', ');
