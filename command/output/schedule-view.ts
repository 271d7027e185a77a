import type { SlotList } from '../../contract/lists.js';
import { CATCH_UP_WORDS, OVERLAP_WORDS, runWords, type ScheduleStatus } from '../../contract/schedule.js';
import { cronLine, cronWords } from '../../contract/cron-words.js';
import { isTimeZone } from '../../contract/time.js';
import { nextBlock } from './next.js';
import type { Colors } from './output.js';
import { clipped, printableDocument } from './printable.js';
import { table } from './table.js';
import { mixWords } from '../../contract/mix.js';

const NEXT_SHOWN = 3;

/** `schedule list` for a person: a row a schedule, then what is wrong with them. */
export function scheduleListView(given: readonly ScheduleStatus[], colors: Colors, width = Infinity): string {
  const schedules = printableDocument(given);
  if (schedules.length === 0) return `No schedule yet.${nextBlock(['npx copydesk schedule add --help'])}`;
  const rows = schedules.map((schedule) => [
    schedule.id,
    `@${schedule.account}`,
    clipped(schedule.planner, 40),
    mixWords(schedule.mix),
    clipped(cronWords(schedule.cron) ?? schedule.cron, 60),
    schedule.paused ? colors.yellow('paused') : nextTimeWords(schedule),
    schedule.lastBatchId ?? '–',
  ]);
  const head = ['SCHEDULE', 'ACCOUNT', 'PLANNER', 'MIX', 'WHEN', 'NEXT', 'LAST BATCH'];
  const remarks = schedules.flatMap((schedule) => remarksOn(schedule, colors));
  const fit = { width, cut: ['PLANNER', 'MIX', 'CRON'], spare: ['LAST BATCH'] };
  return [table(head, rows, fit), ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n');
}

function remarksOn(
  { id, timeZone, problem, runningBatchId, overlap, ...schedule }: ScheduleStatus,
  colors: Colors,
): string[] {
  const { skipped, missed } = schedule;
  const remarks: string[] = [];
  if (problem)
    remarks.push(
      colors[problem.skipped ? 'yellow' : 'red'](
        `${id}: the run of ${zonedWords(problem.at, timeZone)} ${runWords(problem)}: ${problem.message}`,
      ),
    );
  if (runningBatchId !== null)
    remarks.push(
      `${id}: batch ${runningBatchId} still runs; until it has ended, the next one ${overlap === 'skip' ? 'is left out' : 'waits'}`,
    );
  if (skipped > 0) remarks.push(`${id}: ${times(skipped)} left out, since the batch before still ran`);
  if (missed > 0)
    remarks.push(`${id}: ${times(missed)} left out, since the Temporal server was off for more than a day`);
  return remarks;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** `schedule add` and `schedule change` for a person. */
export function scheduleView(what: 'Added' | 'Changed', given: ScheduleStatus, colors: Colors): string {
  const schedule = printableDocument(given);
  const { id, account, planner, mix, cron, timeZone, overlap, next, paused } = schedule;
  const upcoming = next.slice(0, NEXT_SHOWN).map((time) => `  ${zonedWords(time, timeZone)}`);
  return [
    `${what} schedule ${colors.bold(id)}: ${mixWords(mix)} by ${planner} of @${account}, ${cronLine({ cron, timeZone })}. ${paused ? 'It is paused.' : 'It runs next:'}`,
    ...upcoming,
    '',
    `Overlap ${overlap}: ${OVERLAP_WORDS[overlap]}.`,
    `${CATCH_UP_WORDS}${nextBlock([`npx copydesk schedule run ${id}`, 'npx copydesk schedule list'])}`,
  ].join('\n');
}

/** The next time in the account's zone; it never runs again where there is none. */
export const nextTimeWords = ({
  next: [first],
  timeZone,
}: Pick<ScheduleStatus, 'next' | 'timeZone'>): string =>
  first === undefined ? 'never' : zonedWords(first, timeZone);

/** `Mon 2026-11-30 06:00 Europe/Warsaw`. A zone that this machine does not know becomes UTC. */
export function zonedWords(iso: string, zone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const timeZone = isTimeZone(zone) ? zone : 'UTC';
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${part('weekday')} ${day} ${part('hour')}:${part('minute')} ${timeZone}`;
}

/** `slots` for a person: in the account's zone, since that is where its week was written. */
export function slotsView(given: SlotList, account: string, width = Infinity): string {
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
  return table([`SLOT (${zone})`, 'POST', 'TITLE'], rows, { width, cut: ['TITLE'] });
}
