const DAY = 86_400_000;

/** What the clocks of a zone show, as if it were UTC: `Date.UTC(2026, 6, 2, 9, 0)` for 09:00 on 2 July 2026. In ms. */
export type WallTime = number;

/**
 * When the clocks of a zone show a time. Of a time that they show twice it is the first; one that they skip is the moment
 * after the gap, when they go on.
 *
 * @param timeZone of the IANA database
 * @returns ms since 1970
 */
export function momentOf(shown: WallTime, timeZone: string): number {
  // An offset holds for hours, so that one of the two a day around is the right one; the larger gives the earlier time.
  const offsets = [offsetAt(shown - DAY, timeZone), offsetAt(shown + DAY, timeZone)];
  const fits = offsets.filter((offset) => offsetAt(shown - offset, timeZone) === offset);
  if (fits.length > 0) return shown - Math.max(...fits);
  return changeBetween(shown - Math.max(...offsets), shown - Math.min(...offsets), timeZone);
}

/** What the clocks of a zone show at a moment, to the second. */
export const wallTimeAt = (at: number, timeZone: string): WallTime =>
  Math.floor(at / 1_000) * 1_000 + offsetAt(at, timeZone);

/** When the offset of a zone changes, which it does once between these two. */
function changeBetween(before: number, after: number, timeZone: string): number {
  const old = offsetAt(before, timeZone);
  let [from, to] = [before, after];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (offsetAt(middle, timeZone) === old) from = middle;
    else to = middle;
  }
  return to;
}

/** What the clocks of a zone are ahead of UTC at a time, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}

/** By zone: to make a format takes hundreds of times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** There are some 600 names of zones. */
const MOST_FORMATS = 1_000;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(timeZone, made);
  return made;
}
