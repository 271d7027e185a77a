import { describe, expect, it } from 'vitest';
import { GOOD, ID, parsed, SCHEDULE, START, useBystander } from './testing/bystander.js';
import { inProcess } from './testing/in-process.js';

const bystander = useBystander();
const { servers } = bystander;
const FAR = '2999-01-31T09:00:00Z';

describe('wrong use: exit 2, one line on stderr, nothing on stdout or one document, nothing started', () => {
  it.each<[args: string[], field: string | undefined, message: RegExp]>([
    [[], 'command', /command is missing/],
    [['batch'], 'command', /command is missing/],
    [['publish'], 'command', /unknown command 'publish'/],
    [['batch', 'strt'], 'command', /unknown command 'strt' \(Did you mean start\?\)/],
    [['post', 'list', '--wating'], 'wating', /unknown option '--wating' \(Did you mean --waiting\?\)/],
    [['post', 'list', 'extra'], 'arguments', /too many arguments/],
    [['post', 'list', '--account', 'No Handle'], 'account', /account='No Handle' is not a handle/],
    [['post', 'status'], 'id', /missing required argument 'id'/],
    [['post', 'status', 'short'], 'id', /id='short' is not an id: 12 characters/],
    [['post', 'status', `post/${ID}`], 'id', /is not an id/],
    [['post', 'cancel', `${ID}x`], 'id', /is not an id/],
    [['post', 'cancel', ID, '--reason', ' '], 'reason', /reason is empty/],
    [['post', 'move', ID], 'at', /required option '--at <time>' not specified/],
    [['post', 'move', ID, '--at', 'soon'], 'at', /at='soon' is not an ISO 8601 time/],
    [['post', 'move', ID, '--at', '2020-01-01T00:00:00Z'], 'at', /is not in the future/],
    [['approve', ID, '--now', '--at', 'next'], 'now', /--at and --now exclude each other/],
    [['slots'], 'account', /missing required argument 'account'/],
    [['slots', 'No Handle'], 'account', /account='No Handle' is not a handle/],
    [['slots', 'ashtalksai', '--weeks', '0'], 'weeks', /weeks='0' is not a whole number from 1 to 53/],
    [['slots', 'ashtalksai', '--weeks', '1.5'], 'weeks', /weeks='1\.5'/],
    [['chat', 'ashtalksai'], 'question', /missing required argument 'question'/],
    [['chat', 'ashtalksai', ' '], 'question', /question is empty; give 1 to 2000 characters/],
    [['chat', 'ashtalksai', 'x'.repeat(2001)], 'question', /has 2001 characters; at most 2000/],
    [['chat', 'ashtalksai', 'Why?', '--chat', 'mine'], 'chat', /chat='mine' is not an id/],
    [['chat', 'nobody', 'Why?'], 'account', /account='nobody' has no file/],
    [['batch', 'status', 'UpkTZ26nc9E_'], 'id', /is not an id/],
    [['batch', 'cancel', '../../../etc'], 'id', /is not an id/],
    [['batch', 'start'], 'account', /required option '--account <handle>' not specified/],
    [['batch', 'start', '--account', 'ashtalksai'], 'planner', /--planner/],
    [START.slice(0, -1), 'mix', /--mix/],
    [START, 'mix', /'--mix <mix>' argument missing/],
    [[...START, ''], 'mix', /'' is not <format>=<count>/],
    [[...START, 'hero_text'], 'mix', /hero_text='' is not a whole number/],
    [[...START, 'hero_text=0'], 'mix', /hero_text='0' is not a whole number of 1 or more/],
    [[...START, 'hero_text=-1'], 'mix', /'-1'/],
    [[...START, 'hero_text=1.5'], 'mix', /'1\.5'/],
    [[...START, 'hero_text=1,hero_text=2'], 'mix', /named twice/],
    [[...START, 'podcast=1'], 'mix', /'podcast=1' is not .* video, hero_text/],
    [[...START, 'hero_text=2000,video=1'], 'mix', /2001 posts are more than the 2000/],
    [[...GOOD, '--budget', 'lots'], 'budget', /budget='lots' is not an amount in US dollars/],
    [[...GOOD, '--budget', '-1'], 'budget', /budget/],
    [[...GOOD, '--budget', '0.0000000001'], 'budget', /is not an amount/],
    [[...GOOD, '--budget', '$5'], 'budget', /budget='\$5'/],
    [[...GOOD, '--id', 'mine'], 'id', /id='mine' is not an id/],
    [[...GOOD, '--brief', 'x'.repeat(4001)], 'brief', /has 4001 characters; at most 4000/],
    [[...GOOD, '--repeat', 'x'.repeat(501)], 'repeat', /has 501 characters; at most 500/],
    [[...GOOD, '--repeat', ' '], 'repeat', /repeat is empty/],
    [
      ['batch', 'start', '--account', 'ashtalksia', '--planner', 'p', '--mix', 'video=1'],
      'account',
      /account='ashtalksia' has no file .*did you mean ashtalksai\?/,
    ],
    [
      ['batch', 'start', '--account', '../x', '--planner', 'p', '--mix', 'video=1'],
      'account',
      /account='\.\.\/x' has no file/,
    ],
    [
      ['batch', 'start', '--account', 'ashtalksai', '--planner', 'data_and_retrival', '--mix', 'video=1'],
      'planner',
      /did you mean data_and_retrieval\?/,
    ],
    [
      ['batch', 'start', '--account', 'ashtalksai', '--planner', 'constructor', '--mix', 'video=1'],
      'planner',
      /planner='constructor' is not one of @ashtalksai; it has /,
    ],
    [[...GOOD, '--dry-run', '--wait'], 'dry-run', /--dry-run and --wait exclude each other/],
    [[...GOOD, '--dry-run=5'], 'dry-run', /unknown option|does not take/],
    [[...GOOD, '--dry-run', '--budget', 'lots'], 'budget', /budget='lots' is not an amount/],
    [[...GOOD, '--dry-run', '--id', 'mine'], 'id', /id='mine' is not an id/],
    [[...GOOD, '--dry-run', '--brief', ' '], 'brief', /brief is empty/],
    [[...START, 'podcast=1', '--dry-run'], 'mix', /'podcast=1'/],
    [
      ['batch', 'start', '--account', 'nobody', '--planner', 'p', '--mix', 'video=1', '--dry-run'],
      'account',
      /account='nobody' has no file/,
    ],
    [
      ['batch', 'start', '--account', 'ashtalksai', '--planner', 'p', '--mix', 'video=1', '--dry-run'],
      'planner',
      /planner='p' is not one of @ashtalksai/,
    ],
    [['approve'], 'id', /id is missing/],
    [['approve', 'nope'], 'id', /id='nope'/],
    [['approve', ID, '--batch', ID], 'batch', /exclude each other/],
    [['approve', '--batch', 'x'], 'batch', /batch='x' is not an id/],
    [['approve', ID, '--revision', '0'], 'revision', /revision='0' is not a whole number of 1 or more/],
    [['approve', ID, '--revision', '1.5'], 'revision', /revision='1\.5'/],
    [['approve', '--batch', ID, '--revision', '1'], 'revision', /not allowed with --batch/],
    [['approve', '--batch', ID, '--gate', 'publish'], 'gate', /not allowed with --batch/],
    [['approve', ID, '--gate', 'front'], 'gate', /gate='front' is not media or publish/],
    [['approve', ID, '--at', 'tomorrow'], 'at', /at='tomorrow' is not an ISO 8601 time/],
    [['approve', ID, '--at', '2999-01-31T09:00:00'], 'at', /with its zone/],
    [['approve', ID, '--at', '2999-02-30T09:00:00Z'], 'at', /is not an ISO 8601 time/],
    [['approve', ID, '--at', '2001-01-31T09:00:00Z'], 'at', /is not in the future/],
    [['approve', ID, '--at', FAR, '--by', ''], 'by', /by is empty/],
    [['reject', ID], 'reason', /--reason/],
    [['reject', ID, '--reason', ''], 'reason', /reason is empty/],
    [['reject', ID, ID, '--reason', 'x'], 'arguments', /too many arguments/],
    [['up', 'now'], 'arguments', /too many arguments/],
    [['reject', 'x', '--reason', 'y'], 'id', /id='x' is not an id/],
    [['reject', ID, '--reason', 'x'.repeat(2001)], 'reason', /has 2001 characters; at most 2000/],
    [['reject', ID, '--reason', 'x', '--by', 'x'.repeat(101)], 'by', /has 101 characters; at most 100/],
    [['approve', ID, '--note', '  '], 'note', /note is empty/],
    [['approve', ID, '--at', '2026-06-01'], 'at', /at='2026-06-01' is not an ISO 8601 time with its zone/],
    [['approve', ID, '--batch'], 'batch', /'--batch <id>' argument missing/],
    [['approve', '--batch', ID, ID], 'batch', /exclude each other/],
    [['post', 'cancel', ID, '--by', ' '], 'by', /by is empty/],
    [['batch', 'cancel', ID, '--by', ' '], 'by', /by is empty/],
    [['batch', 'cancel', ID, '--reason', ''], 'reason', /reason is empty/],
    [['post', 'cancel', ID, '--reason', 'x'.repeat(2001)], 'reason', /at most 2000/],
    [['post', 'list', '--account'], 'account', /argument missing/],
    [['batch', 'status', ID, '--wach'], 'wach', /unknown option '--wach' \(Did you mean --watch\?\)/],
    [['batch', 'list', '5'], 'arguments', /too many arguments/],
    [['batch', 'pause'], 'id', /missing required argument 'id'/],
    [['batch', 'pause', 'all'], 'id', /id='all' is not an id/],
    [['batch', 'pause', ID, ID], 'arguments', /too many arguments/],
    [['batch', 'pause', ID, '--by', ''], 'by', /by is empty/],
    [['batch', 'resume', 'all'], 'id', /id='all' is not an id/],
    [['batch', 'resume', ID, '--by', ''], 'by', /by is empty/],
    [['batch', 'resume', ID, '--note', 'x'], 'note', /unknown option '--note'/],
    [['batch', 'budget', ID], 'usd', /missing required argument 'usd'/],
    [['batch', 'budget', 'x', '5'], 'id', /id='x' is not an id/],
    [['batch', 'budget', ID, 'lots'], 'usd', /usd='lots' is not an amount in US dollars from 0 to 1000000/],
    [['batch', 'budget', ID, '$5'], 'usd', /usd='\$5'/],
    [['batch', 'budget', ID, '5,00'], 'usd', /usd='5,00'/],
    [['batch', 'budget', ID, '1000001'], 'usd', /from 0 to 1000000/],
    [['batch', 'budget', ID, '1e3'], 'usd', /usd='1e3'/],
    [['batch', 'budget', ID, '-5'], 'usd', /usd='-5' is not an amount/],
    [['batch', 'budget', ID, '5', '--by', ''], 'by', /by is empty/],
    [['batch', 'budget', ID, '--month'], 'usd', /missing required argument 'usd'/],
    [['batch', 'budget', 'x', '5', '--month'], 'id', /id='x' is not an id/],
    [['batch', 'budget', ID, 'lots', '--month'], 'usd', /usd='lots' is not an amount/],
    [['batch', 'budget', ID, '5', '--month', '2026-12'], 'arguments', /too many arguments/],
    [['prices'], 'command', /command is missing/],
    [['prices', 'chek'], 'command', /unknown command 'chek' \(Did you mean check\?\)/],
    [['prices', 'check', 'gpt-6-luna'], 'arguments', /too many arguments/],
    [['prices', 'check', '--days', '30'], 'days', /unknown option '--days'/],
    [['revise'], 'note', /required option '--note <text>' not specified/],
    [['revise', '--note', 'x'], 'id', /missing required argument 'id'/],
    [['revise', ID], 'note', /--note/],
    [['revise', 'x', '--note', 'y'], 'id', /id='x' is not an id/],
    [['revise', ID, '--note', ' '], 'note', /note is empty; give 1 to 4000 characters/],
    [['revise', ID, '--note', 'x'.repeat(4001)], 'note', /has 4001 characters; at most 4000/],
    [
      ['revise', ID, '--note', 'x', '--redo', 'sound'],
      'redo',
      /redo='sound' is not text, image, video or all/,
    ],
    [['revise', ID, '--note', 'x', '--redo', ''], 'redo', /redo='' is not text/],
    [['revise', ID, '--note', 'x', '--by', ''], 'by', /by is empty/],
    [['revise', ID, ID, '--note', 'x'], 'arguments', /too many arguments/],
    [['resume'], 'id', /missing required argument 'id'/],
    [['resume', ID, 'x'], 'id', /id='x' is not an id/],
    [['resume', ID, '--note', ''], 'note', /note is empty/],
    [['resume', ID, '--by', ''], 'by', /by is empty/],
    [['edit'], 'id', /missing required argument 'id'/],
    [['edit', 'x', '--title', 'y'], 'id', /id='x' is not an id/],
    [['edit', ID], 'options', /nothing to edit; give --title, --body, --caption, --hashtags or --alt/],
    [['edit', ID, '--by', 'ana'], 'options', /nothing to edit/],
    [['edit', ID, '--title', ''], 'title', /title is empty/],
    [['edit', ID, '--title', 'x'.repeat(301)], 'title', /has 301 characters; at most 300/],
    [['edit', ID, '--title', 'a\nb'], 'title', /title='a b' is not one line/],
    [['edit', ID, '--body', ' '], 'body', /body is empty/],
    [['edit', ID, '--body', 'x'.repeat(30_001)], 'body', /at most 30000/],
    [['edit', ID, '--body', '-'], 'body', /body is empty/],
    [['edit', ID, '--caption', ''], 'caption', /caption is empty/],
    [['edit', ID, '--caption', 'x'.repeat(5_001)], 'caption', /at most 5000/],
    [['edit', ID, '--hashtags', ''], 'hashtags', /hashtags='' is not a list of words/],
    [['edit', ID, '--hashtags', 'ai,,data'], 'hashtags', /hashtags='ai,,data' is not a list/],
    [['edit', ID, '--hashtags', '##ai'], 'hashtags', /hashtags='##ai' is not a list .* \('#ai'\)/],
    [['edit', ID, '--hashtags', 'two words'], 'hashtags', /is not a list of words/],
    [['edit', ID, '--hashtags', Array(31).fill('x').join()], 'hashtags', /has 31 words; at most 30/],
    [['edit', ID, '--alt', ''], 'alt', /alt is empty/],
    [['edit', ID, '--alt', 'x'.repeat(1_001)], 'alt', /at most 1000/],
    [['edit', ID, '--title', 'x', '--by', ''], 'by', /by is empty/],
    [['edit', ID, '--slug', 'x'], 'slug', /unknown option '--slug'/],
    [['costs', 'today'], 'arguments', /too many arguments/],
    [['costs', '--by', 'week'], 'by', /by='week' is not day, account, planner, model or step/],
    [['costs', '--by', ''], 'by', /by='' is not day/],
    [['costs', '--by'], 'by', /argument missing/],
    [['costs', '--since', ''], 'since', /since='' is not a date such as 2027-01-31 or an ISO 8601 time/],
    [['costs', '--since', 'yesterday'], 'since', /since='yesterday' is not a date/],
    [['costs', '--since', '2026-02-30'], 'since', /since='2026-02-30' is not a date/],
    [['costs', '--since', '2026-11'], 'since', /since='2026-11' is not a date/],
    [['costs', '--since', '2026-11-24T09:00:00'], 'since', /with its zone/],
    [['costs', 'reconcile', 'now'], 'arguments', /too many arguments/],
    [['costs', 'reconcile', '--since', 'yesterday'], 'since', /since='yesterday' is not a date/],
    [['costs', 'reconcile', '--account', 'No Handle'], 'account', /account='No Handle' is not a handle/],
    [['costs', 'reconcile', '--by', 'day'], 'by', /--by is not an option of costs reconcile/],
    [['costs', 'reconcile', '--csv'], 'csv', /--csv is not an option of costs reconcile/],
    [['costs', '--tsv'], 'tsv', /unknown option '--tsv' \(Did you mean --csv\?\)/],
    [['schedule'], 'command', /command is missing/],
    [['schedule', 'ad'], 'command', /unknown command 'ad' \(Did you mean add\?\)/],
    [['schedule', 'add'], 'account', /required option '--account <handle>' not specified/],
    [SCHEDULE.slice(0, -2), 'cron', /required option '--cron <times>' not specified/],
    [SCHEDULE.with(-1, ''), 'cron', /cron='': it needs five fields/],
    [SCHEDULE.with(-1, '0 6 * *'), 'cron', /cron='0 6 \* \*': it needs five fields/],
    [SCHEDULE.with(-1, '@daily'), 'cron', /needs five fields/],
    [SCHEDULE.with(-1, '0 25 * * 1'), 'cron', /'25' for the hour is not 0 to 23/],
    [SCHEDULE.with(-1, '0 6 30 2 *'), 'cron', /names a day that no month of it has/],
    [SCHEDULE.with(-3, 'podcast=1'), 'mix', /'podcast=1'/],
    [SCHEDULE.with(3, 'nobody'), 'account', /account='nobody' has no file/],
    [SCHEDULE.with(5, 'p'), 'planner', /planner='p' is not one of @ashtalksai/],
    [[...SCHEDULE, '--budget', 'lots'], 'budget', /budget='lots' is not an amount/],
    [[...SCHEDULE, '--brief', ' '], 'brief', /brief is empty/],
    [[...SCHEDULE, '--id', 'mine'], 'id', /id='mine' is not an id/],
    [[...SCHEDULE, '--overlap', 'allow'], 'overlap', /overlap='allow' is not skip or queue/],
    [['schedule', 'pause'], 'id', /missing required argument 'id'/],
    [['schedule', 'pause', 'all'], 'id', /id='all' is not an id/],
    [['schedule', 'pause', ID, '--by', ''], 'by', /by is empty/],
    [['schedule', 'resume', 'x'], 'id', /id='x' is not an id/],
    [['schedule', 'run', 'x'], 'id', /id='x' is not an id/],
    [['schedule', 'run', ID, '--by', 'x'], 'by', /unknown option '--by'/],
    [['schedule', 'remove', ID, ID], 'arguments', /too many arguments/],
    [['completion'], 'shell', /missing required argument 'shell'/],
    [['completion', 'csh'], 'shell', /shell='csh' is not bash, zsh or fish/],
    [['completion', 'bash', 'zsh'], 'arguments', /too many arguments/],
    [['accounts'], 'command', /command is missing/],
    [['accounts', 'check', '--fix'], 'fix', /unknown option '--fix'/],
  ])('%j', async (args, field, message) => {
    const plain = await inProcess(args, servers);
    const json = await inProcess([...args, '--json'], servers);
    expect(bystander.reached).toBe(0);
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).toMatch(message);
    expect(plain.stderr).toMatch(/^[^\n]+\n$/);
    // An option without its value would take --json for it.
    if (/argument missing/.test(plain.stderr)) return;
    expect(json.code).toBe(2);
    expect(json.stderr).toMatch(/^[^\n]+\n$/);
    expect(parsed(json.stdout)).toEqual({ error: { message: json.stderr.trim(), field } });
  });

  it('costs as CSV and JSON at once', async () => {
    const { code, stdout, stderr } = await inProcess(['costs', '--csv', '--json'], servers);
    expect(stderr).toBe('--csv and --json exclude each other\n');
    expect({ code, ...(parsed(stdout) as object) }).toEqual({
      code: 2,
      error: { field: 'csv', message: stderr.trim() },
    });
    expect(bystander.reached).toBe(0);
  });

  it('a body from standard input that is too long or not UTF-8', async () => {
    const args = ['edit', ID, '--body', '-', '--json'];
    for (const [input, message] of [
      ['x'.repeat(30_001), /has 30001 characters; at most 30000/],
      ['x'.repeat(200_000), /is longer than the 30000 characters allowed/],
      [new Uint8Array([0xff, 0xfe]), /is not UTF-8 text/],
    ] as const) {
      const { code, stdout, stderr } = await inProcess(args, servers, input);
      expect({ code, ...(parsed(stdout) as object) }).toEqual({
        code: 2,
        error: { field: 'body', message: stderr.trim() },
      });
      expect(stderr).toMatch(message);
    }
    expect(bystander.reached).toBe(0);
  });

  it.each([
    ['COPYDESK_PORT', 'http'],
    ['COPYDESK_TEMPORAL_PORT', '70000'],
    ['COPYDESK_URL', 'localhost:8300'],
    ['COPYDESK_API', 'localhost:8300'],
    ['COPYDESK_ACCOUNTS', '/nowhere'],
  ])('%s=%s', async (name, value) => {
    const { code, stdout, stderr } = await inProcess([...GOOD, '--json'], { ...servers, [name]: value });
    expect(code).toBe(2);
    expect(parsed(stdout)).toMatchObject({ error: { field: name, message: stderr.trim() } });
  });
});
