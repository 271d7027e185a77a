import type { SlotList } from '../../contract/lists.js';
import { isTimeZone } from '../../contract/time.js';
import { clipped, printableDocument } from './printable.js';
import { table } from './table.js';

/** `slots` for a person: in the account's zone, since that is where its week was written. */
export function slotsView(given: SlotList, account: string): string {
  const { slots, timeZone } = printableDocument(given);
  if (slots.length === 0)
    return `@${account} has no slots in that time; an approved post goes out at once, or when its approval says.`;
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const rows = slots.map(({ at, postId, title }) => [
    format.format(new Date(at)).replaceAll(',', ''),
    postId ?? 'free',
    clipped(title ?? '', 60),
  ]);
  return table([`SLOT (${zone})`, 'POST', 'TITLE'], rows);
}
