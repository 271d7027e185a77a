import { describe, expect, it } from 'vitest';
import { parseAccount } from './parse.js';

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

describe('a good file', () => {
  // What else it gets is stated in docs/accounts.md, and docs.test.ts holds the page to it.
  it('gets nothing for what it leaves out', () => {
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
});

describe('a bad file', () => {
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
  ])('%j: line %d, %s', expectProblem);

  it.each<[text: string, field: string, message: RegExp]>([
    ['style: { title: \n', 'file', /not valid YAML/],
    ['bio: again\n', 'file', /not valid YAML: Map keys must be unique/],
    ['---\nname: x\n', 'file', /not valid YAML/],
    ['__proto__: { a: 1 }', '__proto__', /not allowed as a key/],
    ['places: [x]', 'places', /unknown key; known here: name, bio/],
    ['sample: yes', 'sample', /'yes' is not true or false/],
    ['timeZone: Mars/Base', 'timeZone', /'Mars\/Base' must be an IANA/],
    ['timeZone: "+02:00"', 'timeZone', /IANA/],
    ['language: not a tag', 'language', /BCP 47/],
    ['record: all', 'record', /'all' is not one of desk, public/],
    ["slots: { week: { mon: ['9'] } }", 'slots.week.mon.0', /'9' must be a time of day/],
    ['slots: { week: {} }', 'slots.week', /at least one day/],
    ['targets: []', 'targets', /an empty list is less than the 1 needed/],
    ['targets: [feed, feed]', 'targets.1', /second target called 'feed'/],
    ['targets: [feed: { name: pages }]', 'targets.0.feed.name', /'feed' names the feed of the account/],
    [`targets: [webhook: { name: feed, ${WEBHOOK} }]`, 'targets.0.webhook.name', /'feed' names the feed/],
    ['models: { daft: x }', 'models.daft', /did you mean draft\?/],
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
    [
      `review: { webhook: { ${WEBHOOK} } }`,
      'review.webhook',
      /is no key any more; say webhooks: \[\{ url, secret, events: \[post.reminder\] \}\] at the top level/,
    ],
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

  it.each<[text: string, line: number, field: string, message: RegExp]>([
    ['models:\n  draft: "a b"', 10, 'models.draft', /must be a model id/],
    ['targets:\n- feed\n- billboard', 11, 'targets.1', /'billboard' is not a target; known here: feed/],
    ['style:\n  title:\n    maxCharacters: 3', 11, 'style.title.maxCharacters', /'3' is less than the 10/],
  ])('%j has its problem at line %d', (text, line, field, message) => {
    expectProblem(added(text), line, field, message);
  });

  it('does not repeat what may be a secret', () => {
    const text = added('webhooks:\n  - url: https://a.example/\n    secret: hunter2\n');
    const { problems } = parseAccount('x', text);
    expect(problems).toEqual([
      { line: 11, field: 'webhooks.0.secret', message: expect.stringMatching(/name of an environment/) },
    ]);
    expect(problems[0]?.message).not.toContain('hunter2');
  });

  it('tells all problems at once, by line', () => {
    const { problems } = parseAccount('x', 'name: 1\nbio: 2\nvoise: 3\n');
    const places = problems.map(({ line, field }) => `${line} ${field}`);
    expect(places).toEqual(['1 name', '1 voice', '1 look', '1 planners', '2 bio', '3 voise']);
  });
});
