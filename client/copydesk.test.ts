import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { closedPort, copydesk } from './testing/command.js';

const ID = 'UpkTZ26nc9Eb';
const START = ['batch', 'start', '--account', 'ashtalksai', '--planner', 'data_and_retrieval', '--mix'];
const GOOD = [...START, 'hero_text=4,video=1'];
const FAR = '2999-01-31T09:00:00Z';

const parsed = (text: string): unknown => JSON.parse(text);

describe.concurrent('wrong use: exit 2, one line on stderr, nothing on stdout or one document', () => {
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
    [['accounts', 'check', '--fix'], 'fix', /unknown option '--fix'/],
  ])('%j', async (args, field, message) => {
    const [plain, json] = await Promise.all([copydesk(args), copydesk([...args, '--json'])]);
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).toMatch(message);
    expect(plain.stderr).toMatch(/^[^\n]+\n$/);
    // `--mix --json` would take --json as its value; there the value is missing either way.
    if (args === START) return;
    expect(json.code).toBe(2);
    expect(json.stderr).toMatch(/^[^\n]+\n$/);
    expect(parsed(json.stdout)).toEqual({ error: { message: json.stderr.trim(), field } });
  });

  it.each([
    ['COPYDESK_PORT', 'http'],
    ['COPYDESK_TEMPORAL_PORT', '70000'],
    ['COPYDESK_URL', 'localhost:8300'],
    ['COPYDESK_ACCOUNTS', '/nowhere'],
  ])('%s=%s', async (name, value) => {
    const { code, stdout, stderr } = await copydesk([...GOOD, '--json'], { [name]: value });
    expect(code).toBe(2);
    expect(parsed(stdout)).toMatchObject({ error: { field: name, message: stderr.trim() } });
  });
});

describe.concurrent('without a server: exit 1 and the address', () => {
  it.each([
    [GOOD],
    [[...GOOD, '--wait']],
    [['batch', 'status', ID]],
    [['batch', 'status', ID, '--watch']],
    [['batch', 'cancel', ID]],
    [['post', 'status', ID]],
    [['post', 'cancel', ID]],
    [['approve', ID, ID]],
    [['approve', '--batch', ID]],
    [['reject', ID, '--reason', 'No']],
  ])('%j', async (args) => {
    const port = await closedPort();
    const { code, stdout, stderr } = await copydesk([...args, '--json'], {
      COPYDESK_TEMPORAL_PORT: `${port}`,
    });
    const message = `no Temporal server at 127.0.0.1:${port}; start it with npm start, or set TEMPORAL_ADDRESS`;
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${message}\n` });
    expect(parsed(stdout)).toEqual({ error: { message } });
  });

  it('TEMPORAL_ADDRESS is the address that is tried and named', async () => {
    const address = `127.0.0.1:${await closedPort()}`;
    const { code, stdout, stderr } = await copydesk(['post', 'status', ID], { TEMPORAL_ADDRESS: address });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `no Temporal server at ${address}; start it with npm start, or set TEMPORAL_ADDRESS\n`,
    );
  });

  it.each([[['batch', 'list']], [['post', 'list', '--waiting']]])('%j without a desk', async (args) => {
    const port = await closedPort();
    const { code, stdout, stderr } = await copydesk([...args, '--json'], { COPYDESK_PORT: `${port}` });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^the desk does not answer at http://127\\.0\\.0\\.1:${port} .*\\n$`));
    expect(parsed(stdout)).toEqual({ error: { message: stderr.trim() } });
  });
});

describe('with a desk', () => {
  it('post list prints what the desk answers, asked with token and filter', async () => {
    const posts = [
      {
        id: ID,
        title: 'A\u001b[31m title',
        account: 'ashtalksai',
        status: 'awaiting_approval',
        gate: 'publish',
        revision: 2,
        costUsd: 0.06,
        contentFormat: 'video',
        batchId: ID,
        since: '2026-11-24T09:00:00Z',
      },
    ];
    const asked: [string | undefined, string | undefined][] = [];
    const desk = createServer((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ posts }));
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    try {
      const env = { COPYDESK_PORT: `${(desk.address() as AddressInfo).port}`, COPYDESK_TOKEN: 'secret' };
      const args = ['post', 'list', '--waiting', '--account', 'ashtalksai'];
      const [json, plain] = [await copydesk([...args, '--json'], env), await copydesk(args, env)];
      expect({ ...json, stdout: parsed(json.stdout) }).toEqual({ code: 0, stdout: { posts }, stderr: '' });
      expect(asked[0]).toEqual(['/api/posts?waiting=1&account=ashtalksai', 'Bearer secret']);
      expect(plain.stdout).toContain(`approve ${ID} --revision 2`);
      // Neither a model's escape sequences nor colours of ours where there is no terminal.
      expect(plain.stdout).not.toContain('\u001b');
    } finally {
      desk.closeAllConnections();
      await new Promise((resolve) => desk.close(resolve));
    }
  });
});

describe.concurrent('what needs no server', () => {
  it('accounts check prints one line a file, and exit 0 for ours', async () => {
    const [plain, json] = await Promise.all([
      copydesk(['accounts', 'check']),
      copydesk(['--json', 'accounts', 'check']),
    ]);
    expect(plain).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/ashtalksai\.yaml: ok/),
    });
    expect(parsed(json.stdout)).toMatchObject({ accounts: [{ account: 'ashtalksai', problems: [] }, {}] });
  });

  it.each([
    [[]],
    [['batch', 'start']],
    [['batch', 'status']],
    [['batch', 'list']],
    [['batch', 'cancel']],
    [['post', 'status']],
    [['post', 'list']],
    [['post', 'cancel']],
    [['approve']],
    [['reject']],
    [['accounts', 'check']],
    [['up']],
  ])('help of %j has an example', async (command) => {
    const { code, stdout, stderr } = await copydesk([...command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Examples?:\n {2}\$ /);
    expect(stdout).toContain('--json');
  });
});
