import { describe, expect, it } from 'vitest';
import { serveDesk } from '../desk/serve.js';
import { openDesk, OPENING_MS, TOKEN } from '../desk/testing/desk-under-test.js';
import { samplePost, waitingPost } from '../desk/testing/samples.js';
import { parsePeople } from '../config/people/parse.js';
import { hashToken } from '../config/people/person.js';
import { parsed } from './testing/bystander.js';
import { inProcess } from './testing/in-process.js';

describe('people token', () => {
  it('prints a token, and the line of the file with its hash alone', async () => {
    const { code, stdout } = await inProcess(['people', 'token', 'Jo Kim', '--role', 'viewer', '--json']);
    const { token, entry, ...person } = parsed(stdout) as any;
    expect([code, person]).toEqual([0, { name: 'Jo Kim', role: 'viewer' }]);
    expect(parsePeople('people.yaml', entry)).toEqual([{ ...person, token: hashToken(token) }]);
    const plain = await inProcess(['people', 'token', 'maria']);
    expect(plain).toMatchObject({ code: 0, stderr: '' });
    const shown = /shown this once: (\S+)/.exec(plain.stdout)?.[1] ?? '';
    expect(parsePeople('people.yaml', plain.stdout.trim().split('\n').at(-1)!)).toEqual([
      { name: 'maria', role: 'editor', token: hashToken(shown) },
    ]);
  });

  it.each([
    [['people', 'token', 'editor'], /^name='editor' is what the desk's own token signs in as/],
    [['people', 'token', ''], /^name='' is not a name in one line/],
    [['people', 'token', 'jo', '--role', 'admin'], /^role='admin' is not editor or viewer/],
    [['post', 'share', 'short'], /^id='short' is not an id/],
    [['post', 'share', 'UpkTZ26nc9Eb', '--expires', '40d'], /^expires='40d' is not a time from 1h to 30d/],
  ])('%j is wrong use', async (args, message) => {
    const { code, stdout, stderr } = await inProcess(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

it(
  'post share asks the desk for a link, and fails in its words',
  async () => {
    const desk = await openDesk();
    await desk.saveBatch();
    await desk.savePost(waitingPost('WaitingPost1'));
    await desk.publish(samplePost('PublicPost01'));
    const served = await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 });
    try {
      const env = { COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN };
      const json = await inProcess(['post', 'share', 'WaitingPost1', '--expires', '12h', '--json'], env);
      expect(json).toMatchObject({ code: 0, stderr: '' });
      const { url, expiresAt } = parsed(json.stdout) as any;
      expect(expiresAt).toBe('2026-06-29T03:20:00.000Z');
      const page = await desk.get(new URL(url).pathname);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Why a harbor clock')]);
      const plain = await inProcess(['post', 'share', 'WaitingPost1'], env);
      expect(plain.stdout).toMatch(
        /\/review\/\S+\n\nIt takes one decision, and ends 2026-07-01T15:20:00\.000Z\.\n$/,
      );
      expect(await inProcess(['post', 'share', 'PublicPost01'], env)).toEqual({
        code: 1,
        stdout: '',
        stderr: 'post PublicPost01 is published; a link is for a post that waits for approval\n',
      });
      const unknown = await inProcess(['post', 'share', 'NoSuchPost01', '--json'], env);
      expect([unknown.code, parsed(unknown.stdout)]).toEqual([
        1,
        { error: { message: 'No such post: NoSuchPost01' } },
      ]);
    } finally {
      await served.close();
      await desk.close();
    }
  },
  OPENING_MS,
);
