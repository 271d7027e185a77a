import { describe, expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { batchDetails } from './details.js';
import type { Batch } from './state.js';
import { batchStatus } from './status.js';
import { sample } from './testing/sample.js';

const DESK = 'http://127.0.0.1:8300';
const { at, post, withPosts } = sample;
const batch = (deskUrl?: string): Batch =>
  sample.batch({ hero_text: 4, video: 1 }, { planner: 'ports_and_tides', deskUrl });
const detailsOf = (one: Batch): string => batchDetails(batchStatus(one), one.input.deskUrl);
const rows = (details: string): string[] => details.split('\n').filter((line) => line.startsWith('- '));

describe('the details of a batch', () => {
  it('are whose it is, what it cost of its budget, how many posts are where, and what the planner was asked', () => {
    const planned = sample.withPage(batch(), 'running', [
      charge('plan', { amount: 4_200_000, basis: 'priced' }),
    ]);
    const posts = [post('a'), post('b', { unknown: 60_000_000 }), post('c', { status: 'published' })];
    const details = detailsOf(at(withPosts(planned, ...posts), { status: 'running' }));
    expect(details.split('\n').slice(0, 3)).toEqual([
      '**@harbor · ports\\_and\\_tides**  ',
      'running · \\$0.0042 of \\$2.00 · \\$0.06 more of unknown outcome  ',
      '3 of 5 posts started · 2 drafting, 1 published',
    ]);
    expect(details).toContain(
      "\n\n`Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.`\n",
    );
  });

  it('list its posts with links, those that need a person first; words are words', () => {
    const running = withPosts(
      batch(DESK),
      post('a', { title: '[b](c) <i>' }),
      post('b', { status: 'awaiting_approval', cost: 60_000_000 }),
      post('c', { status: 'published' }),
      post('d', { status: 'blocked', contentFormat: 'video' }),
    );
    const link = (title: string, id: string): string => `[${title}](${DESK}/@harbor/posts/${id})`;
    expect(rows(detailsOf(running))).toEqual([
      `- awaiting approval · hero\\_text · \\$0.06 · b · ${link('About b', 'b')}`,
      `- blocked · video · \\$0.00 · d · ${link('About d', 'd')}`,
      `- drafting · hero\\_text · \\$0.00 · a · ${link('\\[b\\]\\(c\\) \\<i\\>', 'a')}`,
      `- published · hero\\_text · \\$0.00 · c · ${link('About c', 'c')}`,
    ]);
    const withoutDesk = detailsOf(withPosts(batch(), post('a', { title: '[b](c) <i>' })));
    expect(rows(withoutDesk)).toEqual(['- drafting · hero\\_text · \\$0.00 · a · \\[b\\]\\(c\\) \\<i\\>']);
  });

  it('are bounded, and say where the rest is', () => {
    const posts = Array.from({ length: 2_000 }, (_, index) => post(`post${index}`));
    const details = detailsOf(withPosts(batch(DESK), ...posts));
    const listed = rows(details);
    expect(listed).toHaveLength(26);
    expect(listed.at(-1)).toBe('- and 1975 more; filter the workflows by CopydeskBatch = "Zr4hK8vYp1Nc"');
    expect(encodeURIComponent(details).length).toBeLessThan(8_000);
  });

  it.each([
    ['paused', 'No such key', /Paused: No such key {2}\nTo go on: .* resume\n/],
    [
      'blocked',
      'Add *funds*\nat https://a.example',
      /Blocked: Add \\\*funds\\\* at https\\:\/\/a\.example {2}\nTo go on: .* resume\n/,
    ],
  ] as const)('say why a batch is %s and how it is resumed', (status, message, line) => {
    const error = { type: 'x', message, requestId: null };
    expect(detailsOf(at(withPosts(batch(), post('a')), { status, error }))).toMatch(line);
  });
});
