import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { dataFolder } from '../workers/temporal/testing/data-folder.js';
import { definitionsOf } from './definitions.js';
import { useBystander } from './testing/bystander.js';
import { GOOD, program } from './testing/command-lines.js';
import { inJson, inProcess } from './testing/in-process.js';

const bystander = useBystander();
const { servers } = bystander;
afterEach(() => expect(bystander.reached).toBe(0));

it('batch start --dry-run prints the calls, their estimate and the budget, exact to the nano-dollar', async () => {
  const args = [...GOOD, '--budget', '0.500000001', '--dry-run'];
  const { code, stderr, document } = await inJson(args, servers);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(document).toMatchObject({ dryRun: true, budgetUsd: 0.500000001, fits: false, confirm: [] });
  const estimateUsd = expect.any(Number) as number;
  expect(document.calls).toEqual([
    { step: 'plan', model: 'gpt-6.1-terra', calls: 1, estimateUsd },
    { step: 'draft', model: 'gpt-6-luna', calls: 5, estimateUsd },
    { step: 'hero_image', model: 'fal-ai/flux-pro/v1.1-ultra', calls: 5, estimateUsd: 0.3 },
    { step: 'video', model: 'fal-ai/kling-video/v3/pro/image-to-video', calls: 1, estimateUsd: 0.56 },
  ]);
  const nano = (usd: number): number => Math.round(usd * 1e9);
  const sum = document.calls.reduce((total: number, row: any) => total + nano(row.estimateUsd), 0);
  expect(nano(document.estimateUsd)).toBe(sum);

  const plain = await inProcess(args, servers);
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.stdout).toMatch(/^Nothing is started\. This batch would be 1 video, 4 hero_text by /);
  expect(plain.stdout).toMatch(/over the batch's budget of \$0\.50: .* Give --budget 0\.\d+ or more/);
});

it('prices check names the models, what is wrong with a price, and what to do', async () => {
  const folder = dataFolder();
  const file = 'name: A\nbio: b\nvoice: v\nlook: l\nplanners: { p: { covers: c, guidance: g } }\n';
  await writeFile(path.join(folder, 'night.yaml'), `${file}models: { video: someone/films }\n`);
  const env = { ...servers, COPYDESK_ACCOUNTS: folder };
  const { code, stderr, document } = await inJson(['prices', 'check'], env);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(document.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  const facts = { accounts: ['night'], asOf: null, source: null, problem: 'missing' };
  expect(document.prices).toMatchObject([
    { kind: 'text', model: 'gpt-6-luna' },
    { kind: 'text', model: 'gpt-6.1-terra' },
    { kind: 'image', model: 'fal-ai/flux-pro/v1.1-ultra' },
    { kind: 'video', model: 'someone/films', ...facts },
  ]);
  expect(await inProcess(['prices', 'check'], env)).toMatchObject({
    code: 1,
    stderr: '',
    stdout: expect.stringMatching(/^someone\/films: not in the price table; estimates take 0\.682 USD per/m),
  });

  await writeFile(path.join(folder, 'odd.yaml'), 'name: 1\n');
  const odd = await inJson(['prices', 'check'], env);
  expect(odd.stderr).toMatch(/^.*odd\.yaml:1: name: '1' is not text \(and \d more; .*\)\n$/);
  const error = { message: odd.stderr.trim(), field: 'account' };
  expect(odd).toMatchObject({ code: 2, document: { error } });
});

it('prices check has nothing to say of a folder without account files', async () => {
  const env = { ...servers, COPYDESK_ACCOUNTS: dataFolder() };
  expect(await inJson(['prices', 'check'], env)).toMatchObject({ code: 0, document: { prices: [] } });
  expect((await inProcess(['prices', 'check'], env)).stdout).toMatch(/^No account file in /);
});

it.each(definitionsOf(program).map(({ words }) => words))("help of '%s' has an example", async (words) => {
  const help = await inProcess([...words.split(' ').filter(Boolean), '--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/Examples?:\n {2}\$ /);
  expect(help.stdout).toContain('--json');
});
