import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostStatus } from '../../contract/status.js';
import { inProcess } from '../testing/in-process.js';
import { batchPost, batchStatus } from '../testing/status.js';
import { bars, progressLine } from './bars.js';
import { batchListView, batchView } from './batch-view.js';
import { costsCsv } from './costs-view.js';
import { plainLines } from './live.js';
import { createOutput } from './output.js';
import { postListView, postView } from './post-view.js';

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

/** Every text of a document with an attack inside; names of states and times stay, since a view reads them. */
function poisoned<T>(document: T, attack: string): T {
  const kept = ['status', 'state', 'step', 'gate', 'decision', 'createdAt', 'since', 'at', 'body', 'caption'];
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.includes(key) ? value : `${value}${attack}x`;
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  return walk(document, '') as T;
}

const colors = pc.createColors(false);
const failed = { type: 'Provider.Busy', message: 'busy', requestId: 'r' };
const batch = batchStatus([batchPost({ error: failed }), batchPost({ status: 'blocked' })], {
  ...{ brief: 'brief', repeat: 'repeat', error: failed, offline: false },
});
const post: PostStatus = {
  ...{ id: 'UpkTZ26nc9Eb', account: 'ash', batchId: 'b', planner: 'p', contentFormat: 'hero_text' },
  ...{ offline: false, status: 'published', gate: null, revision: 1, title: 'Title', specialMessage: '' },
  plan: {
    topic: 'a',
    angle: 'a',
    rationale: 'r',
    newsPeg: 'n',
    newsUrl: 'https://n.example/',
    button: 'b',
  } as unknown as PostStatus['plan'],
  ...{ brief: null, body: null, caption: '', hashtags: ['tag'], altText: 'alt', costUsd: 1, unknownUsd: 0 },
  pipeline: [
    {
      ...{ step: 'draft', label: 'Draft', state: 'done', provider: 'openai', model: 'm', offline: false },
      ...{ costUsd: 1, apiSeconds: null, attempts: 1, asset: null, note: 'note' },
    },
  ] as unknown as PostStatus['pipeline'],
  checks: [{ rule: 'title', ok: false, detail: 'long' }] as unknown as PostStatus['checks'],
  review: [
    { at: '2026-11-24T09:00:00Z', decision: 'approve', by: 'me', revision: 1, counted: true, note: 'n' },
  ],
  publications: [{ target: 'feed', url: 'https://x' }] as unknown as PostStatus['publications'],
  ...{ slot: null, createdAt: '2026-11-24T09:00:00Z', publishedAt: null, error: failed },
} as unknown as PostStatus;
const listed = { ...batchPost(), account: 'ash', batchId: 'b', since: '2026-11-24T09:00:00Z' };
const summary = {
  ...{ ...listed, reminded: false, misses: 0, offline: false },
  ...{ planner: 'p', hero: null, slot: null, error: 'e', createdAt: '2026-11-24T09:00:00Z' },
};

const DESK = 'http://127.0.0.1:8300';

const views: Readonly<Record<string, (attack: string) => string>> = {
  'batch status': (attack) => batchView(poisoned(batch, attack), colors, DESK),
  'batch list': (attack) => batchListView([poisoned(batch, attack)], colors),
  'post status': (attack) => postView(poisoned(post, attack), colors, DESK),
  'post list': (attack) => postListView([poisoned(summary, attack)], { waiting: true, colors, desk: DESK }),
  'the bars': (attack) => bars(poisoned(batch, attack), 200, colors),
  'a line of progress': (attack) => progressLine(poisoned(batch, attack)),
};

describe.each(Object.entries(views))('%s', (_name, view) => {
  it.each(ATTACKS)('of names that hold %j has its own lines, and steers nothing', (attack) => {
    const lines: string[] = [];
    const stream = { write: (text: string | Uint8Array) => Boolean(lines.push(String(text))) };
    const output = createOutput(false, { ...stream, isTTY: false }, { ...stream, isTTY: false });
    output.result(null, () => view(attack));
    output.note(attack);
    output.failure({ message: attack });
    plainLines(stream, () => 0).warn(attack);
    expect(lines.join('')).not.toMatch(STEERS);
    expect(lines.slice(1).every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(view(attack).split('\n')).toHaveLength(view('').split('\n').length);
  });
});

it('a colour of ours is kept, and one in the data is not', () => {
  const on = pc.createColors(true);
  const shown = batchView(
    batchStatus([batchPost({ title: '\u001b[31mred' })], { planner: '\u001b[32mp' }),
    on,
    DESK,
  );
  expect(shown).toContain('\u001b[1mBatch');
  for (const steered of ['\u001b[31mred', '\u001b[32mp']) expect(shown).not.toContain(steered);
});

it.each(ATTACKS)('--json with %j means the same and steers nothing', (attack) => {
  const lines: string[] = [];
  const stream = { isTTY: true, write: (text: string | Uint8Array) => Boolean(lines.push(String(text))) };
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
