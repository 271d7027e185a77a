import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { capture, fail, say } from '../run.mjs';
import { convert, generatedModule } from './convert.mjs';

// Writes contract/money/prices/generated.ts from LiteLLM's price file: npm run prices -- [version] [date].
// It needs Python 3 with pip, which fetches the package. Without a version it takes the one that the table is of.

const [version = '1.109.1', asOf = '2026-11-24'] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version) || !/^\d{4}-\d{2}-\d{2}$/.test(asOf))
  fail(
    `'${version}' '${asOf}' is not a version such as 1.109.1 and the day of its prices such as 2026-11-24`,
  );

const FILE = 'litellm/model_prices_and_context_window_backup.json';
const folder = mkdtempSync(join(tmpdir(), 'copydesk-prices-'));
try {
  say(`Downloading LiteLLM ${version} (40 MB)…`);
  python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, `litellm==${version}`);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) fail(`LiteLLM ${version} is no wheel; nothing was written.`);
  python('-m', 'zipfile', '--extract', join(folder, wheel), folder);
  const prices = convert(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  writeFileSync(
    join(root, 'contract', 'money', 'prices', 'generated.ts'),
    generatedModule(prices, { version, asOf }),
  );
  for (const line of prices.left) say(`left out: ${line}`);
  const [text, embedding, media] = [prices.text, prices.embedding, prices.media].map(
    (record) => Object.keys(record).length,
  );
  say(
    `contract/money/prices/generated.ts: ${text} text models, ${embedding} embedding models, ${media} endpoints of fal`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function python(...args) {
  const done = capture('python3', args);
  if (!done.ok) fail(`python3 ${args.slice(0, 3).join(' ')} failed; nothing was written.`, done.output);
}
