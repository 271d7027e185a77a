import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { expect, it } from 'vitest';
import { samplePost } from '../../desk/testing/samples.js';
import { keptStream } from '../testing/kept-stream.js';
import { batchPost, batchStatus } from '../testing/status.js';
import { batchListView, batchView } from './batch-view.js';
import { plainLines } from './live.js';
import { colorsFor, createOutput } from './output.js';
import { checksView, postListView, postView } from './post-view.js';
import { clipped, printableLine, printableLines } from './printable.js';
import { table } from './table.js';

const plain = pc.createColors(false);
const DESK = 'http://127.0.0.1:8300';

it('a table lines columns up under their heads, without borders', () => {
  const rows = [
    ['a', '$0.06'],
    ['bcdefg', '$12.00'],
  ];
  const lines = ['POST      COST', 'a        $0.06', 'bcdefg  $12.00'];
  expect(table(['POST', 'COST'], rows, { right: ['COST'] }).split('\n')).toEqual(lines);
});

it.each([
  // All of it, without a terminal or where it fits.
  [Infinity, 'UpkTZ26nc9Eb  running  $12.00  Where caching stops helping'],
  [47, 'UpkTZ26nc9Eb  running  $12.00  Where caching s…'],
  // What can be spared goes, before a title says nothing.
  [44, 'UpkTZ26nc9Eb  $12.00  Where caching stops h…'],
  [34, 'UpkTZ26nc9Eb  $12.00  Where cachi…'],
])('a table for %d columns is no wider', (width, line) => {
  const red = pc.createColors(true).red('running');
  const rows = [['UpkTZ26nc9Eb', red, '$12.00', 'Where caching stops helping']];
  const options = { right: ['COST'], width, cut: ['TITLE'], spare: ['STATE'] };
  const lines = table(['POST', 'STATE', 'COST', 'TITLE'], rows, options)
    .split('\n')
    .map(stripVTControlCharacters);
  expect(lines[1]).toBe(line);
  expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(width);
});

it('a batch shows head, posts, counts, errors and what to do next', () => {
  const error = { type: 'fal.content_policy', message: 'refused:\nnot allowed', requestId: 'req-1' };
  const posts = [batchPost(), batchPost({ id: 'b7Qm2LxT0sWd', status: 'blocked', error })];
  const view = batchView(batchStatus(posts), plain, DESK);
  expect(view).toContain('Batch Zr4hK8vYp1Nc  running  @ashtalksai · data_and_retrieval');
  expect(view).toContain('2 hero_text · $0.13 of $5.00 spent · offline sample');
  expect(view).toMatch(/UpkTZ26nc9Eb {2}hero_text {2}awaiting approval {4}1 {2}\$0\.06 {2}Where caching/);
  expect(view).toContain('b7Qm2LxT0sWd blocked: fal.content_policy: refused: not allowed (request req-1)');
  expect(view).toContain(`Next:\n  ${DESK}/desk?batch=Zr4hK8vYp1Nc\n  npx copydesk approve UpkTZ26nc9Eb`);
});

it.each([
  [
    '60 rows, and how many there are',
    batchView(batchStatus(Array(75).fill(batchPost())), plain, DESK),
    '… and 15 more',
  ],
  ['no post', batchView(batchStatus([], { status: 'planning' }), plain, DESK), 'No post is planned yet.'],
  ['no batch', batchListView([], plain), 'No batch yet.'],
  [
    'nothing that waits',
    postListView([], { which: 'waiting', colors: plain, desk: DESK }),
    'No post waits for a person.',
  ],
])('a list says that there is %s', (_what, view, words) => expect(view).toContain(words));

it('escape sequences, bells and marks that reorder a line are taken out of model text', () => {
  expect(printableLine('a\u001b[2Jb\u0007c\u202ed\ne')).toBe('a [2Jb cd e');
  expect(printableLines('one\u001b\ntwo')).toBe('one \ntwo');
  expect(clipped('a longer title', 8)).toBe('a longe…');
});

const caption = { rule: 'caption.length', ok: false, detail: 'the caption has 263 characters' };
it('checks list what is missed, with what to mend, and say in one line that all hold', () => {
  const holds = { rule: 'title.length', ok: true, detail: null };
  const phrase = { rule: 'banned', ok: false, detail: 'the phrase "a\u001b[2Jb" is banned' };
  expect(checksView([holds, caption, phrase], plain).split('\n')).toEqual([
    'Checks: 2 of 3 missed',
    '  caption.length  the caption has 263 characters',
    '  banned          the phrase "a [2Jb" is banned',
  ]);
  expect(checksView([holds], plain)).toBe('Checks: all 1 hold');
});

it("checks are part of a post's status, and left out before there is anything to check", () => {
  const view = (checks: (typeof caption)[]) => postView(samplePost('UpkTZ26nc9Eb', { checks }), plain, DESK);
  expect(view([caption])).toContain('Checks: 1 of 1 missed\n');
  expect(view([])).not.toContain('Checks');
});

it("a post's status names its plan, its body and its caption", () => {
  const words = { body: 'The body.', caption: 'The caption.', hashtags: ['tides'] };
  const view = postView(samplePost('UpkTZ26nc9Eb', words), plain, DESK);
  expect(view).toMatch(/\n\nPlan \(what the drafter was given\)\nAngle: .+\nWhy: .+\n/);
  expect(view).toContain('\n\nBody\nThe body.\n\nCaption\nThe caption. #tides\n\n');
});

it('only a terminal has colours, and not against NO_COLOR', () => {
  expect(colorsFor(keptStream(true), {}).red('x')).not.toBe('x');
  expect(colorsFor(keptStream(true), { NO_COLOR: '1' }).red('x')).toBe('x');
  expect(colorsFor(keptStream(true), { TERM: 'dumb' }).red('x')).toBe('x');
  expect(colorsFor(keptStream(), { CI: 'true', FORCE_COLOR: '1' }).red('x')).toBe('x');
});

it('results are on stdout and notes on stderr', () => {
  const [stdout, stderr] = [keptStream(), keptStream()];
  const output = createOutput(true, stdout, stderr);
  output.note('working');
  output.result({ a: 1 }, () => 'for people');
  expect([stdout.lines, stderr.lines]).toEqual([['{"a":1}\n'], ['working\n']]);
});

it('a plain line is written only for news, and at most every 5 seconds', () => {
  const stderr = keptStream();
  let now = 0;
  const live = plainLines(stderr, () => now);
  for (const [at, status] of [
    [0, 'drafting'],
    [1_000, 'published'],
    [6_000, 'published'],
    [20_000, 'published'],
  ] as const) {
    now = at;
    live.show(batchStatus([batchPost({ status })]));
  }
  expect(stderr.lines).toHaveLength(2);
});
