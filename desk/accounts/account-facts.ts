import type { Account } from '../../contract/account.js';
import type { Fact } from '../kit/figures.js';
import { FORMATS } from '../../contract/formats/registry.js';
import { plannerWords } from '../batches/batch-words.js';
import { STEP_LABEL } from '../../contract/states.js';
import { WEEKDAYS } from '../../contract/slot-moments.js';
import { dollars, type Nano, toUsd } from '../../contract/money/nano.js';

const MINUTE = 60_000;
const UNITS = [
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

/** `3 days`, in the largest unit that it is a whole number of. */
export function durationWords(ms: number): string {
  const [unit, length] = UNITS.find(([, each]) => ms % each === 0) ?? UNITS[2];
  const count = Math.round(ms / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** What every draft is held against. */
export function styleFacts({ style }: Account): Fact[] {
  return [
    ['Title', `at most ${style.titleMaxCharacters} characters`],
    [
      'Body',
      `at least ${counted(style.bodyMinParagraphs, 'paragraph')}, at most ${style.bodyMaxWords} words`,
    ],
    ['Caption', `at most ${style.captionMaxCharacters} characters`],
    ['Hashtags', `${style.hashtagsMin} to ${style.hashtagsMax}`],
    ['Last line', style.buttonLast ? 'the button, in the last paragraph' : 'free'],
    ...(style.bannedPhrases.length > 0 ? [['Banned', style.bannedPhrases.join(' · ')] as const] : []),
  ];
}

export const formatFacts = (): Fact[] =>
  FORMATS.map(({ name, purpose, media, aspectRatio }) => [
    plannerWords(name),
    `${purpose} · ${media.map((step) => STEP_LABEL[step].toLowerCase()).join(', then ')}, ${aspectRatio}`,
  ]);

export const modelFacts = ({ models }: Account): Fact[] => [
  ['Plan', models.plan],
  ['Draft', models.draft],
  ['Hero image', models.image],
  ['Video', models.video],
];

/** Where a person decides, and for how long one is waited for. */
export function reviewFacts({ review }: Account): Fact[] {
  const { gates, remindAfter, expireAfter } = review;
  const gate = { media: 'before a picture or clip is paid for', publish: 'before a post is published' };
  return [
    ['Gates', gates.map((name) => gate[name]).join(', and ')],
    ['Reminder', remindAfter === null ? 'never' : `after ${durationWords(remindAfter)}, and again`],
    ['Expires', expireAfter === null ? 'never' : `after ${durationWords(expireAfter)}`],
  ];
}

const MISSED_WORDS = {
  late: 'it goes out late',
  next: 'it takes the next free slot',
  ask: 'a person is asked again',
} as const;

/** The week's moments at which a post goes out, and what becomes of one whose slot went by; none for an account without slots. */
export function slotFacts({ slots }: Account): Fact[] {
  if (!slots) return [];
  const days = WEEKDAYS.flatMap((day): Fact[] => {
    const times = slots.week[day] ?? [];
    return times.length === 0 ? [] : [[`${day.charAt(0).toUpperCase()}${day.slice(1)}`, times.join(', ')]];
  });
  return [...days, ['Missed', MISSED_WORDS[slots.missed]]];
}

/** Who is told of what, each by its host; with which variable's secret it is signed. */
export const webhookFacts = ({ webhooks = [] }: Account): Fact[] =>
  webhooks.map(({ url, events, secretVariable }) => [
    showHost(url),
    `${events === null ? 'everything' : events.join(', ')}, signed with ${secretVariable}`,
  ]);

export function budgetFacts({ budget }: Account): Fact[] {
  const { batch, month = null, confirmOver = null } = budget;
  return [
    ['Each batch', nano(batch)],
    ['Each month', month === null ? 'no limit' : nano(month)],
    [
      'Asked first',
      confirmOver === null ? 'never' : `each step that is expected to cost more than ${nano(confirmOver)}`,
    ],
  ];
}

/** Where an address leads; the rest of it may be a secret. */
export function showHost(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const nano = (amount: Nano): string => dollars(toUsd(amount));
