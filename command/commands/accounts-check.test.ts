import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closedUrl, startRecorder, webPage, type Recorder } from '../../activities/testing/recorder.js';
import { useStandIns } from '../../offline/testing/use-stand-ins.js';
import { inProcess } from '../testing/in-process.js';

const GOOD = 'name: A\nbio: b\nvoice: v\nlook: l\nplanners: { p: { covers: c, guidance: g } }\n';

const used = useStandIns();
let recorder: Recorder;
beforeAll(async () => {
  recorder = await startRecorder(new URL(used.standIns.falBaseUrl).origin);
});
afterAll(() => recorder.close());

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
/** The exit code, and the problems of each account as `line field: message`. */
async function problems() {
  const { code, stdout } = await check(['--json']);
  const { accounts } = JSON.parse(stdout) as { accounts: { problems: Record<string, string>[] }[] };
  const words = accounts.map((one) => one.problems.map((it) => `${it.line} ${it.field}: ${it.message}`));
  return { code, words };
}

describe('accounts check --online', () => {
  it('says what the models lack, at the line of their key, and is exit 0', async () => {
    await put('night', 'models:\n  image: example/seedless\n  video: fal-ai/ltx-2.3/text-to-video\n');
    const { code, words } = await problems();
    const [image, film] = ["'example/seedless'", "'fal-ai/ltx-2.3/text-to-video'"];
    expect({ code, words }).toEqual({
      code: 0,
      words: [
        [
          `7 models.image: ${image} takes no seed: a lost job can only be found by its prompt`,
          `7 models.image: ${image} does not offer 16:9 and 9:16: the nearest shape is ordered`,
          `8 models.video: ${film} takes no first frame: a clip does not start from its hero image`,
          `8 models.video: ${film} takes no seed: a lost job can only be found by its prompt and frame`,
        ],
      ],
    });
    const file = path.join(folder, 'night.yaml');
    const lines = words[0]!.map((problem) => `${file}:${problem.replace(' ', ': ')}`);
    const stdout = [`${file}: ok (@night)`, ...lines, ''].join('\n');
    expect(await check()).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('has nothing to say of models that lack nothing, and asks each only once, without a key', async () => {
    for (const handle of ['one', 'two']) await put(handle, 'models: { video: example/first-frame }\n');
    expect(await problems()).toEqual({ code: 0, words: [[], []] });
    const asked = recorder.sent('GET', '/fal/fal.ai/api/openapi/');
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it('is exit 2 for a model that fal does not know or that needs what is never filled', async () => {
    await put('night', 'models: { image: example/masked, video: someone/films }\n');
    const words = [
      "6 models.image: 'example/masked' needs mask_image_url, which Copydesk does not fill; choose another model",
      "6 models.video: fal has no endpoint 'someone/films'",
    ];
    expect(await problems()).toEqual({ code: 2, words: [words] });
  });

  it("names the files' own problems too, and asks fal nothing for such a file", async () => {
    await put('night', 'modells: { image: x }\n');
    const words = [[expect.stringMatching(/^6 modells: /)]];
    expect(await problems()).toEqual({ code: 2, words });
    expect(recorder.calls).toEqual([]);
  });

  it('puts a default model at the first line of its file', async () => {
    await put('night', '');
    expect((await problems()).words).toEqual([[expect.stringMatching(/^1 models\.video: .*takes no seed/)]]);
  });

  it.each([
    ['nothing listens', null, 'ECONNREFUSED'],
    ['something else answers', webPage, 'the answer is not JSON'],
    ['fal is away', { ...webPage, status: 503 }, 'HTTP 503'],
  ])(
    'says so of each model and is exit 1 where %s, and checks the rest all the same',
    async (_name, reply, why) => {
      await put('night', '');
      await put('wrong', 'modells: { image: x }\n');
      if (reply) recorder.play('/openapi.json', () => reply);
      const base = reply ? `${recorder.url}/fal` : await closedUrl();
      const unasked = (endpoint: string) =>
        `can't ask ${base} what ${endpoint} takes: ${why}; look at FAL_BASE_URL, or leave --online out`.replace(
          /[.?]/g,
          '\\$&',
        );
      const { code, stdout, stderr } = await check([], base);
      const [night, ...lines] = stdout.split('\n');
      expect([code, night, stderr]).toEqual([2, expect.stringMatching(/night\.yaml: ok \(@night\)$/), '']);
      expect(lines).toEqual([
        expect.stringMatching(`night.yaml:1: models.image: ${unasked('fal-ai/flux-pro/v1.1-ultra')}`),
        expect.stringMatching(
          `night.yaml:1: models.video: ${unasked('fal-ai/kling-video/v3/pro/image-to-video')}`,
        ),
        expect.stringMatching(/wrong\.yaml:6: modells: /),
        '',
      ]);
      await rm(path.join(folder, 'wrong.yaml'));
      expect(await check([], base)).toMatchObject({ code: 1, stderr: '' });
    },
  );

  it.each([
    ['0.001', {}, /^7 chat.dailyBudget: \$0.0010 holds not one answer, which may cost \$0.00\d\d; raise it$/],
    ['0.001', { OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }, null],
    ['0.01', {}, null],
    ['0.001, enabled: false', {}, null],
  ])('without --online says of a dailyBudget of %s with %j: %s', async (budget, env, words) => {
    await put('night', `chat:\n  { dailyBudget: ${budget} }\n`);
    const { code, stdout } = await inProcess(['accounts', 'check', '--json'], {
      COPYDESK_ACCOUNTS: folder,
      ...env,
    });
    const [{ problems: found }] = JSON.parse(stdout).accounts;
    const lines = found.map((it: Record<string, string>) => `${it.line} ${it.field}: ${it.message}`);
    expect([code, lines]).toEqual([0, words === null ? [] : [expect.stringMatching(words)]]);
  });

  it('asks nobody when it is left out', async () => {
    await put('night', 'models: { image: someone/paints }\n');
    const env = { COPYDESK_ACCOUNTS: folder, FAL_BASE_URL: `${recorder.url}/fal` };
    expect(await inProcess(['accounts', 'check'], env)).toMatchObject({ code: 0, stderr: '' });
    expect(recorder.calls).toEqual([]);
  });
});
