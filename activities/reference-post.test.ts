/** A post that a system like this one published for real. The house style that a new account gets must let it through. */
import { expect, it } from 'vitest';
import { parseAccount } from '../config/accounts/parse.js';
import { checkDraft, failedChecks } from '../contract/checks.js';
import { formatOf } from '../contract/formats/registry.js';
import { draftProblem } from './draft-rules.js';
import { draftSchema, toDraft } from './draft-schema.js';

const { account } = parseAccount(
  'nightferries',
  'name: A\nbio: B\nvoice: C\nlook: D\nplanners: { e: { covers: F, guidance: G } }\n',
);
const style = account!.style;

const button =
  "the benchmark isn't the model. It's the agreement between the training team and the evaluators.";
const written = {
  title: "Why benchmark scores don't predict what your model will actually do",
  body: `Every major model release now comes with a leaderboard screenshot and a number designed to end the conversation. MMLU: 89.2. HumanEval: 91.4. The coverage follows within the hour. Rarely does anyone ask the one question that changes what the number means: was any of this in the training data?

Contamination isn't exotic. It's the default risk when the eval sets are public, the training corpora are massive and poorly documented, and the team reporting the result is also the team that picked the benchmark. 'Held-out' in practice means the evaluators didn't intentionally train on it. That's a different claim than 'the model has never seen this.' When you ask a model to solve a problem it saw a paraphrase of during pre-training, you're measuring recall with extra steps. When benchmark committees don't publish decontamination methodology, a top leaderboard position is not evidence of capability. It's evidence that the eval wasn't adversarial enough.

What to actually ask when a new result lands: Did they test on a private held-out set with verifiable timestamps? Did performance hold on tasks released after the training cutoff? Does the number move when you swap to a structurally similar benchmark the model hasn't been optimized against? Those questions rarely appear in the press release. The benchmark isn't the model. It's the agreement between the training team and the evaluators, and right now that agreement is doing a lot of work it was never designed to do.`,
  caption: "A leaderboard position is an agreement between the training team and the evaluators. That's it.",
  hashtags: ['ai', 'machinelearning', 'llm', 'mlops'],
  image_prompt: 'A leaderboard printed on a paper receipt',
  alt_text: 'A paper receipt with a list of scores',
};

it.each([
  ['as the default style has it', style, written],
  ['where the button is asked for', { ...style, buttonLast: true }, written],
  [
    'with its hashtags in the caption',
    style,
    { ...written, caption: `${written.caption} #ai #machinelearning #llm #mlops`, hashtags: [] },
  ],
])('has no failed check %s', (_name, held, answer) => {
  const draft = toDraft(draftSchema(formatOf('hero_text'), held).parse(answer));
  expect(draftProblem(draft)).toBeNull();
  expect(failedChecks(checkDraft(draft, held, button))).toEqual([]);
  expect(draft.hashtags).toEqual(['ai', 'machinelearning', 'llm', 'mlops']);
});

it('does not ask for the button by default', () => {
  expect(style.buttonLast).toBe(false);
});
