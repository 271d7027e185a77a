import { describe, expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { batchDetails } from './details.js';
import type { Progress } from './progress.js';
import type { Batch } from './state.js';
import { batchStatus } from './status.js';
import { sample } from './testing/sample.js';

const DESK = 'http://127.0.0.1:8300';
const { post, withPosts } = sample;
const batch = (deskUrl?: string): Batch =>
  sample.batch({ hero_text: 4, video: 1 }, { planner: 'ports_and_tides', deskUrl });
const at = (one: Batch, progress: Partial<Progress>): Batch => ({
  ...one,
  progress: { ...one.progress, ...progress },
});
const detailsOf = (one: Batch): string => batchDetails(batchStatus(one), one.input.deskUrl);
const rows = (details: string): string[] => details.split('\n').filter((line) => line.startsWith('- '));

describe('the details of a batch', () => {
  it('are whose it is, what it cost of its budget, and how many posts are where', () => {
    const planned = sample.withPage(batch(), 'running', [
      charge('plan', { amount: 4_200_000, basis: 'priced' }),
    ]);
    const posts = [post('a'), post('b', { unknown: 60_000_000 }), post('c', { status: 'published' })];
    const running = at(withPosts(planned, ...posts), { status: 'running' });
    expect(detailsOf(running).split('\n').slice(0, 3)).toEqual([
      '**@harbor · ports\\_and\\_tides**  ',
      'running · \\$0.0042 of \\$2.00 · \\$0.06 more of unknown outcome  ',
      '3 of 5 posts started · 2 drafting, 1 published',
    ]);
  });

  it('list its posts with links, those that need a person first', () => {
    const running = withPosts(
      batch(DESK),
      post('a'),
      post('b', { status: 'awaiting_approval', cost: 60_000_000 }),
      post('c', { status: 'published' }),
      post('d', { status: 'blocked', contentFormat: 'video' }),
    );
    const linkTo = (id: string): string => `[About ${id}](${DESK}/@harbor/posts/${id})`;
    expect(rows(detailsOf(running))).toEqual([
      `- awaiting approval · hero\\_text · \\$0.06 · b · ${linkTo('b')}`,
      `- blocked · video · \\$0.00 · d · ${linkTo('d')}`,
      `- drafting · hero\\_text · \\$0.00 · a · ${linkTo('a')}`,
      `- published · hero\\_text · \\$0.00 · c · ${linkTo('c')}`,
    ]);
  });

  it('are bounded, and say where the rest is', () => {
    const posts = Array.from({ length: 2_000 }, (_, index) => post(`post${index}`));
    const details = detailsOf(withPosts(batch(DESK), ...posts));
    const listed = rows(details);
    expect(listed).toHaveLength(26);
    expect(listed.at(-1)).toBe('- and 1975 more; filter the workflows by CopydeskBatch = "Zr4hK8vYp1Nc"');
    expect(encodeURIComponent(details).length).toBeLessThan(8_000);
  });

  it('say what was asked of the planner, word by word', () =>
    expect(detailsOf(batch())).toMatch(
      /\n\n`Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'\.`\n/,
    ));

  it('say why a batch has paused itself and how it is resumed', () => {
    const error = { type: 'x', message: 'No such key', requestId: null };
    expect(detailsOf(at(withPosts(batch(), post('a')), { status: 'paused', error }))).toMatch(
      /Paused: No such key {2}\nTo go on: .* resume\n/,
    );
  });

  it('name what blocks the batch and how it goes on; words are words', () => {
    const error = { type: 'x', message: 'Add *funds*\nat https://a.example', requestId: null };
    const planned = withPosts(batch(), post('a', { title: '[b](c) <i>' }));
    const details = detailsOf(at(planned, { status: 'blocked', error }));
    expect(details).toMatch(
      /Blocked: Add \\\*funds\\\* at https\\:\/\/a\.example {2}\nTo go on: .* resume\n/,
    );
    expect(rows(details)).toEqual(['- drafting · hero\\_text · \\$0.00 · a · \\[b\\]\\(c\\) \\<i\\>']);
  });
});
