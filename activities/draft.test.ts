import { FORMAT_NAMES } from '../contract/formats/registry.js';
import { describe, expect, it } from 'vitest';
import type { PostInput } from '../contract/batch.js';
import type { Draft } from '../contract/draft.js';
import { createDraft, type DraftTask } from './draft.js';
import { loadPrompt } from './prompts.js';
import { post } from './testing/samples.js';
import { json } from './testing/recorder.js';
import { perform, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

let stage: Stage;
useStage((opened) => (stage = opened));

/** What was written, of an attempt that kept it. */
async function written(of: PostInput, change: Partial<DraftTask> = {}): Promise<Draft> {
  const attempt = await draft(of, change);
  if (attempt.outcome !== 'kept') throw new Error(`${attempt.outcome}, not kept`);
  return attempt.value;
}

// Each is a call of its own: the archive keeps the first charge of a key.
let asks = 0;
const draft = (of: PostInput, change: Partial<DraftTask> = {}) =>
  perform(createDraft(stage.services()).draft, {
    post: of,
    revision: 1,
    call: (asks += 1),
    again: null,
    revise: null,
    last: false,
    ...change,
  });

/** What the server received. */
const sent = (): { model: string; instructions: string; input: string; text: any } =>
  // The recorder keeps bytes as characters.
  JSON.parse(Buffer.from(stage.recorder.sent('POST', '/responses').at(-1)?.body ?? '', 'latin1').toString());
const described = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries<{ description: string }>(sent().text.format.schema.properties).map(
      ([name, { description }]) => [name, description],
    ),
  );

describe.each(FORMAT_NAMES)('a %s', (format) => {
  it('is asked for by its plan, in the voice, within the limits of the house style', async () => {
    await draft(post(format));
    const { model, instructions, input } = sent();
    expect(model).toBe('gpt-6-luna');
    expect(instructions).toContain('Dry and exact, from the end of the pier.');
    expect(instructions).toContain('Ink and wash on rough paper.');
    for (const line of [
      'Title: Why a harbor clock runs on two times',
      'Topic: Harbor clocks',
      'Angle: Two hands, two times, one reason.',
      'Rationale: Core beat; evergreen; it needs room.',
      'News peg: none, an evergreen',
      'Button: The sea keeps the other time.',
      '- Hashtags: between 2 and 4',
      '- Never use these phrases: "sea change"',
    ]) {
      expect(input.split('\n')).toContain(line);
    }
    expect(input).not.toMatch(/brief|There was a problem|\{\{/);
    expect(described()).toMatchObject({
      title: 'Title: at most 83 characters',
      caption: expect.stringContaining('at most 231 characters') as string,
      hashtags: expect.stringContaining('between 2 and 4') as string,
    });
    expect(instructions).toMatch(/Answer with ONE JSON object and nothing else/);
    for (const field of Object.keys(described())) expect(instructions).toContain(`- "${field}": `);
  });

  it('is asked for again with the reason, the brief and the news', async () => {
    const { plan } = post(format);
    const of = post(format, {
      brief: 'Only things that float.',
      plan: { ...plan, newsPeg: 'A crane fell.' },
    });
    await draft(of, { call: 2, again: 'the caption is empty' });
    const { input } = sent();
    expect(input).toContain("The editor's brief for this batch:\nOnly things that float.");
    expect(input).toContain('News peg: A crane fell.');
    expect(input).toContain(
      'There was a problem with the last draft: the caption is empty. Write the whole draft again without it.',
    );
  });

  it('is revised from the version that the editor read', async () => {
    const of = post(format);
    const value = await written(of);
    const instructions = 'Say what the fourth hand is for.';
    await draft(of, { revision: 2, revise: { instructions, draft: value } });
    const { input } = sent();
    expect(input).toContain(instructions);
    for (const text of [value.title, value.body, value.caption, value.shot])
      if (text !== null) expect(input).toContain(text);
  });

  it('is in house style and paid for', async () => {
    const of = post(format);
    const attempt = await draft(of, { revision: 2 });
    expect(attempt).toMatchObject({ outcome: 'kept', misses: [] });
    const [bill] = await stage.bill();
    expect(attempt.charges).toMatchObject([
      {
        key: `post/UpkTZ26nc9Eb/draft/r2/${asks}`,
        step: 'draft',
        outcome: 'kept',
        amount: bill?.amountNano,
        prompt: loadPrompt(`draft_${format}`).version,
      },
    ]);
  });

  it('off style is paid for and kept: its misses are for the person', async () => {
    stage.control.fail({ on: 'openai', kind: 'off-style' });
    const of = post(format);
    const attempt = await draft(of, { last: true });
    expect(attempt).toMatchObject({
      outcome: 'kept',
      misses: expect.arrayContaining([
        expect.stringMatching(/^the caption has/),
        expect.stringContaining('banned'),
      ]) as unknown,
      charges: [{ outcome: 'kept', basis: 'priced' }],
    });
  });

  it('off style counts as wasted while it may be asked for once more', async () => {
    stage.control.fail({ on: 'openai', kind: 'off-style' });
    expect(await draft(post(format))).toMatchObject({
      outcome: 'kept',
      charges: [{ outcome: 'rule_broken', basis: 'priced' }],
    });
  });

  it('without words is paid for, refused, and says all that is missing', async () => {
    stage.recorder.play('/responses', async (_call, behind) => {
      const reply = await behind();
      const answer = JSON.parse(String(reply.body));
      const [part] = answer.output.find((one: any) => one.type === 'message').content;
      part.text = JSON.stringify({ ...JSON.parse(part.text), title: '', caption: '', alt_text: null });
      return json(answer);
    });
    expect(await draft(post(format))).toMatchObject({
      outcome: 'not_usable',
      reason: 'the title is empty; the caption is empty',
      charges: [{ outcome: 'rule_broken', basis: 'priced' }],
    });
  });
});

it('an article has a body and no shot, within its own limits', async () => {
  const value = await written(post('hero_text'));
  expect(described().body).toContain('At least 4 paragraphs separated by blank lines, at most 377 words');
  expect(described()).not.toHaveProperty('shot_description');
  expect(value.body?.split('\n\n').length).toBeGreaterThanOrEqual(4);
  expect(value.body?.trimEnd().endsWith('\nThe sea keeps the other time.')).toBe(true);
  expect(value.shot).toBeNull();
});

it('a clip has a shot and no body', async () => {
  const value = await written(post('video'));
  expect(described()).not.toHaveProperty('body');
  expect(described().shot_description).toContain('how the camera moves');
  expect(value).toMatchObject({ body: null, shot: expect.stringMatching(/\S/) as string });
  expect(value.caption.endsWith('\nThe sea keeps the other time.')).toBe(true);
});

it('a format that the registry lacks is a bug, and pays for nothing', async () => {
  await expect(draft({ ...post('video'), contentFormat: 'podcast' })).rejects.toThrow(
    "content_format 'podcast' is not one of video, hero_text",
  );
  expect(stage.recorder.calls).toEqual([]);
});
