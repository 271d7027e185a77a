import { createServer } from 'node:http';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hashToken } from '../config/people/person.js';
import { OPENING_MS, TOKEN, useDeskOverHttp } from '../desk/testing/use-desk.js';
import { samplePost, waitingPost } from '../desk/testing/samples.js';
import { listenOnLoopback } from '../test/loopback.js';
import { GOOD, ID } from './testing/command-lines.js';
import { inJson, inProcess } from './testing/in-process.js';
import { parsePeople } from '../config/people/parse.js';

/** Plays a desk that answers 200 with a document, or with what stands for a part of the address, and keeps what it was asked. */
async function playedDesk(document: object, others: Record<string, { status: number; body: object }> = {}) {
  const asked: (string | undefined)[] = [];
  const tokens = new Set<string | undefined>();
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(url);
    tokens.add(headers.authorization);
    const part = Object.keys(others).find((other) => url.includes(other)) ?? '';
    const { status, body } = others[part] ?? { status: 200, body: document };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const { url, close } = await listenOnLoopback(server);
  onTestFinished(close);
  return { asked, tokens, others, env: { COPYDESK_PORT: new URL(url).port, COPYDESK_TOKEN: TOKEN } };
}

describe('with a desk that is played', () => {
  it('post list prints what it answers, asked with token and filter', async () => {
    const post = {
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
      reminded: true,
      offline: false,
    };
    const { asked, tokens, env } = await playedDesk({ posts: [post] });
    const args = ['post', 'list', '--waiting', '--account', 'ashtalksai'];
    expect(await inJson(args, env)).toEqual({ code: 0, document: { posts: [post] }, stderr: '' });
    expect(asked).toEqual(['/api/posts?waiting=1&account=ashtalksai&limit=200']);
    expect([...tokens]).toEqual([`Bearer ${TOKEN}`]);
    const some = ['--status', 'published', '--batch', ID, '--limit', '1'];
    expect((await inJson(['post', 'list', ...some], env)).document.posts).toHaveLength(1);
    expect(asked.at(-1)).toBe(`/api/posts?status=published&batch=${ID}&limit=1`);
    const { stdout } = await inProcess(args, env);
    expect(stdout).toContain(`approve ${ID} --revision 2`);
    expect(stdout).toContain('awaiting approval (reminded)');
    // Neither a model's escape sequences nor colours of ours where there is no terminal.
    expect(stdout).not.toContain('\u001b');
  });

  it('slots prints what it answers, and an account that it does not know is wrong use', async () => {
    const slots = [{ at: '2027-03-29T16:30:00.000Z', postId: ID, title: 'A title' }];
    const body = { error: { message: "account='nobody' has no file" } };
    const { asked, env } = await playedDesk(
      { slots, timeZone: 'Europe/Lisbon' },
      { nobody: { status: 404, body } },
    );
    const json = await inJson(['slots', 'ashtalksai', '--weeks', '3'], env);
    expect(json).toEqual({ code: 0, document: { slots }, stderr: '' });
    const plain = await inProcess(['slots', 'ashtalksai'], env);
    expect(plain.stdout).toContain(`Mon 29 Mar 2027 17:30  ${ID}  A title`);
    const query = '/api/slots?account=ashtalksai&weeks=';
    expect(asked).toEqual([`${query}3`, `${query}2`]);
    expect(await inProcess(['slots', 'nobody'], env)).toMatchObject({ code: 2, stdout: '' });
  });

  it('batch start --from-questions asks it first, and starts nothing where there is no question', async () => {
    const { asked, others, env } = await playedDesk({ questions: [] });
    const args = [...GOOD, '--from-questions', '--dry-run'];
    const message = 'readers have asked @ashtalksai nothing that its posts leave open; give a brief instead';
    const document = { error: { message } };
    expect(await inJson(args, env)).toEqual({ code: 1, document, stderr: `${message}\n` });
    expect(asked).toEqual(['/api/questions?account=ashtalksai&limit=10']);
    others.questions = { status: 503, body: { questions: [] } };
    expect(await inProcess(args, env)).toMatchObject({ code: 1, stdout: '' });
    // Wrong use asks nobody.
    expect(await inProcess([...args, '--budget', 'lots'], env)).toMatchObject({ code: 2, stdout: '' });
    expect(asked).toHaveLength(2);
  });

  it('costs prints what it answers, as JSON, as CSV and for a person', async () => {
    const sums = { costUsd: 0.06, wastedUsd: 0, unknownUsd: 0, charges: 2 };
    const document = { rows: [{ key: 'ashtalksai', ...sums }], total: { key: 'total', ...sums } };
    const { asked, env } = await playedDesk({ ...document, offlineCharges: 3 });
    const args = ['costs', '--by', 'account', '--since', '2026-11-24'];
    expect(await inJson(args, env)).toEqual({ code: 0, document, stderr: '' });
    expect(asked).toEqual(['/api/costs?by=account&since=2026-11-24T00%3A00%3A00.000Z']);
    const left = '3 charges of stand-ins left out: not real money.\n';
    const csv = await inProcess([...args, '--csv'], env);
    expect(csv).toMatchObject({ code: 0, stderr: left });
    expect(csv.stdout).toContain('\nashtalksai,0.060000000,0.000000000,0.000000000,2\n');
    const plain = await inProcess(['costs'], env);
    expect(plain).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`\n\n${left}`) });
    expect(asked.at(-1)).toBe('/api/costs?by=day');
  });
});

describe('with a desk', () => {
  const { desk, served } = useDeskOverHttp();
  beforeAll(() => desk.saveBatch(), OPENING_MS);
  const env = () => ({ COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN });

  it('post list of an account that it does not know is wrong use, and of one without posts is none', async () => {
    const message = "account='nobody' has no file and no posts; known: harbor";
    const document = { error: { message, field: 'account' } };
    const wrong = ['post', 'list', '--account', 'nobody', '--waiting'];
    expect(await inJson(wrong, env())).toEqual({ code: 2, document, stderr: `${message}\n` });
    const empty = { code: 0, document: { posts: [] }, stderr: '' };
    expect(await inJson(['post', 'list', '--account', 'harbor', '--waiting'], env())).toEqual(empty);
    expect(await inJson(['post', 'list'], env())).toEqual(empty);
  });

  it('post list --attention prints what needs a person, with the command that mends it', async () => {
    const error = { type: 'Target.SignIn', message: 'social: the token was withdrawn', requestId: null };
    const publishedAt = '2026-06-27T15:20:00.000Z';
    await desk.publish(samplePost('FailedPost01', { error, publishedAt }));
    const args = ['post', 'list', '--attention'];
    const { attention } = (await (await desk.getSignedIn('/api/attention')).json()) as { attention: unknown };
    expect(attention).toMatchObject([{ what: 'target', id: 'FailedPost01' }]);
    expect(await inJson(args, env())).toEqual({ code: 0, document: { attention }, stderr: '' });
    const plain = await inProcess([...args, '--account', 'harbor'], env());
    const shown =
      / · target failed · @harbor · since .* UTC\n {2}social: the token was withdrawn\n {2}npx copydesk resume FailedPost01\n$/;
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(shown) });
    expect((await inProcess(['post', 'list'], env())).stdout).toContain('published (target failed)');
    expect(await inProcess([...args, '--account', 'nobody'], env())).toMatchObject({ code: 2, stdout: '' });
    expect(await inProcess([...args, '--waiting'], env())).toMatchObject({ code: 2, stdout: '' });
  });

  it('post share asks it for a link, and fails in its words', async () => {
    await desk.savePost(waitingPost('WaitingPost1'));
    await desk.publish(samplePost('PublicPost01'));
    const json = await inJson(['post', 'share', 'WaitingPost1', '--expires', '12h'], env());
    expect(json).toMatchObject({ code: 0, stderr: '', document: { expiresAt: '2026-06-29T03:20:00.000Z' } });
    const page = await desk.get(new URL(json.document.url).pathname);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Why a harbor clock')]);
    const plain = await inProcess(['post', 'share', 'WaitingPost1'], env());
    const ends = /\/review\/\S+\n\nIt takes one decision, and ends 2026-07-01T15:20:00\.000Z\.\n$/;
    expect(plain.stdout).toMatch(ends);
    const stderr = 'post PublicPost01 is published; a link is for a post that waits for approval\n';
    expect(await inProcess(['post', 'share', 'PublicPost01'], env())).toEqual({
      code: 1,
      stdout: '',
      stderr,
    });
    const document = { error: { message: 'No such post: NoSuchPost01' } };
    expect(await inJson(['post', 'share', 'NoSuchPost01'], env())).toMatchObject({ code: 1, document });
  });
});

it('people token prints a token, and the line of the file with its hash alone', async () => {
  const { code, document } = await inJson(['people', 'token', 'Jo Kim', '--role', 'viewer']);
  const { token, entry, ...person } = document;
  expect([code, person]).toEqual([0, { name: 'Jo Kim', role: 'viewer' }]);
  expect(parsePeople('people.yaml', entry)).toEqual([{ ...person, token: hashToken(token) }]);
  const plain = await inProcess(['people', 'token', 'maria']);
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  const shown = /shown this once: (\S+)/.exec(plain.stdout)?.[1] ?? '';
  const line = plain.stdout.trim().split('\n').at(-1)!;
  const maria = { name: 'maria', role: 'editor', token: hashToken(shown) };
  expect(parsePeople('people.yaml', line)).toEqual([maria]);
});
