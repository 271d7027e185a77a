import { describe, expect, it } from 'vitest';
import { account } from '../../activities/testing/samples.js';
import { charge } from '../../services/archive/sample-records.js';
import { batchDetails } from './details.js';
import type { KnownPost } from './known-post.js';
import { newBatch, newPlanRow, type BatchRun } from './run.js';

const DESK = 'http://127.0.0.1:8300';
const MIX = { hero_text: 4, video: 1 };
const batch = (deskUrl?: string): BatchRun =>
  newBatch(
    {
      ...{ id: 'Zr4hK8vYp1Nc', account, planner: 'ports_and_tides', mix: MIX, brief: null },
      ...{ budget: 2_000_000_000, ...(deskUrl && { deskUrl }) },
    },
    '2026-11-24T09:00:00Z',
  );
const post = (id: string, change: Partial<KnownPost> = {}): KnownPost => ({
  ...{ id, title: `About ${id}`, status: 'drafting', gate: null, revision: 1, cost: 0, unknown: 0 },
  ...{ step: 'draft', error: null, contentFormat: 'hero_text', ...change },
});
const rows = (details: string): string[] => details.split('\n').filter((line) => line.startsWith('- '));

describe('the details of a batch', () => {
  it('are whose it is, what it cost of its budget, and how many posts are where', () => {
    const run = batch();
    run.status = 'running';
    run.pages.push({ ...newPlanRow(), charges: [charge('plan', { amount: 4_200_000, basis: 'priced' })] });
    run.posts.push(post('a'), post('b', { unknown: 60_000_000 }), post('c', { status: 'published' }));
    expect(batchDetails(run).split('\n').slice(0, 3)).toEqual([
      '**@harbor · ports\\_and\\_tides**  ',
      'running · \\$0.0042 of \\$2.00 · \\$0.06 more of unknown outcome  ',
      '3 of 5 posts started · 2 drafting, 1 published',
    ]);
  });

  it('list its posts with links, those that need a person first', () => {
    const run = batch(DESK);
    run.posts.push(
      post('a'),
      post('b', { status: 'awaiting_approval', cost: 60_000_000 }),
      post('c', { status: 'published' }),
      post('d', { status: 'blocked', contentFormat: 'video' }),
    );
    const at = (id: string): string => `[About ${id}](${DESK}/@harbor/posts/${id})`;
    expect(rows(batchDetails(run))).toEqual([
      `- awaiting approval · hero\\_text · \\$0.06 · b · ${at('b')}`,
      `- blocked · video · \\$0.00 · d · ${at('d')}`,
      `- drafting · hero\\_text · \\$0.00 · a · ${at('a')}`,
      `- published · hero\\_text · \\$0.00 · c · ${at('c')}`,
    ]);
  });

  it('are bounded, and say where the rest is', () => {
    const run = batch(DESK);
    run.posts.push(...Array.from({ length: 2_000 }, (_, index) => post(`post${index}`)));
    const listed = rows(batchDetails(run));
    expect(listed).toHaveLength(26);
    expect(listed.at(-1)).toBe('- and 1975 more; filter the workflows by CopydeskBatch = "Zr4hK8vYp1Nc"');
    expect(encodeURIComponent(batchDetails(run)).length).toBeLessThan(8_000);
  });

  it('say what was asked of the planner, word by word', () =>
    expect(batchDetails(batch())).toMatch(
      /\n\n`Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'\.`\n/,
    ));

  it('say why a batch has paused itself and how it is resumed', () => {
    const run = batch();
    run.posts.push(post('a'));
    Object.assign(run, { status: 'paused', error: { type: 'x', message: 'No such key', requestId: null } });
    expect(batchDetails(run)).toMatch(/Paused: No such key {2}\nTo go on: .* resume\n/);
  });

  it('name what blocks the batch and how it goes on; words are words', () => {
    const run = batch();
    run.status = 'blocked';
    run.error = { type: 'x', message: 'Add *funds*\nat https://a.example', requestId: null };
    run.posts.push(post('a', { title: '[b](c) <i>' }));
    expect(batchDetails(run)).toMatch(
      /Blocked: Add \\\*funds\\\* at https\\:\/\/a\.example {2}\nTo go on: .* resume\n/,
    );
    expect(rows(batchDetails(run))).toEqual([
      '- drafting · hero\\_text · \\$0.00 · a · \\[b\\]\\(c\\) \\<i\\>',
    ]);
  });
});
