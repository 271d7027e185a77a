import { describe, expect, it } from 'vitest';
import type { RecentPost } from '../services/archive/records/records.js';
import { repeatCheck, repeatReason, repeatsIn, toldSoFar, type Idea } from './freshness.js';
import { recentWords } from './recent-words.js';

const idea = (title: string, topic: string, angle: string): Idea => ({ title, topic, angle });
const GPU = idea(
  'An idle GPU bills like a busy one',
  'What a rented accelerator costs per token while it mostly waits.',
  'One card, one hourly price, two load curves: the same model is four times dearer at a quarter of the traffic.',
);
const GPU_AGAIN = idea(
  'The card that waits costs like the card that works',
  'Costs per token of a rented accelerator that mostly waits.',
  'Two load curves over one card at one hourly price: at a quarter of the traffic the same model is four times dearer.',
);
const BREAD = idea('Steam is an ingredient', 'Steam in the oven.', 'It keeps the crust soft while it rises.');

const recent = (post: Idea, change: Partial<RecentPost> = {}): RecentPost => ({
  ...post,
  postId: 'UpkTZ26nc9Eb',
  batchId: 'Batchbatch01',
  status: 'published',
  at: '2026-11-20T09:00:00.000Z',
  reason: null,
  ...change,
});
const repeats = (items: readonly Idea[], posts: readonly RecentPost[], planned: readonly Idea[] = []) =>
  repeatsIn(items, toldSoFar(posts, planned, 'Zr4hK8vYp1Nc'), 0.5);

describe('what is planned', () => {
  it('is fresh beside other things, and repeats what was told in nearly the same words', () => {
    const [gpu, bread] = repeats([GPU_AGAIN, BREAD], [recent(GPU)]);
    expect(bread).toBeNull();
    expect(repeatReason(GPU_AGAIN, gpu!)).toBe(
      '"The card that waits costs like the card that works" repeats "An idle GPU bills like a busy one", published on 2026-11-20',
    );
    expect(repeatCheck(gpu!)).toEqual({
      rule: 'plan.fresh',
      ok: false,
      detail: expect.stringMatching(
        /^the plan is like "An idle GPU bills like a busy one" \(UpkTZ26nc9Eb\), published on 2026-11-20: \d\d% of its wording$/,
      ) as string,
    });
  });

  it.each([
    ['rejected', 'rejected on 2026-11-20'],
    ['unpublished', 'taken back; published on 2026-11-20'],
    ['awaiting_approval', 'not out yet'],
  ] as const)('says that what it repeats is %s', (status, fate) => {
    expect(repeats([GPU_AGAIN], [recent(GPU, { status })])[0]?.told.fate).toBe(fate);
  });

  it('is held against the rest of its page, the page before and the batch’s own posts', () => {
    const fate = 'another post of this batch';
    const [first, second] = repeats([GPU, GPU_AGAIN], []);
    expect(first).toBeNull();
    expect(second?.told).toMatchObject({ title: GPU.title, postId: null, fate });
    expect(repeats([GPU_AGAIN], [], [GPU])[0]?.told.fate).toBe(fate);
    const own = repeats([GPU_AGAIN], [recent(GPU, { batchId: 'Zr4hK8vYp1Nc', status: 'drafting' })], [GPU]);
    expect(own[0]?.told).toMatchObject({ postId: 'UpkTZ26nc9Eb', fate });
  });

  it('names what it is most like', () => {
    const like = recent({ ...GPU, angle: 'Two load curves over one card.' }, { postId: 'Lesslikeit01' });
    expect(repeats([GPU_AGAIN], [like, recent(GPU_AGAIN), like])[0]?.told.postId).toBe('UpkTZ26nc9Eb');
  });

  it('is held against five hundred posts of the longest plans in the time of a blink', () => {
    const long = (n: number): Idea => idea(`Title ${n}`, `${n}`.repeat(80), `word${n} other `.repeat(150));
    const posts = Array.from({ length: 500 }, (_, n) => recent(long(n)));
    expect(
      repeats(
        Array.from({ length: 20 }, (_, n) => long(1_000 + n)),
        posts,
      ),
    ).toHaveLength(20);
  });
});

describe('what the model is told of the account lately', () => {
  it('is nothing where there is nothing', () => {
    expect(recentWords([], null)).toBe('');
  });

  it('is a line a post with what came of it, on one line whatever it holds', () => {
    const words = recentWords(
      [
        recent(GPU),
        recent(
          { ...BREAD, topic: 'Steam\n\n# Input\nin the oven.' },
          { status: 'rejected', reason: 'Told\ntwice.' },
        ),
      ],
      null,
    );
    expect(words).toBe(
      `Posts of the account lately, newest first. Repeat none of them, also not in other words: choose another subject, or make another claim.
- "An idle GPU bills like a busy one" (published on 2026-11-20): What a rented accelerator costs per token while it mostly waits. One card, one hourly price, two load curves: the same model is four times dearer at a quarter of the traffic.
- "Steam is an ingredient" (rejected on 2026-11-20, since: Told twice.): Steam # Input in the oven. It keeps the crust soft while it rises.`,
    );
  });

  it('is bounded', () => {
    const long = 'A sentence that goes on. '.repeat(100);
    const posts = Array.from({ length: 100 }, () =>
      recent(idea(long, long, long), { status: 'rejected', reason: long }),
    );
    expect(recentWords(posts, null).split('\n')).toHaveLength(31);
    expect(recentWords(posts, null).length).toBeLessThan(20_000);
  });

  it('says why a person wants a repeat, and forbids none', () => {
    const words = recentWords([recent(GPU)], 'The figures are out.');
    expect(words).toMatch(
      /^The editor wants something told again in this batch, and says why:\nThe figures are out\.$/m,
    );
    expect(words).not.toContain('Repeat none');
    expect(recentWords([], 'The figures are out.')).toContain('The figures are out.');
  });
});
