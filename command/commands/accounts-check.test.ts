import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closedUrl, startRecorder, webPage, type Recorder } from '../../activities/testing/recorder.js';
import { startStandIns, type StandIns } from '../../offline/stand-ins.js';
import { inProcess } from '../testing/in-process.js';

const GOOD = 'name: A\nbio: b\nvoice: v\nlook: l\nplanners: { p: { covers: c, guidance: g } }\n';

let standIns: StandIns;
let recorder: Recorder;
let offline: string;
beforeAll(async () => {
  offline = await mkdtemp(path.join(tmpdir(), 'copydesk-stand-ins-'));
  standIns = await startStandIns({ folder: offline });
  recorder = await startRecorder(new URL(standIns.falBaseUrl).origin);
}, 60_000);
afterAll(async () => {
  await recorder.close();
  await standIns.close();
  await rm(offline, { recursive: true, force: true });
});

let folder: string;
beforeEach(async () => {
  recorder.reset();
  folder = await mkdtemp(path.join(tmpdir(), 'copydesk-check-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (handle: string, models: string): Promise<void> =>
  writeFile(path.join(folder, `${handle}.yaml`), `${GOOD}${models}`);
const check = (args: readonly string[] = [], base = `${recorder.url}/fal`) =>
  inProcess(['accounts', 'check', '--online', ...args], { COPYDESK_ACCOUNTS: folder, FAL_BASE_URL: base });
const problems = async () => {
  const { code, stdout } = await check(['--json']);
  const { accounts } = JSON.parse(stdout) as { accounts: { problems: object[] }[] };
  return { code, problems: accounts.map((account) => account.problems) };
};

describe('accounts check --online', () => {
  it('says what the models lack, at the line of their key, and is exit 0', async () => {
    await put('night', 'models:\n  image: example/seedless\n  video: fal-ai/ltx-2.3/text-to-video\n');
    expect(await problems()).toEqual({
      code: 0,
      problems: [
        [
          {
            line: 7,
            field: 'models.image',
            message: "'example/seedless' takes no seed: a lost job can only be found by its prompt",
          },
          {
            line: 7,
            field: 'models.image',
            message: "'example/seedless' does not offer 16:9 and 9:16: the nearest shape is ordered",
          },
          {
            line: 8,
            field: 'models.video',
            message:
              "'fal-ai/ltx-2.3/text-to-video' takes no first frame: a clip does not start from its hero image",
          },
          {
            line: 8,
            field: 'models.video',
            message:
              "'fal-ai/ltx-2.3/text-to-video' takes no seed: a lost job can only be found by its prompt and frame",
          },
        ],
      ],
    });
    const file = path.join(folder, 'night.yaml');
    const { stdout, stderr } = await check();
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      `${file}: ok (@night)`,
      expect.stringMatching(/night\.yaml:7: models\.image: 'example\/seedless' takes no seed: /),
      expect.stringMatching(/night\.yaml:7: models\.image: /),
      expect.stringMatching(/night\.yaml:8: models\.video: /),
      expect.stringMatching(/night\.yaml:8: models\.video: /),
      '',
    ]);
  });

  it('has nothing to say of models that lack nothing, and asks each only once, without a key', async () => {
    for (const handle of ['one', 'two']) await put(handle, 'models: { video: example/first-frame }\n');
    expect(await problems()).toEqual({ code: 0, problems: [[], []] });
    const asked = recorder.sent('GET', '/fal/fal.ai/api/openapi/');
    expect(asked).toHaveLength(2);
    expect(asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it('is exit 2 for a model that fal does not know or that needs what is never filled', async () => {
    await put('night', 'models: { image: example/masked, video: someone/films }\n');
    expect(await problems()).toEqual({
      code: 2,
      problems: [
        [
          {
            line: 6,
            field: 'models.image',
            message:
              "'example/masked' needs mask_image_url, which Copydesk does not fill; choose another model",
          },
          { line: 6, field: 'models.video', message: "fal has no endpoint 'someone/films'" },
        ],
      ],
    });
  });

  it("names the files' own problems too, and asks fal nothing for such a file", async () => {
    await put('night', 'modells: { image: x }\n');
    expect(await problems()).toMatchObject({ code: 2, problems: [[{ line: 6, field: 'modells' }]] });
    expect(recorder.calls).toEqual([]);
  });

  it('puts a default model at the first line of its file', async () => {
    await put('night', '');
    const { problems: said } = await problems();
    expect(said).toMatchObject([
      [{ line: 1, field: 'models.video', message: expect.stringMatching(/takes no seed/) as string }],
    ]);
  });

  it.each([
    ['nothing listens', null, 'ECONNREFUSED'],
    ['something else answers', webPage, 'the answer is not JSON'],
    ['fal is away', { ...webPage, status: 503 }, 'HTTP 503'],
  ])('is one line and exit 1 where %s', async (_name, reply, why) => {
    await put('night', '');
    if (reply) recorder.play('/openapi.json', () => reply);
    const base = reply ? `${recorder.url}/fal` : await closedUrl();
    const line = `can't ask ${base} what fal-ai/flux-pro/v1.1-ultra takes: ${why}; look at FAL_BASE_URL, or leave --online out\n`;
    expect(await check([], base)).toEqual({ code: 1, stdout: '', stderr: line });
    const json = await check(['--json'], base);
    expect([json.code, JSON.parse(json.stdout)]).toEqual([1, { error: { message: line.trim() } }]);
  });

  it('asks nobody when it is left out', async () => {
    await put('night', 'models: { image: someone/paints }\n');
    const env = { COPYDESK_ACCOUNTS: folder, FAL_BASE_URL: `${recorder.url}/fal` };
    expect(await inProcess(['accounts', 'check'], env)).toMatchObject({ code: 0, stderr: '' });
    expect(recorder.calls).toEqual([]);
  });
});
