import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyCheckout } from './checkout.mjs';
import { root } from './paths.mjs';
import { say } from './run.mjs';

// Run by hand: breaks one rule after the other in a copy of this checkout and runs the tests that should notice. A rule that
// nobody notices is named, and the exit code is 1. `node tools/mutants.mjs budget` breaks those whose name has the word.

/**
 * @type {{ rule: string, file: string, from: string, to: string, tests: string[] }[]} `from` stands once in the file; `tests` pick
 *   test files as `npm test -- WORD` does.
 */
const MUTANTS = [
  {
    rule: 'a late approval does not count',
    file: 'workflows/post/dropped-decision.ts',
    from: "if (gate === null || status !== 'awaiting_approval')",
    to: 'if (false)',
    tests: ['workflows/post'],
  },
  {
    rule: 'an approval is bound to the revision that was seen',
    file: 'workflows/post/dropped-decision.ts',
    from: 'decision.revision !== null && decision.revision !== revision',
    to: 'false',
    tests: ['workflows/post'],
  },
  {
    rule: 'a 429 waits as long as the provider asks',
    file: 'workflows/paid/attempt.ts',
    from: 'attempt.afterMs ?? pauseAfter(turnedAway)',
    to: 'pauseAfter(turnedAway)',
    tests: ['workflows/paid'],
  },
  {
    rule: 'a lost reply is no refusal: it may have been paid',
    file: 'activities/provider-failures.ts',
    from: "action: 'lost'",
    to: "action: 'retry'",
    tests: ['activities'],
  },
  {
    rule: 'what is held counts against a budget',
    file: 'services/archive/ledger/decide-reservation.ts',
    from: 'if (spent + held + cost.amount > limit)',
    to: 'if (spent + cost.amount > limit)',
    tests: ['services/archive'],
  },
  {
    rule: 'no budget is overrun by the most that a call can cost',
    file: 'services/archive/ledger/decide-reservation.ts',
    from: 'if (spent + heldMost + cost.most <= limit) return null;',
    to: 'return null;',
    tests: ['services/archive'],
  },
  {
    rule: 'cached tokens have their own price',
    file: 'contract/money/prices/text-price.ts',
    from: 'Big(price.cached).times(usage.cached)',
    to: 'Big(price.input).times(usage.cached)',
    tests: ['contract/money'],
  },
  {
    rule: 'a charge is rounded once, half up',
    file: 'contract/money/prices/table.ts',
    from: 'Big.roundHalfUp',
    to: 'Big.roundDown',
    tests: ['contract/money'],
  },
  {
    rule: 'a slot that the clocks show twice is the first of the two',
    file: 'contract/wall-time.ts',
    from: 'return shown - Math.max(...fits)',
    to: 'return shown - Math.min(...fits)',
    tests: ['contract'],
  },
  {
    rule: 'a slot that the clocks skip is the moment after the gap',
    file: 'contract/wall-time.ts',
    from: '  return to;',
    to: '  return to + 3_600_000;',
    tests: ['contract'],
  },
  {
    rule: 'the mix is told in the order of the registry',
    file: 'contract/mix.ts',
    from: 'const parts = Object.entries(inRegistryOrder(mix)).map(',
    to: 'const parts = Object.entries(mix).map(',
    tests: ['contract/mix'],
  },
  {
    rule: 'a banned phrase is found across white space',
    file: 'contract/checks/rules.ts',
    from: ".replace(/\\s+/g, ' ')\n    .trim()",
    to: '.trim()',
    tests: ['contract/checks'],
  },
  {
    rule: 'a lost job is looked for until the worst latency is over',
    file: 'activities/adopt.ts',
    from: 'if (now.getTime() >= until) {',
    to: 'if (now.getTime() >= 0) {',
    tests: ['activities/submit'],
  },
  {
    rule: 'a record at Bluesky has the same key on every attempt',
    file: 'services/publishers/bluesky.ts',
    from: 'let rest = ((FROM',
    to: 'let rest = ((BigInt(Date.now()) + FROM',
    tests: ['services/publishers/bluesky-texts'],
  },
  {
    rule: 'an address inside this network is not asked',
    file: 'services/public-address.ts',
    from: "return parsed.range() === 'unicast';",
    to: 'return true;',
    tests: ['services/public'],
  },
  {
    rule: 'what the page of another site sends is refused',
    file: 'desk/http/origin.tsx',
    from: 'return from.origin === undefined || own.includes(from.origin);',
    to: 'return true;',
    tests: ['desk/http'],
  },
  {
    rule: 'a page runs no script but our files',
    file: 'desk/http/headers.ts',
    from: `"script-src 'self'"`,
    to: `"script-src 'self' 'unsafe-inline'"`,
    tests: ['desk/public/pages'],
  },
  {
    rule: 'guesses at a token are slowed after a few',
    file: 'desk/http/allowance.ts',
    from: 'if (window.count >= this.#most)',
    to: 'if (window.count > 1_000_000)',
    tests: ['desk/http'],
  },
  {
    rule: 'a link to a review is spent by one decision',
    file: 'desk/share/link.ts',
    from: 'if (isSpent) return SPENT;',
    to: '',
    tests: ['desk/share'],
  },
  {
    rule: 'an answer to a reader holds no markup',
    file: 'activities/answer-rules.ts',
    from: "    .replace(MARKUP, '')\n",
    to: '',
    tests: ['activities/answer'],
  },
  {
    rule: 'a key is taken out of what a provider says',
    file: 'services/secrets.ts',
    from: 'return replaced(text, found);',
    to: 'return text;',
    tests: ['services/secrets'],
  },
  {
    rule: 'a webhook that answers 404 is not delivered',
    file: 'activities/webhook.ts',
    from: 'code >= 200 && code <= 299',
    to: 'code >= 200 && code <= 499',
    tests: ['activities/webhook'],
  },
];

const word = process.argv[2] ?? '';
const chosen = MUTANTS.filter(({ rule }) => rule.includes(word));
const copy = copyOverBuild();
const unnoticed = [];
for (const { rule, file, from, to, tests } of chosen) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  const red = firstFailure(copy, tests);
  writeFileSync(path, text);
  if (red === null) unnoticed.push(rule);
  say(`${red === null ? 'NOT NOTICED' : 'noticed'}: ${rule} (${file})${red === null ? '' : ` by ${red}`}`);
}
rmSync(copy, { recursive: true, force: true });
process.stdout.write(`${chosen.length - unnoticed.length} of ${chosen.length} broken rules were noticed\n`);
process.exitCode = unnoticed.length > 0 || chosen.length === 0 ? 1 : 0;

/** The sources as they are, over the packages and the build of this checkout. */
function copyOverBuild() {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-mutants-'));
  copyCheckout(folder);
  for (const shared of ['node_modules', 'dist']) symlinkSync(join(root, shared), join(folder, shared));
  return folder;
}

/** The first test that fails, or null where all pass. */
function firstFailure(folder, tests) {
  const args = ['run', '--project=!campaigns', '--bail=1', '--reporter=json', '--maxWorkers=2', ...tests];
  const run = spawnSync(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (run.status === 0) return null;
  const report = JSON.parse(run.stdout.slice(run.stdout.indexOf('{"numTotal')));
  const files = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => ({ name, fullName })),
  );
  const [first] = files;
  if (!first) throw new Error(`no test of ${tests.join(' ')} failed, and yet: ${run.stderr.slice(-2_000)}`);
  return `"${first.fullName}" in ${first.name.slice(folder.length + 1)}`;
}
