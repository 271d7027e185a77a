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
    .map((old, index) => (index + 1 === line ? text : old))
    .join('\n');

const added = (text: string): string => GOOD + text;
const ADDED = 9;

describe('a good file', () => {
  it('gets every default', () => {
    const { account, problems } = parseAccount('nightferries', GOOD);
    expect(problems).toEqual([]);
    expect(account).toEqual({
      handle: 'nightferries',
      name: 'Night Ferries',
      bio: 'Boats that sail after ten.',
      sample: false,
      timeZone: 'UTC',
      language: 'en',
      record: 'desk',
      voice: 'Calm and exact.',
      look: 'Blue hour on deck.',
      planners: { crossings: { covers: 'Single night routes.', guidance: 'One route a piece.', feeds: [] } },
      style: {
        titleMaxCharacters: 90,
        bodyMinParagraphs: 3,
        bodyMaxWords: 450,
        captionMaxCharacters: 240,
        hashtagsMin: 3,
        hashtagsMax: 5,
        bannedPhrases: [],
        buttonLast: false,
      },
      models: {
        plan: 'gpt-6.1-terra',
        draft: 'gpt-6-luna',
        image: 'fal-ai/flux-pro/v1.1-ultra',
        video: 'fal-ai/kling-video/v3/pro/image-to-video',
        chat: 'gpt-6-luna',
        embedding: null,
      },
      targets: [{ kind: 'feed', name: 'feed', settings: {} }],
      slots: null,
      freshness: { similarity: 0.5, lookBackMs: 90 * 86_400_000 },
      disclosure: 'Made with AI.',
      review: { gates: ['publish'], remindAfter: null, expireAfter: null },
      webhooks: [],
      chat: null,
      budget: { batch: 5_000_000_000, month: null, confirmOver: null },
    });
  });

  it('keeps slots once each and in their order, and what is said of freshness and disclosure', () => {
    const { account, problems } = parseAccount(
      'x',
      added(
        `slots: { week: { mon: ['17:30', '09:00', '09:00'] }, missed: ask }\nfreshness: { lookBack: 30d }\ndisclosure: false`,
      ),
    );
    expect(problems).toEqual([]);
    expect(account).toMatchObject({
      slots: { week: { mon: ['09:00', '17:30'] }, missed: 'ask' },
      freshness: { similarity: 0.5, lookBackMs: 30 * 86_400_000 },
      disclosure: null,
    });
  });

  it.each([
    ['budget: { batch: 0.25 }', { batch: 250_000_000, month: null, confirmOver: null }],
    ['budget: { batch: "2.50" }', { batch: 2_500_000_000, month: null, confirmOver: null }],
    ['budget: { batch: 0, month: 0, confirmOver: 0 }', { batch: 0, month: 0, confirmOver: 0 }],
    ['budget: { month: 60 }', { batch: 5_000_000_000, month: 60_000_000_000, confirmOver: null }],
    [
      'budget: { month: "0.000000001", confirmOver: 0.5 }',
      { batch: 5_000_000_000, month: 1, confirmOver: 500_000_000 },
    ],
  ])('takes %s as exact nano-USD', (line, budget) => {
    expect(parseAccount('x', added(line)).account?.budget).toEqual(budget);
  });

  it.each([
    ['1m', 60_000],
    ['4h', 14_400_000],
    ['365d', 31_536_000_000],
    ['8760h', 31_536_000_000],
  ])('takes a duration of %s as ms', (duration, ms) => {
    const { account } = parseAccount('x', added(`review: { remindAfter: ${duration} }`));
    expect(account?.review).toEqual({
      gates: ['publish'],
      remindAfter: ms,
      expireAfter: null,
    });
  });

  it('takes both gates in the order in which they open, and an expiry after the reminder', () => {
    const review = `review:
  gates: [publish, media]
  remindAfter: 4h
  expireAfter: 1d
`;
    expect(parseAccount('x', added(review)).account?.review).toEqual({
      gates: ['media', 'publish'],
      remindAfter: 14_400_000,
      expireAfter: 86_400_000,
    });
  });

  it('takes webhooks, each for what it names, or for everything', () => {
    const webhooks = `webhooks:
  - { url: "https://hooks.example/copydesk?room=1", secret: DESK_SECRET }
  - url: http://127.0.0.1:9000/
    secret: OTHER
    events: [post.blocked, batch.done]
`;
    expect(parseAccount('x', added(webhooks)).account?.webhooks).toEqual([
      { url: 'https://hooks.example/copydesk?room=1', secretVariable: 'DESK_SECRET', events: null },
      { url: 'http://127.0.0.1:9000/', secretVariable: 'OTHER', events: ['post.blocked', 'batch.done'] },
    ]);
  });

  it('resolves aliases, and finds the line behind one', () => {
    const twice = added('  night: &night { covers: a, guidance: b }\n  day: *night\n');
    expect(Object.keys(parseAccount('x', twice).account!.planners)).toEqual(['crossings', 'night', 'day']);
  });
});

describe('a bad file', () => {
  it.each<[what: string, text: string, line: number, field: string, message: RegExp]>([
    ['nothing', '', 1, 'file', /is empty/],
    ['only a comment', '# later\n', 1, 'file', /is empty/],
    ['a list', '- a\n- b\n', 1, 'file', /not a map of keys/],
    ['broken YAML', added('style: { title: \n'), ADDED, 'file', /not valid YAML/],
    ['a tab as indent', changed(7, '\tcovers: x'), 7, 'file', /not valid YAML/],
    ['a key twice', added('bio: again\n'), ADDED, 'file', /not valid YAML: Map keys must be unique/],
    ['two documents', added('---\nname: x\n'), ADDED, 'file', /not valid YAML/],
    ['an unknown tag', changed(1, 'name: !!js/function x'), 1, 'file', /not valid YAML/],
    ['an unknown alias', changed(1, 'name: *nobody'), 1, 'file', /no anchor &nobody stands before/],
    ['an alias in its own anchor', added('style: &s { body: *s }'), 1, 'file', /inside its own anchor/],
    ['a prototype', added('__proto__: { a: 1 }'), ADDED, '__proto__', /not allowed as a key/],
    ['a misspelled key', changed(3, 'voise: x'), 3, 'voise', /unknown key; did you mean voice\?/],
    ['a strange key', added('places: [x]'), ADDED, 'places', /unknown key; known here: name, bio/],
    [
      'a key of later',
      added('review: { slots: 3 }'),
      ADDED,
      'review.slots',
      /unknown key; known here: gates/,
    ],
    ['a missing key', changed(3, ''), 1, 'voice', /is missing/],
    ['an empty text', changed(1, 'name: "  "'), 1, 'name', /is empty/],
    ['no value', changed(3, 'voice:'), 3, 'voice', /an empty value is not text/],
    ['a number as text', changed(1, 'name: 5'), 1, 'name', /'5' is not text/],
    ['two lines where one is allowed', changed(1, 'name: "a\\nb"'), 1, 'name', /must be one line/],
    ['a long text', changed(2, `bio: ${'x'.repeat(601)}`), 2, 'bio', /601 characters is more than the 600/],
    ['a boolean in words', added('sample: yes'), ADDED, 'sample', /'yes' is not true or false/],
    [
      'a time zone of another planet',
      added('timeZone: Mars/Base'),
      ADDED,
      'timeZone',
      /'Mars\/Base' must be an IANA/,
    ],
    ['an offset as time zone', added('timeZone: "+02:00"'), ADDED, 'timeZone', /IANA/],
    ['a language', added('language: not a tag'), ADDED, 'language', /BCP 47/],
    ['a record', added('record: all'), ADDED, 'record', /'all' is not one of desk, public/],
    ['a model', added('models:\n  draft: "a b"'), 10, 'models.draft', /must be a model id/],
    ['a model of no step', added('models:\n  daft: x'), 10, 'models.daft', /did you mean draft\?/],
    [
      'a target',
      added('targets:\n  - feed\n  - billboard'),
      11,
      'targets.1',
      /'billboard' is not a target; known here: feed/,
    ],
    [
      'two targets of one name',
      added('targets:\n  - feed\n  - feed'),
      11,
      'targets.1',
      /second target called 'feed'/,
    ],
    [
      'a feed of another name',
      added('targets:\n  - feed: { name: pages }'),
      ADDED + 1,
      'targets.0.feed.name',
      /'feed' names the feed of the account/,
    ],
    [
      'another target as the feed',
      added('targets:\n  - webhook: { name: feed, url: https://hooks.example/, secret: S }'),
      ADDED + 1,
      'targets.0.webhook.name',
      /'feed' names the feed of the account/,
    ],
    [
      'a slot that is no time',
      added("slots: { week: { mon: ['9'] } }"),
      ADDED,
      'slots.week.mon.0',
      /'9' must be a time of day/,
    ],
    ['a week without days', added('slots: { week: {} }'), ADDED, 'slots.week', /at least one day/],
    ['no target', added('targets: []'), ADDED, 'targets', /an empty list is less than the 1 needed/],
    [
      'a gate',
      added('review: { gates: [all] }'),
      ADDED,
      'review.gates.0',
      /'all' is not one of media, publish/,
    ],
    ['no gate', added('review: { gates: [] }'), ADDED, 'review.gates', /an empty list is less than the 1/],
    ...[
      ['0m', /'0m' must be a duration from 1m to 365d/],
      ['366d', /'366d' must be a duration/],
      ['8761h', /'8761h' must be a duration/],
      ['90s', /'90s' must be a duration/],
      ['1.5h', /'1\.5h' must be a duration/],
      ['-3h', /'-3h' must be a duration/],
      ['4', /'4' must be a duration/],
      ['', /an empty value must be a duration/],
      ['[4h]', /must be a duration/],
    ].flatMap(([value, message]) =>
      (['remindAfter', 'expireAfter'] as const).map(
        (key) =>
          [`${key} ${value}`, added(`review:\n  ${key}: ${value}`), 10, `review.${key}`, message] as [
            string,
            string,
            number,
            string,
            RegExp,
          ],
      ),
    ),
    ...['3d', '72h', '2d'].map(
      (expire) =>
        [
          `an expiry of ${expire} before the reminder`,
          added(`review:\n  remindAfter: 3d\n  expireAfter: ${expire}`),
          11,
          'review.expireAfter',
          /must be longer than remindAfter/,
        ] as [string, string, number, string, RegExp],
    ),
    ...['ftp://a.example/x', 'a.example', 'https://', 'https://u:p@a.example/'].map(
      (url) =>
        [
          `the webhook ${url}`,
          added(`webhooks:\n  - secret: S\n    url: "${url}"`),
          11,
          'webhooks.0.url',
          /must be an http or https address/,
        ] as [string, string, number, string, RegExp],
    ),
    [
      'a webhook without a secret',
      added('webhooks: [{ url: "https://a.example/" }]'),
      ADDED,
      'webhooks.0.secret',
      /is missing/,
    ],
    [
      'a webhook as text',
      added('webhooks: ["https://a.example/"]'),
      ADDED,
      'webhooks.0',
      /is not a map of keys/,
    ],
    [
      'a webhook for an event that there is not',
      added('webhooks: [{ url: "https://a.example/", secret: S, events: [post.drafted] }]'),
      ADDED,
      'webhooks.0.events.0',
      /'post.drafted' is not one of post.awaiting_approval, post.reminder, /,
    ],
    [
      'a webhook for no event',
      added('webhooks: [{ url: "https://a.example/", secret: S, events: [] }]'),
      ADDED,
      'webhooks.0.events',
      /an empty list is less than the 1 needed/,
    ],
    [
      'the webhook of earlier versions',
      added('review: { webhook: { url: "https://a.example/", secret: S } }'),
      ADDED,
      'review.webhook',
      /is no key any more; say webhooks: \[\{ url, secret, events: \[post.reminder\] \}\] at the top level/,
    ],
    [
      'a budget below nothing',
      added('budget: { batch: -1 }'),
      ADDED,
      'budget.batch',
      /'-1' must be an amount/,
    ],
    [
      'a budget in words',
      added('budget: { batch: lots }'),
      ADDED,
      'budget.batch',
      /'lots' must be an amount/,
    ],
    ['a month of words', added('budget: { month: lots }'), ADDED, 'budget.month', /'lots' must be an amount/],
    ['a month of less than nothing', added('budget: { month: -1 }'), ADDED, 'budget.month', /'-1' must be/],
    ['a month without a value', added('budget:\n  month:'), 10, 'budget.month', /must be an amount/],
    [
      'what to ask about as a yes',
      added('budget: { confirmOver: true }'),
      ADDED,
      'budget.confirmOver',
      /'true' must be an amount/,
    ],
    [
      'a budget of a year',
      added('budget: { year: 100 }'),
      ADDED,
      'budget.year',
      /unknown key; known here: batch, month, confirmOver/,
    ],
    ['a misspelled month', added('budget: { mouth: 100 }'), ADDED, 'budget.mouth', /did you mean month\?/],
    ['a budget of millions', added('budget: { batch: 1000001 }'), ADDED, 'budget.batch', /1000000/],
    [
      'half a word',
      added('style: { body: { maxWords: 20.5 } }'),
      ADDED,
      'style.body.maxWords',
      /not a whole number/,
    ],
    [
      'too short a title',
      added('style:\n  title:\n    maxCharacters: 3'),
      11,
      'style.title.maxCharacters',
      /'3' is less than the 10/,
    ],
    [
      'more than most hashtags',
      added('style:\n  hashtags: { min: 6 }'),
      10,
      'style.hashtags',
      /min 6 is more than max 5/,
    ],
    [
      'a phrase alone',
      added('style: { bannedPhrases: delve }'),
      ADDED,
      'style.bannedPhrases',
      /'delve' is not a list/,
    ],
    ['no planner', GOOD.replace(/planners:[^]*/, 'planners: {}'), 5, 'planners', /at least one planner/],
    [
      'a planner of nothing',
      changed(6, '  other:\n  crossings:'),
      6,
      'planners.other',
      /an empty value is not a map/,
    ],
    [
      "a planner's name",
      changed(6, '  Night-Crossings:'),
      6,
      'planners.Night-Crossings',
      /characters of a-z/,
    ],
    [
      "a planner's key",
      changed(8, '    guidence: x'),
      8,
      'planners.crossings.guidence',
      /did you mean guidance\?/,
    ],
    ["a planner's missing key", changed(8, ''), 6, 'planners.crossings.guidance', /is missing/],
  ])('%s', (_, text, line, field, message) => {
    const { account, problems } = parseAccount('x', text);
    expect(account).toBeNull();
    const found = problems.find((problem) => problem.field === field);
    expect(found, JSON.stringify(problems)).toMatchObject({ line, message: expect.stringMatching(message) });
    for (const problem of problems) expect(problem.message).not.toMatch(/\n/);
  });

  it('does not repeat what may be a secret', () => {
    const { problems } = parseAccount(
      'x',
      added('webhooks:\n  - url: https://a.example/\n    secret: hunter2\n'),
    );
    expect(problems).toEqual([
      { line: 11, field: 'webhooks.0.secret', message: expect.stringMatching(/name of an environment/) },
    ]);
    expect(problems[0]?.message).not.toContain('hunter2');
  });

  it('tells all problems at once, by line', () => {
    const { problems } = parseAccount('x', 'name: 1\nbio: 2\nvoise: 3\n');
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [1, 'name'],
      [1, 'voice'],
      [1, 'look'],
      [1, 'planners'],
      [2, 'bio'],
      [3, 'voise'],
    ]);
  });

  it('stops an alias bomb before it is built', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghi'
        .split('')
        .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
    ];
    const { problems } = parseAccount('x', bomb.join('\n'));
    expect(problems).toEqual([
      expect.objectContaining({ field: 'file', message: expect.stringMatching(/50 YAML aliases/) }),
    ]);
  });
});
