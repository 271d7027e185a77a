import { expect, it } from 'vitest';
import { parseAccount } from './parse.js';
import { yamlExcess } from './yaml-bounds.js';

const GOOD = `name: Night Ferries
bio: Boats that sail after ten.
voice: Calm and exact.
look: Blue hour on deck.
planners:
  crossings:
    covers: Single night routes.
    guidance: One route a piece.
`;

/** The shortest good file with one line changed, so that the line of the problem is known. */
const changed = (line: number, text: string): string =>
  GOOD.split('\n')
    .with(line - 1, text)
    .join('\n');

const added = (text: string): string => GOOD + text;
const ADDED = 9;
const REVIEW = { gates: ['publish'], remindAfter: null, expireAfter: null };
const WEBHOOK = 'url: "https://a.example/", secret: S';

/** What the shortest good file says once some lines are added. */
function accountWith(text: string) {
  const { account, problems } = parseAccount('nightferries', added(text));
  expect(problems).toEqual([]);
  return account!;
}

function expectProblem(text: string, line: number, field: string, message: RegExp): void {
  const { account, problems } = parseAccount('x', text);
  expect(account).toBeNull();
  const found = problems.find((problem) => problem.field === field);
  expect(found, JSON.stringify(problems)).toMatchObject({ line, message: expect.stringMatching(message) });
  for (const problem of problems) expect(problem.message).not.toMatch(/\n/);
}

// What else it gives is stated in docs/accounts.md, and docs.test.ts holds the page to it.
it('gives nothing for what a file leaves out', () => {
  const crossings = { covers: 'Single night routes.', guidance: 'One route a piece.', feeds: [] };
  expect(accountWith('')).toMatchObject({
    handle: 'nightferries',
    name: 'Night Ferries',
    bio: 'Boats that sail after ten.',
    voice: 'Calm and exact.',
    look: 'Blue hour on deck.',
    planners: { crossings },
    models: { embedding: null },
    targets: [{ kind: 'feed', name: 'feed', settings: {} }],
    slots: null,
    review: REVIEW,
    webhooks: [],
    chat: null,
    budget: { batch: 5_000_000_000, month: null, confirmOver: null },
  });
});

it('keeps slots once each and in their order, and what is said of freshness and disclosure', () => {
  const week = "slots: { week: { mon: ['17:30', '09:00', '09:00'] }, missed: ask }";
  expect(accountWith(`${week}\nfreshness: { lookBack: 30d }\ndisclosure: false`)).toMatchObject({
    slots: { week: { mon: ['09:00', '17:30'] }, missed: 'ask' },
    freshness: { similarity: 0.5, lookBackMs: 30 * 86_400_000 },
    disclosure: null,
  });
});

it.each([
  ['batch: 0.25', { batch: 250_000_000, month: null, confirmOver: null }],
  ['batch: "2.50"', { batch: 2_500_000_000, month: null, confirmOver: null }],
  ['batch: 0, month: 0, confirmOver: 0', { batch: 0, month: 0, confirmOver: 0 }],
  ['month: 60', { batch: 5_000_000_000, month: 60_000_000_000, confirmOver: null }],
  ['month: "0.000000001", confirmOver: 0.5', { batch: 5e9, month: 1, confirmOver: 500_000_000 }],
])('takes a budget of %s as exact nano-USD', (text, budget) => {
  expect(accountWith(`budget: { ${text} }`).budget).toEqual(budget);
});

it.each([
  ['remindAfter: 1m', { ...REVIEW, remindAfter: 60_000 }],
  ['remindAfter: 365d', { ...REVIEW, remindAfter: 31_536_000_000 }],
  ['expireAfter: 8760h', { ...REVIEW, expireAfter: 31_536_000_000 }],
  // Gates in the order in which they open.
  ['gates: [publish, media]', { ...REVIEW, gates: ['media', 'publish'] }],
  ['remindAfter: 4h, expireAfter: 1d', { ...REVIEW, remindAfter: 14_400_000, expireAfter: 86_400_000 }],
])('takes a review of %s', (text, review) => {
  expect(accountWith(`review: { ${text} }`).review).toEqual(review);
});

it('takes webhooks, each for what it names, or for everything', () => {
  const webhooks = `webhooks:
  - { url: "https://hooks.example/copydesk?room=1", secret: DESK_SECRET }
  - { url: http://127.0.0.1:9000/, secret: OTHER, events: [post.blocked, batch.done] }
`;
  expect(accountWith(webhooks).webhooks).toEqual([
    { url: 'https://hooks.example/copydesk?room=1', secretVariable: 'DESK_SECRET', events: null },
    { url: 'http://127.0.0.1:9000/', secretVariable: 'OTHER', events: ['post.blocked', 'batch.done'] },
  ]);
});

it('resolves aliases', () => {
  const twice = '  night: &night { covers: a, guidance: b }\n  day: *night\n';
  expect(Object.keys(accountWith(twice).planners)).toEqual(['crossings', 'night', 'day']);
});

it.each<[text: string, line: number, field: string, message: RegExp]>([
  ['', 1, 'file', /is empty/],
  ['# later\n', 1, 'file', /is empty/],
  ['- a\n- b\n', 1, 'file', /not a map of keys/],
  [changed(7, '\tcovers: x'), 7, 'file', /not valid YAML/],
  [changed(1, 'name: !!js/function x'), 1, 'file', /not valid YAML/],
  [changed(1, 'name: *nobody'), 1, 'file', /no anchor &nobody stands before/],
  [added('style: &s { body: *s }'), 1, 'file', /inside its own anchor/],
  [changed(3, 'voise: x'), 3, 'voise', /unknown key; did you mean voice\?/],
  [changed(3, ''), 1, 'voice', /is missing/],
  [changed(1, 'name: "  "'), 1, 'name', /is empty/],
  [changed(3, 'voice:'), 3, 'voice', /an empty value is not text/],
  [changed(1, 'name: 5'), 1, 'name', /'5' is not text/],
  [changed(1, 'name: "a\\nb"'), 1, 'name', /must be one line/],
  [changed(2, `bio: ${'x'.repeat(601)}`), 2, 'bio', /601 characters is more than the 600/],
  [GOOD.replace(/planners:[^]*/, 'planners: {}'), 5, 'planners', /at least one planner/],
  [changed(6, '  other:\n  crossings:'), 6, 'planners.other', /an empty value is not a map/],
  [changed(6, '  Night-Crossings:'), 6, 'planners.Night-Crossings', /characters of a-z/],
  [changed(8, '    guidence: x'), 8, 'planners.crossings.guidence', /did you mean guidance\?/],
  [changed(8, ''), 6, 'planners.crossings.guidance', /is missing/],
  [added('models:\n  draft: "a b"'), 10, 'models.draft', /must be a model id/],
  [added('targets:\n- feed\n- posters'), 11, 'targets.1', /'posters' is not a target; known here: feed/],
  [added('style:\n title:\n  maxCharacters: 3'), 11, 'style.title.maxCharacters', /'3' is less than the 10/],
])('%j: line %d, %s', expectProblem);

it.each<[text: string, field: string, message: RegExp]>([
  ['style: { title: \n', 'file', /not valid YAML/],
  ['bio: again\n', 'file', /not valid YAML: Map keys must be unique/],
  ['---\nname: x\n', 'file', /not valid YAML/],
  ['__proto__: { a: 1 }', '__proto__', /not allowed as a key/],
  ['places: [x]', 'places', /unknown key; known here: name, bio/],
  ['sample: yes', 'sample', /'yes' is not true or false/],
  ['timeZone: Mars/Base', 'timeZone', /'Mars\/Base' must be an IANA/],
  ['language: not a tag', 'language', /BCP 47/],
  ['record: all', 'record', /'all' is not one of desk, public/],
  ["slots: { week: { mon: ['9'] } }", 'slots.week.mon.0', /'9' must be a time of day/],
  ['slots: { week: {} }', 'slots.week', /at least one day/],
  ['targets: []', 'targets', /an empty list is less than the 1 needed/],
  ['targets: [feed, feed]', 'targets.1', /second target called 'feed'/],
  ['targets: [feed: { name: pages }]', 'targets.0.feed.name', /'feed' names the feed of the account/],
  [`targets: [webhook: { name: feed, ${WEBHOOK} }]`, 'targets.0.webhook.name', /'feed' names the feed/],
  ['models: { daft: x }', 'models.daft', /did you mean draft\?/],
  ...[
    'fal-ai/x/../../requests/y',
    'fal-ai/./x',
    '..',
    'fal-ai//x',
    'fal-ai/x/',
    'a/%2e%2e/b',
    'a/b?c',
    'a/b#c',
    '//a.b/c',
  ].map((id): [string, string, RegExp] => [
    `models: { image: '${id}' }`,
    'models.image',
    /must be a model id/,
  ]),
  ['style: { hashtags: { min: 6 } }', 'style.hashtags', /min 6 is more than max 5/],
  ['review: { slots: 3 }', 'review.slots', /unknown key; known here: gates/],
  ['review: { gates: [all] }', 'review.gates.0', /'all' is not one of media, publish/],
  ['review: { gates: [] }', 'review.gates', /an empty list is less than the 1/],
  ['review: { remindAfter: 0m }', 'review.remindAfter', /^'0m' must be a duration from 1m to 365d/],
  ['review: { remindAfter: 366d }', 'review.remindAfter', /^'366d' must be a duration/],
  ['review: { remindAfter: 8761h }', 'review.remindAfter', /^'8761h' must be a duration/],
  ['review: { remindAfter: 90s }', 'review.remindAfter', /^'90s' must be a duration/],
  ['review: { remindAfter: 1.5h }', 'review.remindAfter', /^'1\.5h' must be a duration/],
  ['review: { remindAfter: -3h }', 'review.remindAfter', /^'-3h' must be a duration/],
  ['review: { remindAfter: 4 }', 'review.remindAfter', /^'4' must be a duration/],
  ['review: { remindAfter: }', 'review.remindAfter', /^an empty value must be a duration/],
  ['review: { remindAfter: [4h] }', 'review.remindAfter', /must be a duration/],
  ['review: { expireAfter: 90s }', 'review.expireAfter', /^'90s' must be a duration/],
  ['review: { remindAfter: 3d, expireAfter: 2d }', 'review.expireAfter', /must be longer than remindAfter/],
  ['review: {remindAfter: 3d, expireAfter: 72h}', 'review.expireAfter', /must be longer than remindAfter/],
  ['webhooks: [{ url: "https://a.example/" }]', 'webhooks.0.secret', /is missing/],
  ['webhooks: ["https://a.example/"]', 'webhooks.0', /is not a map of keys/],
  ['webhooks: [{ secret: S, url: a.example }]', 'webhooks.0.url', /must be an http or https address/],
  ['webhooks: [{ secret: S, url: http://u:p@a }]', 'webhooks.0.url', /must be an http or https address/],
  [
    `webhooks: [{ ${WEBHOOK}, events: [post.drafted] }]`,
    'webhooks.0.events.0',
    /'post.drafted' is not one of post.awaiting_approval, post.reminder, /,
  ],
  [`webhooks: [{ ${WEBHOOK}, events: [] }]`, 'webhooks.0.events', /an empty list is less than the 1/],
  ['budget: { batch: -1 }', 'budget.batch', /'-1' must be an amount/],
  ['budget: { batch: lots }', 'budget.batch', /'lots' must be an amount/],
  ['budget: { batch: 1000001 }', 'budget.batch', /1000000/],
  ['budget: { month: lots }', 'budget.month', /'lots' must be an amount/],
  ['budget: { month: }', 'budget.month', /must be an amount/],
  ['budget: { confirmOver: true }', 'budget.confirmOver', /'true' must be an amount/],
  ['budget: { year: 100 }', 'budget.year', /unknown key; known here: batch, month, confirmOver/],
  ['budget: { mouth: 100 }', 'budget.mouth', /did you mean month\?/],
  ['style: { body: { maxWords: 20.5 } }', 'style.body.maxWords', /not a whole number/],
  ['style: { bannedPhrases: delve }', 'style.bannedPhrases', /'delve' is not a list/],
])('%j: %s', (text, field, message) => {
  expectProblem(added(text), ADDED, field, message);
});

it.each(['COPYDESK_TOKEN', 'OPENAI_API_KEY', 'FAL_KEY', 'DATABASE_URL', 'OPENAI_ADMIN_KEY', 'PGPASSWORD'])(
  "sends no secret of the install's own, such as %s, to where an account file says",
  (name) => {
    const why = new RegExp(`names ${name}, which is Copydesk's own: name a variable of the account's`);
    expectProblem(
      added(`webhooks:\n  - url: https://a.example/\n    secret: ${name}\n`),
      11,
      'webhooks.0.secret',
      why,
    );
    const target = `targets:\n  - mastodon:\n      instance: https://a.example\n      token: ${name}\n`;
    expectProblem(added(target), 12, 'targets.0.mastodon.token', why);
  },
);

it('does not repeat what may be a secret', () => {
  const text = added('webhooks:\n  - url: https://a.example/\n    secret: hunter2\n');
  expectProblem(text, 11, 'webhooks.0.secret', /name of an environment/);
  expect(JSON.stringify(parseAccount('x', text).problems)).not.toContain('hunter2');
});

it('tells all problems at once, by line', () => {
  const { problems } = parseAccount('x', 'name: 1\nbio: 2\nvoise: 3\n');
  const places = problems.map(({ line, field }) => `${line} ${field}`);
  expect(places).toEqual(['1 name', '1 voice', '1 look', '1 planners', '2 bio', '3 voise']);
});

/** Milliseconds. Each takes a few hundred at most, and took many seconds or minutes; the machine may do much else. */
const FREEZE = 10_000;

const times = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');
const keys = (count: number): string => times(count, (n) => `k${n}: 1\n`);

const HOSTILE: Readonly<Record<string, () => string>> = {
  'unknown keys': () => keys(20_000),
  'unknown keys of a planner': () => `planners:\n${times(15_000, (n) => `  k${n}: 1\n`)}`,
  'unknown keys in brackets': () => `{${times(20_000, (n) => `k${n}: 1,`)}}`,
  'one key again and again': () => 'kkk: 1\n'.repeat(20_000),
  'objects as keys': () => '? [a]\n: 1\n'.repeat(20_000),
  'planners of nothing': () => `planners:\n${times(12_000, (n) => `  p${n}:\n`)}`,
  anchors: () => times(15_000, (n) => `k${n}: &a${n} 1\n`),
  aliases: () => `k: &a 1\nl: [${'*a,'.repeat(60_000)}]`,
  'aliases of nothing': () => `l: [${'*a,'.repeat(60_000)}]`,
  'aliases of aliases': () => times(40, (n) => `k${n}: &k${n} [${n ? `*k${n - 1},*k${n - 1}` : '1'}]\n`),
  'few aliases of aliases': () => times(12, (n) => `k${n}: &k${n} [${n ? `*k${n - 1},`.repeat(4) : '1'}]\n`),
  brackets: () => '['.repeat(200_000),
  'closed brackets': () => `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  braces: () => '{a: '.repeat(60_000),
  'lists in lists': () => '- '.repeat(120_000),
  'keys in keys': () => '? '.repeat(120_000),
  'maps in maps': () => times(700, (n) => `${' '.repeat(n)}a:\n`),
  'odd lines': () => '%\n'.repeat(100_000),
  tabs: () => '\t: \n'.repeat(60_000),
  quotes: () => '"'.repeat(200_000),
  colons: () => ': '.repeat(120_000),
  commas: () => `[${','.repeat(200_000)}]`,
  tags: () => times(15_000, (n) => `k${n}: !x${n} 1\n`),
  'a long key': () => `${'a'.repeat(250_000)}: 1`,
  'a long number': () => `budget: { batch: ${'9'.repeat(250_000)} }`,
  'a long model': () => `models: { plan: ${'a/'.repeat(120_000)} }`,
  'phrases that are none': () => `style: { bannedPhrases: [${'1,'.repeat(120_000)}] }`,
  'control characters': () => '\u0000\u001b\u202e\r'.repeat(50_000),
};

it.each(Object.keys(HOSTILE))('a file of %s has few problems in short lines, at once', (name) => {
  const text = HOSTILE[name]!();
  const began = performance.now();
  const { account, problems } = parseAccount('x', text);
  expect(performance.now() - began).toBeLessThan(FREEZE);
  expect(account).toBeNull();
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(51);
  for (const { message, field } of problems) expect(`${field}: ${message}`.length).toBeLessThan(1_000);
});

it('tells a hostile file apart from a large one', () => {
  const guidance = '      *so* - [x] {y}: &z\n'.repeat(100);
  const planners = times(49, (n) => `  p_${n}:\n    covers: a\n    # why\n    guidance: |\n${guidance}`);
  expect(planners.length).toBeGreaterThan(100_000);
  expect(Object.keys(accountWith(planners).planners)).toHaveLength(50);
});

it('names the first fifty of many problems, and counts the rest at its line', () => {
  const { problems } = parseAccount('x', added(keys(200)));
  expect(problems.map(({ line }) => line)).toEqual(Array.from({ length: 51 }, (_, n) => n + ADDED));
  const message = expect.stringMatching(/^unknown key/) as string;
  expect(problems[49]).toEqual({ line: ADDED + 49, field: 'k49', message });
  expect(problems[50]).toEqual({ line: ADDED + 50, field: 'file', message: 'and 150 more problems' });
});

it.each([
  ['a: 1\nb: [1, 2]\nc:\n  - d: e\n    f: |\n      *no alias*\n      [[[[[[[[[[[[[[[[[[[[[[[[\n', undefined],
  [`a: ${'['.repeat(19)}`, undefined],
  [`a: ${'['.repeat(20)}`, 'is nested more than the 20 levels allowed'],
  [`a: x\nb: ${'- '.repeat(21)}`, 'is nested more than the 20 levels allowed'],
  [`a: &x 1\nb: [${'*x,'.repeat(50)}]`, undefined],
  [`a: &x 1\nb: [${'*x,'.repeat(51)}]`, 'uses more than the 50 YAML aliases allowed'],
])('the excess of %j is %s', (text, message) => {
  expect(yamlExcess(text)?.message).toBe(message);
});
