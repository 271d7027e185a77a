import type { Argument, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { useBystander } from './testing/bystander.js';
import { commands, GOOD, goodLine, ID } from './testing/command-lines.js';
import { inJson, inProcess } from './testing/in-process.js';

const bystander = useBystander();
const { servers } = bystander;

/** Exit 2, one line on stderr, nothing on stdout or one document, and nothing started. */
async function expectRefusal(args: readonly string[], field: string, message: RegExp): Promise<void> {
  const before = bystander.reached;
  const plain = await inProcess(args, servers);
  expect(plain).toMatchObject({ code: 2, stdout: '' });
  expect(plain.stderr).toMatch(message);
  expect(plain.stderr).toMatch(/^[^\n]+\n$/);
  // An option without its value would take --json for it.
  if (!/argument missing/.test(plain.stderr)) {
    const { stderr, ...json } = await inJson(args, servers);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(json).toEqual({ code: 2, document: { error: { message: stderr.trim(), field } } });
  }
  expect(bystander.reached).toBe(before);
}

/** Values that an argument or option refuses, by its name; texts and choices of few have theirs from the definitions. */
const WRONG: Readonly<Record<string, readonly [value: string, message: RegExp]>> = {
  id: ['short', /id='short' is not an id: 12 characters/],
  ids: ['../../../etc', /is not an id/],
  batch: ['x', /batch='x' is not an id/],
  chat: ['mine', /chat='mine' is not an id/],
  account: ['No Handle', /account='No Handle' (?:is not a handle|has no file)/],
  planner: ['constructor', /planner='constructor' is not one of @ashtalksai; it has /],
  mix: ['podcast=1', /'podcast=1' is not .* video, hero_text/],
  budget: ['$5', /budget='\$5' is not an amount in US dollars from 0 to 1000000/],
  usd: ['lots', /usd='lots' is not an amount in US dollars from 0 to 1000000/],
  at: ['2999-01-31T09:00:00', /at='2999-01-31T09:00:00' is not an ISO 8601 time with its zone/],
  since: ['2026-02-30', /since='2026-02-30' is not a date such as 2027-01-31 or an ISO 8601 time/],
  expires: ['40d', /expires='40d' is not a time from 1h to 30d/],
  'schedule at': ['7.30', /at='7\.30' is not a time of 24 hours, such as 07:30/],
  days: ['tue,someday', /days='tue,someday' is not a list of mon, tue, /],
  cron: ['0 25 * * 1', /'25' for the hour is not 0 to 23/],
  limit: ['0', /limit='0' is not a whole number of 1 or more/],
  revision: ['1.5', /revision='1\.5' is not a whole number of 1 or more/],
  weeks: ['54', /weeks='54' is not a whole number from 1 to 53/],
  queues: ['post', /queues='post' is not a queue/],
  hashtags: ['##ai', /hashtags='##ai' is not a list .* \('#ai'\)/],
  question: [' ', /question is empty; give 1 to 2000 characters/],
  name: ['editor', /name='editor' is what the desk's own token signs in as/],
};
/** Characters of a text, where its option does not say how many. */
const LIMITS: Readonly<Record<string, number>> = { by: 100, note: 4_000, reason: 4_000 };
/** They name what need not be there, or go together. */
const FREE = ['file', 'target', 'text'];

/** The values that an argument or option of a command refuses, and with which words. */
function wrongValues(line: string, name: string, { description, argChoices }: Option | Argument) {
  const own = WRONG[`${line.split(' ')[0]} ${name}`] ?? WRONG[name];
  if (argChoices) {
    const allowed = `${argChoices.slice(0, -1).join(', ')} or ${argChoices.at(-1)}`;
    return [['nothing', new RegExp(`${name}='nothing' is not ${allowed}`)]] as const;
  }
  if (own) return [own];
  const most = Number(/at most (\d+) characters/.exec(description)?.[1] ?? LIMITS[name]);
  return [
    [' ', new RegExp(`^${name} is empty; give 1 to ${most} characters`)],
    [
      'x'.repeat(most + 1),
      new RegExp(`^${name}='x+\\.\\.\\.' has ${most + 1} characters; at most ${most} are`),
    ],
  ] as const;
}

const lines = commands.map(([words, command]) => {
  return { line: words.join(' '), words, command, good: goodLine(words, command) };
});
const values = lines.flatMap(({ line, words, command, good }) => [
  ...command.registeredArguments.map((argument, at) => {
    const lineWith = (value: string) => good.with(words.length + at, value);
    return { line, name: argument.name(), part: argument as Option | Argument, lineWith };
  }),
  ...command.options
    .filter(({ required }) => required)
    .map((option) => {
      const lineWith = (value: string) => [...good, option.long!, value];
      return { line, name: option.attributeName(), part: option, lineWith };
    }),
]);

describe('wrong use of a command', () => {
  it.each(lines)(
    '$line refuses another option, a word too many, and a lack',
    async ({ words, command, good }) => {
      await expectRefusal([...good, '--nothing'], 'nothing', /unknown option '--nothing'/);
      const given = command.registeredArguments;
      if (!given.at(-1)?.variadic) await expectRefusal([...good, 'more'], 'arguments', /too many arguments/);
      for (const [at, argument] of given.entries()) {
        const lacking = good.toSpliced(words.length + at, given.length - at);
        const message = argument.required
          ? /missing required argument '\w+'/
          : /id is missing; give the ids of posts/;
        await expectRefusal(lacking, argument.name().replace('ids', 'id'), message);
      }
      for (const { long, flags } of command.options.filter(({ mandatory }) => mandatory)) {
        const lacking = good.toSpliced(good.indexOf(long!), 2);
        await expectRefusal(lacking, long!.slice(2), new RegExp(`required option '${flags}' not specified`));
      }
    },
  );

  // Of what account a schedule is, only Temporal knows.
  const known = values.filter(
    ({ line, name }) => !FREE.includes(name) && `${line} ${name}` !== 'schedule change planner',
  );
  it.each(known)('$line refuses a wrong $name', async (value) => {
    const { line, name, part, lineWith } = value;
    for (const [wrong, message] of wrongValues(line, name, part))
      await expectRefusal(lineWith(wrong), name === 'ids' ? 'id' : name, message);
  });
});

const ADD = 'schedule add --account ashtalksai --planner data_and_retrieval --mix hero_text=4'.split(' ');
const EXCLUSIVE = /exclude each other/;
const start = (account: string, planner: string) => [
  'batch',
  'start',
  '--account',
  account,
  '--planner',
  planner,
  '--mix',
  'video=1',
];

it.each<[args: string[], field: string, message: RegExp]>([
  [[], 'command', /command is missing/],
  [['batch'], 'command', /command is missing/],
  [['publish'], 'command', /unknown command 'publish'/],
  [['batch', 'strt'], 'command', /unknown command 'strt' \(Did you mean start\?\)/],
  [['post', 'list', '--wating'], 'wating', /unknown option '--wating' \(Did you mean --waiting\?\)/],
  [start('ashtalksia', 'p'), 'account', /account='ashtalksia' has no file .*did you mean ashtalksai\?/],
  [start('ashtalksai', 'data_and_retrival'), 'planner', /did you mean data_and_retrieval\?/],
  [[...GOOD, '--dry-run', '--wait'], 'dry-run', /--dry-run and --wait exclude each other/],
  [[...GOOD, '--dry-run=5'], 'dry-run', /unknown option|does not take/],
  [[...GOOD, '--dry-run', '--budget', 'lots'], 'budget', /budget='lots' is not an amount/],
  [['chat', 'nobody', 'Why?'], 'account', /account='nobody' has no file/],
  [['post', 'move', ID, '--at', '2020-01-01T00:00:00Z'], 'at', /is not in the future/],
  [['approve', ID, '--now', '--at', 'next'], 'now', /--at and --now exclude each other/],
  [['approve', ID, '--batch', ID], 'batch', EXCLUSIVE],
  [
    ['post', 'list', '--attention', '--limit', '5'],
    'attention',
    /--attention and --limit exclude each other/,
  ],
  [['post', 'list', '--waiting', '--status', 'published'], 'waiting', EXCLUSIVE],
  [['approve', ID, '--batch'], 'batch', /'--batch <id>' argument missing/],
  [['approve', '--batch', ID, '--revision', '1'], 'revision', /not allowed with --batch/],
  [['approve', '--batch', ID, '--gate', 'publish'], 'gate', /not allowed with --batch/],
  [['edit', ID, '--by', 'ana'], 'options', /nothing to edit; give --title, --body, --caption, --hashtags or/],
  [['edit', ID, '--title', 'a\nb'], 'title', /title='a b' is not one line/],
  [['edit', ID, '--hashtags', Array(31).fill('x').join()], 'hashtags', /has 31 words; at most 30/],
  [['edit', ID, '--text', 'x'], 'target', /--text is for one target; name it with --target/],
  [['edit', ID, '--target', 'feed'], 'text', /--target feed needs its --text/],
  [['edit', ID, '--target', 'No!', '--text', 'x'], 'target', /target='No!' is not the name of a target/],
  [
    ['edit', ID, '--target', 'feed', '--text', 'x'.repeat(5_001)],
    'text',
    /has 5001 characters; at most 5000/,
  ],
  [['edit', ID, '--target', 'feed', '--text', '-', '--body', '-'], 'text', /only one of --body and --text/],
  [ADD, 'days', /no time is given; give --days and --at, such as --days tue,fri --at 07:30/],
  [[...ADD, '--days', 'tue'], 'at', /days='tue' needs a time, such as --at 07:30/],
  [[...ADD, '--at', '07:30'], 'days', /at='07:30' needs its days, such as --days tue,fri/],
  [[...ADD, '--days', 'tue', '--cron', '0 6 * * 1'], 'cron', /cron='0 6 \* \* 1' is given beside --days/],
  [['schedule', 'change', ID, '--days', 'tue'], 'at', /needs a time/],
  [['costs', 'reconcile', '--csv'], 'csv', /--csv is not an option of costs reconcile/],
])('%j', (args, field, message) => expectRefusal(args, field, message));

it('costs as CSV and JSON at once', async () => {
  const message = '--csv and --json exclude each other';
  const document = { error: { field: 'csv', message } };
  expect(await inJson(['costs', '--csv'], servers)).toEqual({ code: 2, stderr: `${message}\n`, document });
});

it.each([
  ['', /^body is empty; give 1 to 30000 characters/],
  ['x'.repeat(30_001), /has 30001 characters; at most 30000/],
  ['x'.repeat(200_000), /is longer than the 30000 characters allowed/],
  [new Uint8Array([0xff, 0xfe]), /is not UTF-8 text/],
])('a body from standard input: %.10j', async (input, message) => {
  const before = bystander.reached;
  const { code, stderr, document } = await inJson(['edit', ID, '--body', '-'], servers, input);
  expect({ code, document }).toEqual({
    code: 2,
    document: { error: { field: 'body', message: stderr.trim() } },
  });
  expect(stderr).toMatch(message);
  expect(bystander.reached).toBe(before);
});

it.each(['COPYDESK_PORT', 'COPYDESK_API', 'COPYDESK_ACCOUNTS'])('a setting: %s', async (name) => {
  const { code, stderr, document } = await inJson(GOOD, { ...servers, [name]: '/nowhere' });
  expect({ code, document }).toMatchObject({
    code: 2,
    document: { error: { field: name, message: stderr.trim() } },
  });
});
