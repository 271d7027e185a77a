import { describe, expect, it } from 'vitest';
import { samplePost } from '../testing/samples.js';
import { decisionIn, textOf, wallTimeToUtc } from './decision-form.js';
import { FIELDS } from './limits.js';

const status = samplePost('WaitingPost1');
const now = new Date('2026-06-28T15:20:00.000Z');
/** Nine o'clock in Warsaw, as a person types it. */
const AT = { publishAt: 'at', at: '2026-07-02T09:00' };
const PAST = { publishAt: 'at', at: '2026-06-28T17:20' };
const SUMMER = '2026-07-02T07:00:00.000Z';

type Sent = Record<string, string>;
/** The decision that a form stands for, without who decides, or why it is none. */
function read(fields: Sent, of = status): object | string {
  const context = { by: 'ana', timeZone: 'Europe/Warsaw', now, status: of };
  const decision = decisionIn((name) => ({ revision: '2', ...fields })[name] ?? '', context);
  if ('problem' in decision) return decision.problem;
  const { by, ...request } = decision.request;
  expect(by).toBe('ana');
  return request;
}

it.each<[decision: string, fields: Sent, sent: object]>([
  ['approve', {}, { revision: 2 }],
  ['approve', { note: ' Good. ', gate: 'publish' }, { revision: 2, note: 'Good.', gate: 'publish' }],
  ['approve', { gate: 'door' }, { revision: 2 }],
  ['approve', { publishAt: 'next' }, { revision: 2, publishAt: 'next' }],
  ['approve', { ...AT, publishAt: 'now' }, { revision: 2, publishAt: 'now' }],
  ['approve', AT, { revision: 2, publishAt: SUMMER }],
  ['approve', { publishAt: '2026-07-02T09:00:00+02:00' }, { revision: 2, publishAt: SUMMER }],
  ['reschedule', { publishAt: 'next' }, { publishAt: 'next' }],
  ['reschedule', { publishAt: 'now' }, { publishAt: 'now' }],
  ['reschedule', AT, { publishAt: SUMMER }],
  ['resume', { note: 'Topped up.' }, { note: 'Topped up.' }],
  ['resume', {}, {}],
  ['cancel', { note: 'Old.' }, { reason: 'Old.' }],
  ['cancel', {}, {}],
  ['reject', { note: 'Off voice.' }, { reason: 'Off voice.' }],
  ['reject', { reason: 'Off voice.' }, { reason: 'Off voice.' }],
  ['revise', { note: 'Shorter.', redo: 'image' }, { instructions: 'Shorter.', redo: 'image' }],
])('%s with %j', (decision, fields, sent) => {
  expect(read({ decision, ...fields })).toEqual({ decision, ...sent });
});

it.each<[decision: string, fields: Sent, why: RegExp]>([
  ['approve', { publishAt: 'at' }, /Choose the day/],
  ['approve', PAST, /past/],
  ['approve', { publishAt: 'soon' }, /Choose the day/],
  ['approve', { revision: '' }, /no revision/],
  ['approve', { revision: '1.5' }, /no revision/],
  ['reschedule', {}, /Choose when/],
  ['reschedule', PAST, /past/],
  ['reject', { note: ' \r\n' }, /Say why/],
  ['revise', {}, /what to change/],
  ['revise', { note: 'Louder.', redo: 'sound' }, /made again/],
  ['publish', {}, /no decision/],
])('%s with %j is refused', (decision, fields, why) => expect(read({ decision, ...fields })).toMatch(why));

describe('an edit', () => {
  const shown = Object.fromEntries(FIELDS.map((field) => [field, textOf(status, field)]));
  const edit = (fields: Sent, of = status) => read({ decision: 'edit', ...shown, ...fields }, of);

  it('holds only what was changed', () => {
    const body = shown.body?.replaceAll('\n', '\r\n') ?? '';
    const sent = { decision: 'edit', caption: 'One clock.', hashtags: ['tides', 'clocks'] };
    expect(edit({ body, caption: 'One clock.', hashtags: 'tides #clocks' })).toEqual(sent);
  });

  it('of nothing, of a part to nothing, or of the body that a clip has not, is refused', () => {
    expect(edit({})).toBe('Nothing was changed.');
    expect(edit({ title: ' ' })).toBe("Title can't be empty.");
    expect(edit({ body: 'Text.' }, { ...status, body: null })).toBe('Nothing was changed.');
  });
});

it.each([
  ['2026-07-02T09:00', 'Europe/Warsaw', '2026-07-02T07:00:00.000Z'],
  ['2026-01-02T09:00', 'Europe/Warsaw', '2026-01-02T08:00:00.000Z'],
  ['2026-07-02T09:00:30', 'UTC', '2026-07-02T09:00:00.000Z'],
  ['2026-07-02T09:00', 'America/St_Johns', '2026-07-02T11:30:00.000Z'],
  // Shown twice when summer time ends, and skipped when it begins.
  ['2026-10-25T02:30', 'Europe/Warsaw', '2026-10-25T00:30:00.000Z'],
  ['2026-03-29T02:30', 'Europe/Warsaw', '2026-03-29T01:00:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
])('%s in %s is %s', (text, zone, utc) => expect(wallTimeToUtc(text, zone)).toBe(utc));

it.each(['', 'tomorrow', '2026-02-30T09:00', '2026-07-02', '2026-07-02T24:00', '2026-07-02T09:00Z'])(
  '%j is no time',
  (text) => expect(wallTimeToUtc(text, 'Europe/Warsaw')).toBeNull(),
);
