import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../contract/account.js';
import type { PostInput } from '../../contract/batch.js';
import type { Gate } from '../../contract/states.js';
import { apply } from './apply.js';
import { newRun, rowOf, skipRest, type PostRun } from './run.js';
import { nextTask } from './task.js';

const now = new Date('2026-11-24T10:00:00Z');
const draft = {
  title: 'T',
  body: 'B',
  caption: 'C',
  hashtags: [],
  imagePrompt: 'P',
  shot: null,
  altText: 'A',
};

/** A post that was made whole and waits at the gate. */
function made(contentFormat: string, gates: readonly Gate[]): PostRun {
  const account = { review: { gates } } as unknown as Account;
  const run = newRun(
    { id: 'UpkTZ26nc9Eb', contentFormat, account } as unknown as PostInput,
    now.toISOString(),
  );
  for (const step of run.stale) rowOf(run, step).state = 'done';
  run.stale.clear();
  run.draft = draft;
  Object.assign(run, { status: 'awaiting_approval', gate: 'publish' });
  return run;
}
const revise = (redo: 'text' | 'image' | 'video' | 'all') =>
  ({ kind: 'revise', by: 'a', note: 'darker', redo }) as const;

let run: PostRun;
beforeEach(() => {
  run = made('video', ['publish']);
});

describe('revise', () => {
  it.each([
    ['text', 'drafting', ['draft'], { text: 'darker', media: null }],
    ['image', 'illustrating', ['hero_image', 'video'], { text: null, media: 'darker' }],
    ['video', 'filming', ['video'], { text: null, media: 'darker' }],
    ['all', 'drafting', ['draft', 'hero_image', 'video'], { text: 'darker', media: null }],
  ] as const)('%s goes on %s', (redo, status, stale, instructions) => {
    run.gate = null;
    apply(run, revise(redo), now);
    expect(run).toMatchObject({ status, revision: 2, instructions });
    expect([...run.stale]).toEqual(stale);
  });

  it('gives what is made anew a row of its own and keeps the old one', () => {
    Object.assign(rowOf(run, 'hero_image'), { asset: 'UpkTZ26nc9Eb_hero.png' });
    apply(run, revise('image'), now);
    expect(run.rows.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'plan done',
      'draft done',
      'hero_image done',
      'video done',
      'hero_image pending',
      'video pending',
      'review pending',
      'publish pending',
    ]);
    expect(run.rows[2]).toMatchObject({ asset: 'UpkTZ26nc9Eb_hero.png', note: 'replaced in revision 2' });
  });

  it('asks at gate media again before it pays, and only then', () => {
    run = made('hero_text', ['media', 'publish']);
    run.passed.add('media');
    apply(run, revise('image'), now);
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'media' });
    run = made('hero_text', ['media', 'publish']);
    apply(run, revise('text'), now);
    run.stale.delete('draft');
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });
});

describe('edit', () => {
  const edit = { kind: 'edit', by: 'a', note: null, changes: { title: 'Mine', hashtags: ['x'] } } as const;

  it('puts the words in and opens the gate anew for the next revision', () => {
    apply(run, edit, now);
    expect(run).toMatchObject({
      status: 'awaiting_approval',
      revision: 2,
      draft: { title: 'Mine', hashtags: ['x'], caption: 'C' },
    });
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });

  it('takes back an approval for later', () => {
    apply(
      run,
      { kind: 'approve', by: 'a', note: null, gate: null, revision: null, publishAt: '2026-12-01T09:00:00Z' },
      now,
    );
    expect(run).toMatchObject({ status: 'scheduled', slot: '2026-12-01T09:00:00.000Z', gate: null });
    apply(run, edit, now);
    expect(run).toMatchObject({ status: 'awaiting_approval', slot: null });
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });
});

describe('approve', () => {
  const approve = (publishAt: string | null) =>
    ({ kind: 'approve', by: 'a', note: null, gate: null, revision: null, publishAt }) as const;

  it('publishes at once, also for a time that is past', () => {
    apply(run, approve('2026-11-24T09:59:59Z'), now);
    expect(run.status).toBe('publishing');
    expect(nextTask(run)).toEqual({ do: 'publish' });
  });

  it('at gate media pays for the picture next', () => {
    run = made('hero_text', ['media', 'publish']);
    run.stale.add('hero_image');
    run.gate = 'media';
    apply(run, approve(null), now);
    expect(run).toMatchObject({ status: 'illustrating', gate: null });
    expect(nextTask(run)).toEqual({ do: 'illustrate', step: 'hero_image' });
  });
});

describe('an account that wants a person at one gate only', () => {
  it('publishes by itself after gate media', () => {
    run = made('hero_text', ['media']);
    run.passed.add('media');
    expect(nextTask(run)).toEqual({ do: 'publish' });
  });
});

describe('a post that ends early', () => {
  it('says of a job that was accepted that its cost is not on the record', () => {
    const job = { task: { step: 'video' }, requestId: 'req-1' } as unknown as NonNullable<
      PostRun['jobs']['video']
    >;
    Object.assign(rowOf(run, 'video'), { state: 'running' });
    run.jobs.video = job;
    skipRest(run);
    expect(rowOf(run, 'video')).toMatchObject({
      state: 'skipped',
      note: expect.stringContaining('job req-1 was not collected') as string,
    });
    expect(rowOf(run, 'hero_image')).toMatchObject({ state: 'done' });
  });
});
