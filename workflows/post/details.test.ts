import { describe, expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { postDetails } from './details.js';
import { blockAt, enterStatus } from './state/decisions.js';
import { addPublication } from './state/out.js';
import { noteReview } from './state/review-log.js';
import type { Post } from './state/state.js';
import { postStatus } from './status.js';
import { NOW, sample } from './testing/sample.js';

const DESK = 'http://127.0.0.1:8300';
const { planned, withDecisions, withDraft, withRow } = sample;
const detailsOf = (one: Post): string => postDetails(postStatus(one), one.input.deskUrl);
const rows = (details: string): string[] => details.split('\n').filter((line) => line.startsWith('- '));
const asset = 'UpkTZ26nc9Eb_hero.png';

describe('the details of a post', () => {
  it('are its state and a list of its pipeline, with what each step took and cost, and links', () => {
    const drafted = withRow(planned('video', { deskUrl: DESK }), 'draft', {
      state: 'done',
      provider: 'openai',
      model: 'gpt-6-luna',
      apiSeconds: 2.48,
      attempts: 2,
      note: 'prompt draft_video@2',
      charges: [charge('draft', { amount: 4_200_000 })],
    });
    const charges = [charge('hero_image'), charge('hero_image', { basis: 'unknown', outcome: 'lost' })];
    const flux = { provider: 'fal', model: 'fal-ai/flux-pro/v1.1-ultra' };
    const painted = withRow(drafted, 'hero_image', { ...flux, state: 'done', asset, charges });
    const filming = withRow(painted, 'video', { state: 'running' });
    const details = detailsOf(withDecisions(filming, (now) => enterStatus(now, 'filming')));
    expect(details.split('\n').slice(0, 2)).toEqual([
      '**Why a harbor clock runs on two times**  ',
      'filming · revision 1 · \\$0.06 · \\$0.06 more of unknown outcome · offline sample · [at the desk](http://127.0.0.1:8300/@harbor/posts/UpkTZ26nc9Eb)',
    ]);
    expect(rows(details)).toEqual([
      '- Plan: done · paid by the batch',
      '- Draft: done · openai gpt-6-luna · 2.5 s · 2 tries · \\$0.0042 · prompt draft\\_video@2',
      '- Hero image: done · fal-ai/flux-pro/v1.1-ultra · \\$0.06 · [UpkTZ26nc9Eb\\_hero.png](http://127.0.0.1:8300/assets/UpkTZ26nc9Eb_hero.png)',
      '- Video: running',
      '- Review: pending',
      '- Publish: pending · feed',
    ]);
  });

  it('name the open gate, how to decide, and what blocks the post', () => {
    const waiting = sample.made();
    expect(detailsOf(waiting)).toContain('awaiting approval at gate publish');
    expect(detailsOf(waiting)).toMatch(/To decide: .* approve, reject, revise or edit/);
    const error = { type: 'Provider.QuotaUsedUp', message: 'You exceeded your quota.', requestId: 'req_1' };
    const blocked = detailsOf(withDecisions(waiting, (now) => blockAt(now, error, 'drafting')));
    expect(blocked).toMatch(/Blocked: You exceeded your quota\. {2}\nTo go on: .* resume/);
    expect(blocked).not.toContain('To decide');
  });

  it('name what the draft and its plan miss, each in words that are no markup', () => {
    const detail = 'the plan’s button had 180 characters and was cut to 160';
    const cut = planned('hero_text', { checks: [{ rule: 'plan.button', ok: false, detail }] });
    expect(detailsOf(cut)).toContain(`Checks, 1 of 1 missed: ${detail}\n`);
    expect(detailsOf(withDraft(cut, { hashtags: ['ai', '*'] }))).toMatch(
      /Checks, 2 of 12 missed: "\\\*" is not one word .*; the plan’s button had/,
    );
    expect(detailsOf(withDraft(planned()))).not.toContain('Checks');
  });

  it('say why the last decision did nothing, until one counts', () => {
    const note = (before: Post, counted: boolean): Post => {
      const entry = { decision: 'approve', by: 'mo', note: 'dropped: no gate is open', counted } as const;
      const log = noteReview(before.decisions.log, entry, { revision: 1, gate: null }, NOW);
      return withDecisions(before, (now) => ({ ...now, log }));
    };
    const dropped = note(planned(), false);
    expect(detailsOf(dropped)).toContain('approve by mo: dropped: no gate is open');
    expect(detailsOf(note(dropped, true))).not.toContain('by mo');
  });

  it('have no link to a desk that nobody named, and link to what was published', () => {
    const published = withRow(withRow(planned(), 'hero_image', { asset }), 'publish', { state: 'done' });
    const publication = {
      target: 'feed',
      url: 'https://a.example/1',
      at: NOW.toISOString(),
      removedAt: null,
    };
    const details = detailsOf({ ...published, out: addPublication(published.out, publication) });
    expect(details).toContain('- Hero image: pending · UpkTZ26nc9Eb\\_hero.png');
    expect(details).toContain('- Publish: done · [feed](https://a.example/1)');
    expect(details.match(/\]\(/g)).toHaveLength(1);
  });

  it('show the words of a model as words: nothing in them is markup', () => {
    const hostile = '# **bold** [link](javascript:x) <img src=x> `code`\n\n- item | cell\n> quote';
    const written = withDraft(planned(), {
      title: hostile,
      body: null,
      caption: hostile,
      hashtags: [],
      altText: '',
    });
    const error = { type: 'x', message: hostile, requestId: null };
    const details = detailsOf(withDecisions(written, (now) => ({ ...now, error })));
    const escaped =
      '\\# \\*\\*bold\\*\\* \\[link\\]\\(javascript:x\\) \\<img src=x\\> \\`code\\` - item \\| cell \\> quote';
    expect(details.split(escaped)).toHaveLength(4);
    // No line of the text begins one of ours.
    expect(rows(details)).toHaveLength(5);
    expect(details.replaceAll(escaped, '')).not.toMatch(/[<[`]/);
  });
});
