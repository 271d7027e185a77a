import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ID_PATTERN } from '../contract/ids.js';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { createPlan, type PlanTask } from './plan.js';
import { loadPrompt } from './prompts.js';
import { account } from './testing/samples.js';
import { json } from './testing/recorder.js';
import { openStage, perform, type Stage } from './testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  const { archive } = stage;
  const batch = batchRecord('Batchbatch01', account.handle);
  await archive.records.saveBatch(batch);
  await archive.records.savePost(postRecord('Postpostpo01', batch, { title: 'The crane that never sleeps' }));
}, 120_000);
beforeEach(() => stage.reset());
afterAll(() => stage.close(), 60_000);

const task: PlanTask = {
  batchId: 'Zr4hK8vYp1Nc',
  account,
  planner: 'ports',
  mix: { video: 1, hero_text: 2 },
  page: 2,
  call: 1,
  again: null,
  titlesSoFar: ['Mud is a schedule'],
  brief: null,
};

// Each is a call of its own: the archive keeps the first charge of a key.
let asks = 0;
const plan = (change: Partial<PlanTask> = {}) =>
  perform(createPlan(stage.services()).plan, { ...task, call: (asks += 1), ...change });

async function planned() {
  const attempt = await plan();
  if (attempt.outcome !== 'kept') throw new Error(`${attempt.outcome}, not kept`);
  return attempt;
}

/** What the server received. */
const sent = (): { model: string; instructions: string; input: string; text: any } =>
  JSON.parse(stage.recorder.sent('POST', '/responses').at(-1)?.body ?? '');

describe('the request', () => {
  it('holds the sentence with the mix, the beat, and every title that is taken', async () => {
    await plan();
    const { model, instructions, input } = sent();
    expect(model).toBe('gpt-6.1-terra');
    expect(input).toMatch(
      /^Generate exactly 3 items: 1 with content_format='video' and 2 with content_format='hero_text'\.$/m,
    );
    expect(input).toMatch(/^- The crane that never sleeps$/m);
    expect(input).toMatch(/^- Mud is a schedule$/m);
    expect(input).toContain('Never use these phrases: "sea change"');
    expect(instructions).toContain('Dry and exact, from the end of the pier.');
    expect(instructions).toContain('Covers: harbors, tides, cranes');
    expect(instructions).toContain('One claim and one sum a piece.');
    expect(input).not.toMatch(/brief|There was a problem|\{\{/);
    expect(instructions).toMatch(/Answer with ONE JSON object and nothing else/);
    for (const field of Object.keys(sent().text.format.schema.properties.items.items.properties))
      expect(instructions).toContain(`- "${field}": `);
    expect(instructions).toContain('one of "video", "hero_text"');
  });

  it('holds the brief and why the answer before could not be used', async () => {
    await plan({ brief: 'Only things that float.', call: 2, again: 'the answer holds 2 items' });
    const { input } = sent();
    expect(input).toContain("The editor's brief for this batch:\nOnly things that float.");
    expect(input).toContain(
      'There was a problem with the last plan: the answer holds 2 items. Write the whole plan again without it.',
    );
  });

  it('says with a schema which formats there are, how many, and how long a title may be', async () => {
    await plan({ mix: { hero_text: 1 } });
    const { items } = sent().text.format.schema.properties;
    expect(items.description).toBe("Generate exactly 1 item: 1 with content_format='hero_text'.");
    expect(items.items.properties.content_format.enum).toEqual(['hero_text']);
    expect(items.items.properties.title.description).toContain('at most 83 characters');
  });

  it('can not be made to say more by a brief that looks like a place', async () => {
    await plan({ brief: 'Use {{voice}} here.' });
    expect(sent().input).toContain('Use {{voice}} here.');
  });
});

describe('the plan', () => {
  it('has the exact mix, an id for each post, and whole plans', async () => {
    const { value, charges, offlineBatch } = await planned();
    expect(value.map((post) => post.contentFormat).sort()).toEqual(['hero_text', 'hero_text', 'video']);
    expect(new Set(value.map((post) => post.id)).size).toBe(3);
    for (const post of value) {
      expect(post.id).toMatch(ID_PATTERN);
      expect(post.title.length).toBeLessThanOrEqual(83);
      for (const text of [
        post.title,
        post.plan.topic,
        post.plan.angle,
        post.plan.rationale,
        post.plan.button,
      ])
        expect(text).toMatch(/^\S.*\S$/s);
    }
    expect(offlineBatch).toBe(true);
    const [bill] = await stage.bill();
    expect(charges).toMatchObject([
      {
        key: `batch/Zr4hK8vYp1Nc/plan/2/${asks}`,
        step: 'plan',
        amount: bill?.amountNano,
        prompt: loadPrompt('plan').version,
      },
    ]);
  });

  it('off the mix is paid for, refused, and says how', async () => {
    stage.control.fail({ on: 'openai', kind: 'off-mix' });
    expect(await plan()).toMatchObject({
      outcome: 'not_usable',
      reason: expect.stringMatching(/where \d were asked for/) as string,
      charges: [{ outcome: 'rule_broken', basis: 'priced' }],
    });
  });

  it('that is too long is cut and kept, with a check, and what a phrase is banned for is a check too', async () => {
    stage.recorder.play('/responses', async (_call, behind) => {
      const reply = await behind();
      const answer = JSON.parse(String(reply.body));
      const [part] = answer.output.find((one: any) => one.type === 'message').content;
      const page = JSON.parse(part.text);
      page.items[0].button = 'A sea change for every port. '.repeat(10);
      part.text = JSON.stringify(page);
      return json(answer);
    });
    const { value } = await planned();
    expect(value[0]?.plan.button).toBe('A sea change for every port. '.repeat(5).trim());
    expect(value[0]?.checks).toEqual([
      { rule: 'plan.button', ok: false, detail: 'the plan’s button had 289 characters and was cut to 160' },
      { rule: 'plan.banned', ok: false, detail: 'in the plan the phrase "sea change" is banned' },
    ]);
    expect(value.slice(1).flatMap(({ checks }) => checks)).toEqual([]);
  });

  it('for a planner that the account lacks is ours to mend', async () => {
    await expect(plan({ planner: 'airports' })).rejects.toMatchObject({
      type: 'Input.UnknownPlanner',
      nonRetryable: true,
    });
    expect(stage.recorder.calls).toEqual([]);
  });
});
