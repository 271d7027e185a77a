import { FORMAT_NAMES } from '../contract/formats/registry.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PostInput } from '../contract/batch.js';
import { createDraft, type DraftTask } from './draft.js';
import { loadPrompt } from './prompts.js';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import type { Services } from '../services/services.js';
import { OpenAiText } from '../services/text/openai.js';
import { account, post } from './testing/samples.js';
import { kept, lastQuestion, perform, rewriteAnswers } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const stage = useStage();

// Each is a call of its own: the archive keeps the first charge of a key.
let asks = 0;
const draft = (of: PostInput, change: Partial<DraftTask> = {}, services = stage.services()) => {
  const whole = {
    post: of,
    run: 'run1',
    revision: 1,
    call: (asks += 1),
    again: null,
    revise: null,
    last: false,
  };
  return perform(createDraft(services).draft, { ...whole, ...change });
};
const written = async (of: PostInput) => kept(await draft(of)).value;
const sent = () => lastQuestion(stage);
const fields = (): string[] => Object.keys(sent().text.format.schema.properties);

describe.each(FORMAT_NAMES)('a %s', (format) => {
  it('is asked for by its plan, in the voice, within the limits of the house style', async () => {
    await draft(post(format));
    const { model, instructions, input } = sent();
    expect(model).toBe('gpt-6-luna');
    for (const line of [
      'Planner: ports',
      'Covers: harbors, tides, cranes',
      'Title: Why a harbor clock runs on two times',
      'Topic: Harbor clocks',
      'Angle: Two hands, two times, one reason.',
      'Rationale: Core beat; evergreen; it needs room.',
      'News peg: none, an evergreen',
      'Button: The sea keeps the other time.',
      '- Title: at most 83 characters',
      '- Hashtags: between 2 and 4',
      '- Never use these phrases: "sea change"',
    ])
      expect(input.split('\n')).toContain(line);
    expect(input).toContain('\n- Caption: at most 231 characters');
    expect(input).not.toMatch(/brief|There was a problem|\{\{/);
    for (const words of [
      'Dry and exact, from the end of the pier.',
      'Ink and wash on rough paper.',
      'Answer with ONE JSON object and nothing else',
      ...fields().map((field) => `- "${field}": `),
    ])
      expect(instructions).toContain(words);
  });

  it('is asked for again with the reason, the brief and the news', async () => {
    const plan = { ...post(format).plan, newsPeg: 'A crane fell.' };
    const again = 'the caption is empty';
    await draft(post(format, { brief: 'Only things that float.', plan }), { call: 2, again });
    for (const words of [
      "The editor's brief for this batch:\nOnly things that float.",
      'News peg: A crane fell.',
      `There was a problem with the last draft: ${again}. Write the whole draft again without it.`,
    ])
      expect(sent().input).toContain(words);
  });

  it('is revised from the version that the editor read', async () => {
    const read = await written(post(format));
    const instructions = 'Say what the fourth hand is for.';
    await draft(post(format), { revision: 2, revise: { instructions, draft: read } });
    for (const text of [instructions, read.title, read.body, read.caption, read.shot])
      if (text !== null) expect(sent().input).toContain(text);
  });

  it('is in house style and paid for', async () => {
    const attempt = await draft(post(format), { revision: 2 });
    expect(attempt).toMatchObject({ outcome: 'kept', misses: [] });
    const [bill] = await stage.bill();
    const key = `post/UpkTZ26nc9Eb/draft/r2/run1/${asks}`;
    const prompt = loadPrompt(`draft_${format}`).version;
    const paid = { key, step: 'draft', outcome: 'kept', amount: bill?.amountNano, prompt };
    expect(attempt.charges).toMatchObject([paid]);
  });

  it.each([
    ['is kept where it is the last: its misses are for the person', true, 'kept'],
    ['counts as wasted while it may be asked for once more', false, 'rule_broken'],
  ])('off style %s', async (_what, last, outcome) => {
    stage.control.fail({ on: 'openai', kind: 'off-style' });
    const misses = [expect.stringMatching(/^the caption has/), expect.stringContaining('banned')];
    expect(await draft(post(format), { last })).toMatchObject({
      ...{ outcome: 'kept', misses: expect.arrayContaining(misses) as unknown },
      charges: [{ outcome, basis: 'priced' }],
    });
  });

  it('without words is paid for, refused, and says all that is missing', async () => {
    rewriteAnswers(stage, (value) => ({ ...value, title: '', caption: '', alt_text: null }));
    const charges = [{ outcome: 'rule_broken', basis: 'priced' }];
    const reason = 'the title is empty; the caption is empty';
    expect(await draft(post(format))).toMatchObject({ outcome: 'not_usable', reason, charges });
  });
});

describe('an article like one that is published', () => {
  const quay = { ...account, handle: 'quay', freshness: { similarity: 0.5, lookBackMs: 90 * 86_400_000 } };
  const article = (change: Partial<PostInput> = {}) => post('hero_text', { account: quay, ...change });
  const BODY = 'The clock over the gate shows two times. The sea keeps the other one, and nobody minds it.';
  const CHECK = { rule: 'body.fresh', ok: false };
  beforeAll(async () => {
    const told = { title: 'Two clocks', body: BODY, status: 'published', offline: true } as const;
    const published = { ...told, publishedAt: new Date().toISOString() };
    const batch = batchRecord('Batchbatch02', quay.handle);
    await stage.archive.records.savePost(postRecord('Postclock001', batch, published));
  });
  /** What a real model's worker makes of an answer with that body, as far as it can tell. */
  const checksOf = async (of: PostInput, change: Partial<Services> = {}) => {
    rewriteAnswers(stage, (value) => ({ ...value, body: BODY.replace('minds', 'sees') }));
    const settings = { apiKey: 'k', baseUrl: stage.openAiBaseUrl, api: 'responses' } as const;
    const services = stage.services({ text: new OpenAiText({ ...settings, offline: false }), ...change });
    return kept(await draft(of, { last: true }, services)).value.checks;
  };

  it('has a check that names it', async () => {
    const detail = expect.stringMatching(/^the body, .* is like "Two clocks" \(Postclock001\)/) as string;
    expect(await checksOf(article())).toEqual([{ ...CHECK, detail }]);
  });

  it('has none where a person wants it told again, in an account that looks for none, and by a stand-in', async () => {
    expect(await checksOf(article({ repeat: 'New readers.' }))).toBeUndefined();
    expect(await checksOf(article({ account: { ...quay, freshness: undefined } }))).toBeUndefined();
    expect(await checksOf(article(), { text: stage.services().text })).toBeUndefined();
  });

  it('is kept, and says that it was not compared, while the archive is away', async () => {
    const listRecentPosts = () => Promise.reject(new Error('no server at 10.0.0.7'));
    const archive = { ...stage.archive, records: { ...stage.archive.records, listRecentPosts } };
    const detail = 'the body could not be compared with earlier ones: the archive did not answer';
    expect(await checksOf(article(), { archive })).toEqual([{ ...CHECK, detail }]);
  });
});

it('an article has a body and no shot, within its own limits', async () => {
  const value = await written(post('hero_text'));
  expect(sent().input).toContain('\n- Body: at least 4 paragraphs, at most 377 words\n');
  expect(fields()).not.toContain('shot_description');
  expect(value.body?.split('\n\n').length).toBeGreaterThanOrEqual(4);
  expect(value.body?.trimEnd().endsWith('\nThe sea keeps the other time.')).toBe(true);
  expect(value.shot).toBeNull();
});

it('a clip has a shot and no body', async () => {
  const value = await written(post('video'));
  expect(fields()).not.toContain('body');
  expect(value).toMatchObject({ body: null, shot: expect.stringMatching(/\S/) as string });
  expect(value.caption.endsWith('\nThe sea keeps the other time.')).toBe(true);
});

it('a format that the registry lacks is a bug, and pays for nothing', async () => {
  const unknown = "content_format 'podcast' is not one of video, hero_text";
  await expect(draft({ ...post('video'), contentFormat: 'podcast' })).rejects.toThrow(unknown);
  expect(stage.recorder.calls).toEqual([]);
});
