import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../contract/chat.js';
import type { PostSummary } from '../../contract/lists.js';
import type { CheckedPrice } from '../../contract/money/prices/check.js';
import type { Reconciliation } from '../../contract/reconcile.js';
import type { PostStatus } from '../../contract/status.js';
import { samplePost, sampleSchedule } from '../../desk/testing/samples.js';
import { chatView } from '../commands/chat.js';
import { inProcess } from '../testing/in-process.js';
import { keptStream } from '../testing/kept-stream.js';
import { batchPost, batchStatus } from '../testing/status.js';
import { batchListView, batchView } from './batch-view.js';
import { bars, plainLines, progressLine } from './live.js';
import { costsCsv, costsView, pricesView, reconcileView } from './money-view.js';
import { createOutput } from './output.js';
import { postListView, postView } from './post-view.js';
import { scheduleListView, slotsView } from './schedule-view.js';

/** What takes a terminal over, begins a line of its own, or turns one around. */
const ATTACKS = [
  '\u001b[2J\u001b[31m',
  '\u001b]0;title\u0007',
  '\u009b31m\u009d',
  '\u202e\u2066',
  '\u200b\u2060',
  '\u2028\u0085\r',
  '\nerror: all is well',
  '\ud83d',
];
const STEERS = /[^\P{Cc}\n]|[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** What a view reads to choose its words, and texts of several lines. */
const READ =
  'status state step gate decision createdAt since at body caption answer' +
  ' next timeZone overlap kind source asOf checkedAt chatId';
/** Every text of a document with an attack inside, but for what is read. */
function poisoned<T>(document: T, attack: string): T {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return READ.split(' ').includes(key) ? value : `${value}${attack}x`;
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  return walk(document, '') as T;
}

const colors = pc.createColors(false);
const AT = '2026-11-24T09:00:00Z';
const failed = { type: 'Provider.Busy', message: 'busy', requestId: 'r' };
const words = { brief: 'brief', repeat: 'repeat', error: failed, offline: false };
const batch = batchStatus([batchPost({ error: failed }), batchPost({ status: 'blocked' })], words);
const written = samplePost('UpkTZ26nc9Eb');
const post: PostStatus = {
  ...written,
  plan: { ...written.plan, newsPeg: 'n', newsUrl: 'https://n.example/' },
  checks: [{ rule: 'title', ok: false, detail: 'long' }],
  publications: [{ target: 'feed', url: 'https://x', at: AT, removedAt: null }],
  error: failed,
};
const summary = { ...batchPost(), account: 'ash', since: AT, reminded: false, misses: 0, offline: false };
const row = { key: 'gpt', costUsd: 1, wastedUsd: 0, unknownUsd: 0, charges: 1 };
const sums = { charges: 1, costUsd: 1, unknownUsd: 0, providerUsd: 1 };
const bill = { billedUsd: 0, differenceUsd: -1, unbilled: 0 };
const reconciled: Reconciliation = {
  provider: 'fal',
  offline: false,
  posts: [{ id: 'AaaaAaaaAaaa', account: 'ash', ...sums, ...bill }],
  total: { posts: 1, differing: 1, ...sums, ...bill },
  notSeen: ['Text calls.'],
  checkedAt: AT,
};
const problem = { at: AT, message: 'no', skipped: false };
const schedule = sampleSchedule({ note: 'note', lastBatchId: 'b', runningBatchId: 'b', problem });
const citation = { postId: 'b7Qm2LxT0sWd', title: 'What rye lacks', url: 'http://127.0.0.1/x' };
const reply = {
  chatId: 'UpkTZ26nc9Eb',
  answer: 'It is.',
  citations: [citation],
  offline: false,
} as unknown as Reply;
const slots = { timeZone: 'UTC', slots: [{ at: AT, postId: 'b7Qm2LxT0sWd', title: 'The slow boat' }] };
const price = { model: 'm', kind: 'image', accounts: ['day'], problem: 'missing', unitPrice: '1 USD' };

const DESK = 'http://127.0.0.1:8300';
const listed = { which: 'all' as const, colors, desk: DESK };

const views: Readonly<Record<string, (attack: string) => string>> = {
  'batch status': (attack) => batchView(poisoned(batch, attack), colors, DESK),
  'batch list': (attack) => batchListView([poisoned(batch, attack)], colors),
  'post status': (attack) => postView(poisoned(post, attack), colors, DESK),
  'post list': (attack) => postListView([poisoned(summary as unknown as PostSummary, attack)], listed),
  'the bars': (attack) => bars(poisoned(batch, attack), 200, colors),
  'a line of progress': (attack) => progressLine(poisoned(batch, attack)),
  costs: (attack) =>
    costsView(poisoned({ rows: [row], total: row, offlineCharges: 0 }, attack), { by: 'model' }),
  'costs reconcile': (attack) => reconcileView(poisoned(reconciled, attack)),
  'schedule list': (attack) => scheduleListView([poisoned(schedule, attack)], colors),
  slots: (attack) => slotsView(poisoned(slots, attack), 'ash'),
  'prices check': (attack) =>
    pricesView([poisoned(price as unknown as CheckedPrice, attack)], Date.parse(AT), colors),
  chat: (attack) => chatView(poisoned(reply, attack), 'ash', colors),
};

describe.each(Object.entries(views))('%s', (_name, view) => {
  it.each(ATTACKS)('of names that hold %j has its own lines, and steers nothing', (attack) => {
    const stream = keptStream();
    const output = createOutput(false, stream, stream);
    output.result(null, () => view(attack));
    output.note(attack);
    output.failure({ message: attack });
    plainLines(stream, () => 0).warn(attack);
    expect(stream.lines.join('')).not.toMatch(STEERS);
    expect(stream.lines.slice(1).every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(view(attack)).not.toMatch(STEERS);
    expect(view(attack).split('\n')).toHaveLength(view('').split('\n').length);
  });
});

it('a colour of ours is kept, and one in the data is not', () => {
  const on = pc.createColors(true);
  const steered = batchStatus([batchPost({ title: '\u001b[31mred' })], { planner: '\u001b[32mp' });
  const shown = batchView(steered, on, DESK);
  expect(shown).toContain('\u001b[1mBatch');
  for (const colour of ['\u001b[31mred', '\u001b[32mp']) expect(shown).not.toContain(colour);
});

it.each(ATTACKS)('--json with %j means the same and steers nothing', (attack) => {
  const { lines, ...stream } = keptStream(true);
  createOutput(true, stream, stream).result({ [attack]: attack }, () => '');
  expect(lines[0]?.slice(0, -1)).not.toMatch(STEERS);
  expect(JSON.parse(String(lines[0]))).toEqual(JSON.parse(JSON.stringify({ [attack]: attack })));
});

describe('the CSV of costs', () => {
  const cell = (key: string): string => {
    const row = { key, costUsd: 0, wastedUsd: 0, unknownUsd: 0, charges: 1 };
    return String(costsCsv([row], 'model').split('\n').slice(1).join('\n')).replace(/,0\.0.*$/, '');
  };
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'=1"],
    ['\r=1', "'=1"],
    ['\tx', "'x"],
    [' =1', "'=1"],
    ['\u200b=1', "'=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a\nb', 'a b'],
    ['gpt-6-luna', 'gpt-6-luna'],
  ])('has %j as text', (key, text) => {
    expect(cell(key)).toBe(text);
  });
});

describe('the command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'copydesk-hostile-'));
    await writeFile(join(folder, 'ash.yaml'), '"\\e[2J\\u202e\\nall.yaml: ok": 1\nname: "\\e[31m"\n');
    await writeFile(join(folder, 'b\u001b[2J\nc.yaml'), 'name: 1\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['accounts', 'check'],
    ['accounts', 'check', '--json'],
    ['batch', 'status', '\u001b[2J\nx'],
    ['--\u001b[2J\u202e\nx'],
    ['\u001b[2J\nx', '--json'],
  ])('%s %s %j lets nothing of files and arguments steer the terminal', async (...args) => {
    const { stdout, stderr } = await inProcess(args.filter(Boolean), { COPYDESK_ACCOUNTS: folder });
    expect(stdout + stderr).not.toMatch(STEERS);
    expect(stdout + stderr).not.toMatch(/^all\.yaml: ok|^c\.yaml|^x/m);
  });
});
