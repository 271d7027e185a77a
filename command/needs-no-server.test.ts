import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { definitionsOf } from './definitions.js';
import { createProgram } from './program.js';
import { GOOD, parsed, useBystander } from './testing/bystander.js';
import { inProcess } from './testing/in-process.js';

const bystander = useBystander();
const { servers } = bystander;

describe('what needs no server', () => {
  it('accounts check prints one line a file, and exit 0 for ours', async () => {
    const json = await inProcess(['--json', 'accounts', 'check']);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(parsed(json.stdout)).toMatchObject({ accounts: [{ account: 'ashtalksai', problems: [] }, {}] });
  });

  it('batch start --dry-run prints the calls, their estimate and the budget, exact to the nano-dollar', async () => {
    const before = bystander.reached;
    const args = [...GOOD, '--budget', '0.500000001', '--dry-run'];
    const json = await inProcess([...args, '--json'], servers);
    expect(json).toMatchObject({ code: 0, stderr: '' });
    const document = parsed(json.stdout) as any;
    expect(document).toMatchObject({ dryRun: true, budgetUsd: 0.500000001, fits: false, confirm: [] });
    expect(document.calls).toEqual([
      { step: 'plan', model: 'gpt-6.1-terra', calls: 1, estimateUsd: expect.any(Number) as number },
      { step: 'draft', model: 'gpt-6-luna', calls: 5, estimateUsd: expect.any(Number) as number },
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
    expect(bystander.reached).toBe(before);
  });

  it('prices check names the models, what is wrong with a price, and what to do', async () => {
    const before = bystander.reached;
    const folder = await mkdtemp(path.join(tmpdir(), 'copydesk-prices-'));
    try {
      const file = 'name: A\nbio: b\nvoice: v\nlook: l\nplanners: { p: { covers: c, guidance: g } }\n';
      await writeFile(path.join(folder, 'night.yaml'), `${file}models: { video: someone/films }\n`);
      const env = { ...servers, COPYDESK_ACCOUNTS: folder };
      const json = await inProcess(['prices', 'check', '--json'], env);
      expect(json).toMatchObject({ code: 1, stderr: '' });
      const { prices, asOf } = parsed(json.stdout) as any;
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(prices.map((price: any) => [price.kind, price.model])).toEqual([
        ['text', 'gpt-6-luna'],
        ['text', 'gpt-6.1-terra'],
        ['image', 'fal-ai/flux-pro/v1.1-ultra'],
        ['video', 'someone/films'],
      ]);
      expect(prices.at(-1)).toMatchObject({
        accounts: ['night'],
        asOf: null,
        source: null,
        problem: 'missing',
      });
      const plain = await inProcess(['prices', 'check'], env);
      expect(plain).toMatchObject({ code: 1, stderr: '' });
      expect(plain.stdout).toMatch(
        /^someone\/films: not in the price table; estimates take 0\.682 USD per second/m,
      );

      await writeFile(path.join(folder, 'odd.yaml'), 'name: 1\n');
      const odd = await inProcess(['prices', 'check', '--json'], env);
      expect(odd.code).toBe(2);
      expect(odd.stderr).toMatch(/^.*odd\.yaml:1: name: '1' is not text \(and \d more; .*\)\n$/);
      expect(parsed(odd.stdout)).toEqual({ error: { message: odd.stderr.trim(), field: 'account' } });
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(bystander.reached).toBe(before);
  });

  it('prices check has nothing to say of a folder without account files', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'copydesk-prices-'));
    try {
      const env = { COPYDESK_ACCOUNTS: folder };
      const json = await inProcess(['prices', 'check', '--json'], env);
      expect({ ...json, stdout: parsed(json.stdout) }).toMatchObject({ code: 0, stdout: { prices: [] } });
      expect((await inProcess(['prices', 'check'], env)).stdout).toMatch(/^No account file in /);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const { stdin, stdout, stderr } = process;
  const program = createProgram({ env: {}, stdin: () => stdin, stdout, stderr, exitCode: 0 });
  it.each(definitionsOf(program).map(({ words }) => words))("help of '%s' has an example", async (words) => {
    const help = await inProcess([...words.split(' ').filter(Boolean), '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/Examples?:\n {2}\$ /);
    expect(help.stdout).toContain('--json');
  });
});
