import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Charge } from '../../contract/money/charge.js';
import { charge as sampleCharge } from '../../services/archive/sample-records.js';
import { Blocked } from '../blocked.js';
import { createCell, partOf, type Cell } from '../cell.js';
import { correctCharges } from '../paid/row.js';
import { applyDecision } from './apply-decision.js';
import { blockAt, noteDecision } from './state/decisions.js';
import { rowOf, type StepRow } from './state/rows.js';
import type { Post } from './state/state.js';
import { redoSteps } from './state/work.js';
import { illustratePost } from './steps.js';
import { NOW, sample } from './testing/sample.js';

type Answer = [activity: string, answer: unknown];
/** What the activities answer, in the order in which they are asked, and what they were asked. */
const script = vi.hoisted(() => ({ answers: [] as Answer[], asked: [] as [string, unknown][] }));

vi.mock('../activities.js', () => {
  const answerOf =
    (name: string) =>
    (_options: object, [input]: unknown[]) => {
      script.asked.push([name, input]);
      const [expected, answer] = script.answers.shift() ?? ['nothing', null];
      if (expected !== name) throw new Error(`${name} was asked in place of ${expected}`);
      return Promise.resolve(typeof answer === 'function' ? (answer as () => unknown)() : answer);
    };
  const activities = new Proxy({}, { get: (_, name) => ({ executeWithOptions: answerOf(String(name)) }) });
  return { paid: activities, media: activities, textActivities: activities };
});

const charge = (change: Partial<Charge> = {}): Charge =>
  sampleCharge('hero_image', { key: 'lost', ...change });
const LOST = charge({ basis: 'unknown', outcome: 'lost' });
const UNTIL = '2026-11-24T09:03:00.000Z';

const submitted = (requestId: string): Answer => ['submit', { outcome: 'kept', requestId }];
const submitLost: Answer = ['submit', { outcome: 'lost', reason: 'fal: submit: no answer' }];
const notFound: Answer = ['adopt', { requestId: null, charge: LOST, until: UNTIL }];
const found = (requestId: string): Answer => ['adopt', { requestId, charge: null }];
const collected = (change: object = {}): Answer => [
  'collect',
  { asset: 'a.png', error: null, again: null, charges: [], seconds: 1, at: UNTIL, ...change },
];
const jobError = { type: 'Provider.JobFailed', message: 'fal: the job failed', requestId: 'one' };
const failedJob = collected({ asset: null, again: 'job', error: jobError });

let story: Cell<Post>;
beforeEach(() => {
  story = createCell(sample.withDraft(sample.planned()));
});
const row = (): StepRow => rowOf(story.value.work.rows, 'hero_image');

/** Has the picture made with these answers; the error that it is blocked with, or null. */
async function make(...answers: Answer[]): Promise<string | null> {
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
const asked = (): string => script.asked.map(([name]) => name).join(' ');

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
    const task = script.asked[0]?.[1];
    expect(await make(found('late'), collected({ charges: [charge()] }))).toBeNull();
    expect(script.asked).toMatchObject([
      ['adopt', { task, once: true }],
      ['collect', { task, requestId: 'late' }],
    ]);
    expect(row()).toMatchObject({ state: 'done', attempts: 1, charges: [charge()] });
    expect(story.value.work.lostSubmit).toBeNull();
  });

  it('is paid for again only after that look', async () => {
    await make(submitLost, notFound);
    expect(await make(notFound, submitted('two'), collected())).toBeNull();
    expect(asked()).toBe('adopt submit collect');
    expect(row()).toMatchObject({ attempts: 2, charges: [LOST] });
  });

  it('is forgotten by a revision, which asks for something else', async () => {
    await make(submitLost, notFound);
    partOf(story, 'work').change((work) => redoSteps(work, ['hero_image'], 2));
    expect(await make(submitted('two'), collected())).toBeNull();
    expect(asked()).toBe('submit collect');
  });
});

describe('a job that is said to have failed', () => {
  beforeEach(async () => {
    expect(await make(submitted('one'), failedJob)).toBe('fal: the job failed');
  });

  it('waits for a person, who has its result looked for once more', async () => {
    expect(await make(collected())).toBeNull();
    expect(script.asked).toMatchObject([['collect', { requestId: 'one', once: true }]]);
    expect(row()).toMatchObject({ state: 'done', attempts: 1, asset: 'a.png' });
  });

  it('and has no result then either is ordered again', async () => {
    expect(await make(failedJob, submitted('two'), collected())).toBeNull();
    expect(script.asked).toMatchObject([
      ['collect', { requestId: 'one', once: true }],
      ['submit', {}],
      ['collect', { requestId: 'two', once: false }],
    ]);
    expect(row().attempts).toBe(2);
  });

  it('does not keep a person from revising', async () => {
    partOf(story, 'decisions').change((decisions) => blockAt(decisions, jobError, 'illustrating'));
    story.change((blocked) => applyDecision(blocked, sample.decision('revise', { redo: 'image' }), NOW));
    expect(await make(submitted('two'), collected())).toBeNull();
    expect(asked()).toBe('submit collect');
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
  const paidLess = charge({ amount: 1 });
  const dropped = { decision: 'edit', by: 'mo', note: 'dropped: too early', counted: false } as const;
  const [, file] = collected();
  const comeMeanwhile = (): unknown => {
    partOf(partOf(story, 'work'), 'rows').change((rows) => correctCharges(rows, [paidLess]));
    const standing = { revision: 1, gate: null };
    partOf(story, 'decisions').change((now) => noteDecision(now, dropped, standing, NOW));
    return file;
  };
  expect(await make(found('late'), ['collect', comeMeanwhile])).toBeNull();
  expect(row()).toMatchObject({ state: 'done', asset: 'a.png', charges: [paidLess] });
  expect(story.value.decisions.log.entries).toMatchObject([dropped]);
});
