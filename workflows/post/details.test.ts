import { describe, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import { charge } from '../../services/archive/sample-records.js';
import { postDetails } from './details.js';
import { openGate } from './opening.js';
import { noteReview } from './review-log.js';
import { newRun, rowOf } from './run.js';

const NOW = '2026-11-24T09:00:00.000Z';
const DESK = 'http://127.0.0.1:8300';

describe('the details of a post', () => {
  it('are its state and a list of its pipeline, with what each step took and cost, and links', () => {
    const run = newRun(post('video', { deskUrl: DESK }), NOW);
    rowOf(run, 'draft').charges.push(charge('draft', { amount: 4_200_000 }));
    rowOf(run, 'hero_image').charges.push(
      charge('hero_image', { amount: 60_000_000 }),
      charge('hero_image', { amount: 60_000_000, basis: 'unknown', outcome: 'lost' }),
    );
    run.status = 'filming';
    Object.assign(rowOf(run, 'draft'), {
      ...{ state: 'done', provider: 'openai', model: 'gpt-6-luna' },
      ...{ apiSeconds: 2.48, attempts: 2, note: 'prompt draft_video@2' },
    });
    Object.assign(rowOf(run, 'hero_image'), {
      state: 'done',
      provider: 'fal',
      model: 'fal-ai/flux-pro/v1.1-ultra',
      asset: 'UpkTZ26nc9Eb_hero.png',
    });
    rowOf(run, 'video').state = 'running';
    const lines = postDetails(run).split('\n');
    expect(lines[0]).toBe('**Why a harbor clock runs on two times**  ');
    expect(lines).toContain(
      'filming · revision 1 · \\$0.06 · \\$0.06 more of unknown outcome · offline sample · [at the desk](http://127.0.0.1:8300/@harbor/posts/UpkTZ26nc9Eb)',
    );
    expect(lines.filter((line) => line.startsWith('- '))).toEqual([
      '- Plan: done · paid by the batch',
      '- Draft: done · openai gpt-6-luna · 2.5 s · 2 tries · \\$0.0042 · prompt draft\\_video@2',
      '- Hero image: done · fal-ai/flux-pro/v1.1-ultra · \\$0.06 · [UpkTZ26nc9Eb\\_hero.png](http://127.0.0.1:8300/assets/UpkTZ26nc9Eb_hero.png)',
      '- Video: running',
      '- Review: pending',
      '- Publish: pending',
    ]);
  });

  it('name the open gate, how to decide, and what blocks the post', () => {
    const run = newRun(post('hero_text'), NOW);
    run.status = 'awaiting_approval';
    openGate(run, 'publish', new Date(NOW));
    expect(postDetails(run)).toContain('awaiting approval at gate publish');
    expect(postDetails(run)).toMatch(/To decide: .* approve, reject, revise or edit/);
    run.status = 'blocked';
    run.error = { type: 'Provider.QuotaUsedUp', message: 'You exceeded your quota.', requestId: 'req_1' };
    expect(postDetails(run)).toMatch(/Blocked: You exceeded your quota\. {2}\nTo go on: .* resume/);
    expect(postDetails(run)).not.toContain('To decide');
  });

  it('name what the draft and its plan miss, each in words that are no markup', () => {
    const detail = 'the plan’s button had 180 characters and was cut to 160';
    const run = newRun(post('hero_text', { checks: [{ rule: 'plan.button', ok: false, detail }] }), NOW);
    expect(postDetails(run)).toContain(`Checks, 1 of 1 missed: ${detail}\n`);
    run.draft = {
      ...{
        title: 'A title',
        body: 'One.\n\nTwo.\n\nThree.\n\nThe sea keeps the other time.',
        caption: 'A caption.',
      },
      ...{ hashtags: ['ai', '*'], imagePrompt: 'A till', shot: null, altText: 'A till' },
    };
    expect(postDetails(run)).toMatch(
      /Checks, 2 of 12 missed: "\\\*" is not one word .*; the plan’s button had/,
    );
    run.draft = { ...run.draft, hashtags: ['ai', 'llm'] };
    const clean = newRun(post('hero_text'), NOW);
    clean.draft = run.draft;
    expect(postDetails(clean)).not.toContain('Checks');
  });

  it('say why the last decision did nothing, until one counts', () => {
    const run = newRun(post('hero_text'), NOW);
    const entry = { decision: 'approve', by: 'mo', note: 'dropped: no gate is open' } as const;
    noteReview(run, { ...entry, counted: false }, { revision: 1, gate: null }, new Date(NOW));
    expect(postDetails(run)).toContain('approve by mo: dropped: no gate is open');
    noteReview(run, { ...entry, note: null, counted: true }, { revision: 1, gate: 'publish' }, new Date(NOW));
    expect(postDetails(run)).not.toContain('by mo');
  });

  it('have no link to a desk that nobody named, and link to what was published', () => {
    const run = newRun(post('hero_text'), NOW);
    rowOf(run, 'hero_image').asset = 'UpkTZ26nc9Eb_hero.png';
    run.publications.push({ target: 'feed', url: 'https://a.example/1', at: NOW });
    Object.assign(rowOf(run, 'publish'), { state: 'done', note: 'feed' });
    const details = postDetails(run);
    expect(details).toContain('- Hero image: pending · UpkTZ26nc9Eb\\_hero.png');
    expect(details).toContain('- Publish: done · [feed](https://a.example/1)');
    expect(details.match(/\]\(/g)).toHaveLength(1);
  });

  it('show the words of a model as words: nothing in them is markup', () => {
    const hostile = '# **bold** [link](javascript:x) <img src=x> `code`\n\n- item | cell\n> quote';
    const run = newRun(post('hero_text', { title: hostile }), NOW);
    run.error = { type: 'x', message: hostile, requestId: null };
    run.draft = {
      title: hostile,
      body: null,
      caption: hostile,
      hashtags: [],
      imagePrompt: '',
      shot: null,
      altText: '',
    };
    const details = postDetails(run);
    const escaped =
      '\\# \\*\\*bold\\*\\* \\[link\\]\\(javascript:x\\) \\<img src=x\\> \\`code\\` - item \\| cell \\> quote';
    expect(details.split(escaped)).toHaveLength(4);
    // No line of the text begins one of ours.
    expect(details.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(5);
    expect(details.replaceAll(escaped, '')).not.toMatch(/[<[`]/);
  });
});
