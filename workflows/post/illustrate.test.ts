import { beforeEach, describe, expect, it, vi } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import type { Charge } from '../../contract/money/charge.js';
import { Blocked } from '../blocked.js';
import { createCell, partOf, type Cell } from '../cell.js';
import { correctCharges } from '../paid/charges.js';
import { applyDecision } from './apply-decision.js';
import { blockAt, noteDecision } from './state/decisions.js';
import { rowOf, type StepRow } from './state/rows.js';
import { newPost, type Post } from './state/state.js';
import { illustratePost } from './steps.js';
import { redoSteps } from './state/work.js';
import { putDraft } from './state/words.js';

/** What the activities answer, in the order in which they are asked, and what they were asked. */
const script = vi.hoisted(() => ({ answers: [] as [string, unknown][], asked: [] as [string, unknown][] }));

vi.mock('../activities.js', () => {
  const activities = new Proxy(
    {},
    {
      get: (_target, name) => ({
        executeWithOptions: (_options: object, [input]: unknown[]) => {
          script.asked.push([String(name), input]);
          const [expected, answer] = script.answers.shift() ?? ['nothing', null];
          if (expected !== name) throw new Error(`${String(name)} was asked in place of ${expected}`);
          return Promise.resolve(typeof answer === 'function' ? (answer as () => unknown)() : answer);
        },
      }),
    },
  );
  return { paid: activities, media: activities, text: activities };
});

const charge = (key: string, change: Partial<Charge> = {}): Charge => ({
  ...{ key, step: 'hero_image', provider: 'fal', model: 'flux', quantity: null, unitPrice: null },
  ...{ amount: 60_000_000, basis: 'metered', outcome: 'kept', requestId: null, prompt: null },
  ...{ offline: true, at: '2026-11-24T09:00:00.000Z' },
  ...change,
});
const LOST = charge('lost', { basis: 'unknown', outcome: 'lost' });
const UNTIL = '2026-11-24T09:03:00.000Z';

const submitted = (requestId: string): [string, unknown] => ['submit', { outcome: 'kept', requestId }];
const submitLost: [string, unknown] = ['submit', { outcome: 'lost', reason: 'fal: submit: no answer' }];
const notFound: [string, unknown] = ['adopt', { requestId: null, charge: LOST, until: UNTIL }];
const found = (requestId: string): [string, unknown] => ['adopt', { requestId, charge: null }];
const collected = (change: object = {}): [string, unknown] => [
  'collect',
  { asset: 'a.png', error: null, again: null, charges: [], seconds: 1, at: UNTIL, ...change },
];
const failedJob = collected({
  asset: null,
  again: 'job',
  error: { type: 'Provider.JobFailed', message: 'fal: the job failed', requestId: 'one' },
});

let story: Cell<Post>;
beforeEach(() => {
  script.answers = [];
  script.asked = [];
  const planned = newPost(post('hero_text'), '2026-11-24T09:00:00.000Z');
  const words = putDraft(planned.words, {
    ...{ title: 'A clock', body: 'Two hands.', caption: 'Two hands.', hashtags: ['tides'] },
    ...{ imagePrompt: 'A clock.', shot: null, altText: 'A clock.' },
  });
  story = createCell({ ...planned, words });
});
const row = (): StepRow => rowOf(story.value.work.rows, 'hero_image');

/** Has the picture made with these answers; the error that it is blocked with, or null. */
async function make(...answers: [string, unknown][]): Promise<string | null> {
  script.answers = answers;
  script.asked = [];
  const error: unknown = await illustratePost(story, 'hero_image').then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error !== null && !(error instanceof Blocked)) throw error;
  expect(script.answers, 'not asked for').toEqual([]);
  return error === null ? null : error.message;
}
const asked = (): string[] => script.asked.map(([name]) => name);

describe('a submit whose answer was lost', () => {
  it('and whose job is not found is handed to a person, with since when and until when it was looked for', async () => {
    expect(await make(submitLost, notFound)).toMatch(
      new RegExp(
        `^fal: submit: no answer; looked for in fal's history from 20\\S+Z until ${UNTIL}, and not listed: .*resume looks once more before it pays for another$`,
      ),
    );
    expect(story.value.work.lostSubmit).toMatchObject({ lookedUntil: UNTIL });
    expect(row().charges).toEqual([LOST]);
  });

  it('is looked for once more at resume, and its job is taken over without another submit', async () => {
    await make(submitLost, notFound);
    const task = (script.asked[0] as [string, unknown])[1];
    expect(await make(found('late'), collected({ charges: [charge('lost')] }))).toBeNull();
    expect(script.asked).toMatchObject([
      ['adopt', { task, once: true }],
      ['collect', { task, requestId: 'late' }],
    ]);
    expect(row()).toMatchObject({
      state: 'done',
      attempts: 1,
      charges: [charge('lost')],
    });
    expect(story.value.work.lostSubmit).toBeNull();
  });

  it('is paid for again only after that look', async () => {
    await make(submitLost, notFound);
    expect(await make(notFound, submitted('two'), collected())).toBeNull();
    expect(asked()).toEqual(['adopt', 'submit', 'collect']);
    expect(row()).toMatchObject({ attempts: 2, charges: [LOST] });
  });

  it('is forgotten by a revision, which asks for something else', async () => {
    await make(submitLost, notFound);
    partOf(story, 'work').change((work) => redoSteps(work, ['hero_image'], 2));
    expect(await make(submitted('two'), collected())).toBeNull();
    expect(asked()).toEqual(['submit', 'collect']);
  });
});

describe('a job that is said to have failed', () => {
  it('waits for a person, who has its result looked for once more', async () => {
    expect(await make(submitted('one'), failedJob)).toBe('fal: the job failed');
    expect(await make(collected())).toBeNull();
    expect(script.asked).toMatchObject([['collect', { requestId: 'one', once: true }]]);
    expect(row()).toMatchObject({ state: 'done', attempts: 1, asset: 'a.png' });
  });

  it('and has no result then either is ordered again', async () => {
    await make(submitted('one'), failedJob);
    expect(await make(failedJob, submitted('two'), collected())).toBeNull();
    expect(script.asked).toMatchObject([
      ['collect', { requestId: 'one', once: true }],
      ['submit', {}],
      ['collect', { requestId: 'two', once: false }],
    ]);
    expect(row().attempts).toBe(2);
  });

  it('does not keep a person from revising', async () => {
    await make(submitted('one'), failedJob);
    const error = { type: 'Provider.JobFailed', message: 'fal: the job failed', requestId: 'one' };
    partOf(story, 'decisions').change((decisions) => blockAt(decisions, error, 'illustrating'));
    const revision = { kind: 'revise', by: 'mo', note: 'brighter', redo: 'image' } as const;
    story.change((blocked) => applyDecision(blocked, revision, new Date()));
    expect(await make(submitted('two'), collected())).toBeNull();
    expect(asked()).toEqual(['submit', 'collect']);
  });
});

it('a job whose file was refused is fetched again, not ordered again', async () => {
  const refused = { type: 'Asset.Refused', message: 'the file is HTML', requestId: 'one' };
  await make(submitted('one'), collected({ asset: null, again: 'file', error: refused }));
  expect(await make(collected())).toBeNull();
  expect(script.asked).toMatchObject([['collect', { requestId: 'one', once: false }]]);
});

it('what comes while a file is waited for stays: the archive’s word on a charge, a decision', async () => {
  await make(submitLost, notFound);
  const paidLess = charge('lost', { amount: 1 });
  const dropped = { decision: 'edit', by: 'mo', note: 'dropped: too early', counted: false } as const;
  const [, file] = collected();
  const comeMeanwhile = (): unknown => {
    partOf(partOf(story, 'work'), 'rows').change((rows) => correctCharges(rows, [paidLess]));
    const standing = { revision: 1, gate: null };
    partOf(story, 'decisions').change((now) => noteDecision(now, dropped, standing, new Date()));
    return file;
  };
  expect(await make(found('late'), ['collect', comeMeanwhile])).toBeNull();
  expect(row()).toMatchObject({ state: 'done', asset: 'a.png', charges: [paidLess] });
  expect(story.value.decisions.log.entries).toMatchObject([dropped]);
});
