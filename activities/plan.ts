import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../contract/account.js';
import type { PlannedPost } from '../contract/batch.js';
import { formatOf } from '../contract/formats/registry.js';
import { spendFor } from '../contract/spend.js';
import { newId } from '../contract/ids.js';
import { mixSize, specialMessage, type Mix } from '../contract/mix.js';
import { usualPlanOutput } from '../contract/prices/usual.js';
import type { Services } from '../services/services.js';
import { plannerOf, styleValues } from './account-values.js';
import { askOnce, type TextAttempt } from './paid-text.js';
import { planProblem, type PlannedItem } from './plan-rules.js';
import { fillPrompt, loadPrompt } from './prompts.js';
import { orUnreachable } from './spend.js';

/** A page of a batch to plan. */
export interface PlanTask {
  readonly batchId: string;
  readonly account: Account;
  readonly planner: string;
  /** The page's share of the batch's mix. */
  readonly mix: Mix;
  /** From 1. */
  readonly page: number;
  /** Which paid try this is, from 1. */
  readonly ask: number;
  /** Why the answer before could not be used. */
  readonly again: string | null;
  readonly titlesSoFar: readonly string[];
  readonly brief: string | null;
  /** What the batch and its account may spend, where the archive does not know yet, nano-USD. */
  readonly budget?: number;
  /** A person has said to pay for it although it is dear. */
  readonly confirmed?: boolean;
}

export type PlanAttempt = TextAttempt<readonly PlannedPost[]> & {
  /** Whether any provider of this worker is a stand-in: what the batch makes is then a sample. */
  readonly offlineBatch: boolean;
};

/** How many of an account's newest titles a plan must differ from. */
const RECENT_TITLES = 100;
/** How many titles the prompt lists; the rule that no title repeats holds for all. */
const LISTED_TITLES = 150;

export const createPlan = (services: Services) => ({
  /** Plans a page of posts to its exact mix and draws their ids. @throws ApplicationFailure by the failure table */
  async plan(task: PlanTask): Promise<PlanAttempt> {
    const recent = await orUnreachable(() =>
      services.archive.recentTitles(task.account.handle, RECENT_TITLES),
    );
    const taken = [...new Set([...recent, ...task.titlesSoFar])];
    const prompt = fillPrompt(loadPrompt('plan'), promptValues(task, taken));
    const count = mixSize(task.mix);
    const attempt = await askOnce(services, {
      step: 'plan',
      spend: spendFor({ ...task, postId: null }),
      keyBase: `batch/${task.batchId}/plan/${task.page}/${task.ask}`,
      name: 'plan',
      model: task.account.models.plan,
      schema: planSchema(task),
      instructions: prompt.instructions,
      input: prompt.input,
      // An item holds at most 5,000 characters or so; room to think is the text service's.
      maxOutputTokens: 500 + 1_200 * count,
      usualOutput: usualPlanOutput(count),
      prompt: prompt.version,
      problem: ({ items }) => planProblem(items, { mix: task.mix, taken, style: task.account.style }),
    });
    return {
      ...attempt,
      value: attempt.value && attempt.value.items.map(toPost),
      offlineBatch: services.text.offline || services.media.offline,
    };
  },
});

function toPost(item: PlannedItem): PlannedPost {
  const { title, topic, angle, rationale, news_peg: newsPeg, button } = item;
  return {
    id: newId(randomInt),
    contentFormat: item.content_format,
    title: title.trim(),
    plan: {
      topic: topic.trim(),
      angle: angle.trim(),
      rationale: rationale.trim(),
      newsPeg,
      button: button.trim(),
    },
  };
}

/** Lengths stand in the descriptions: OpenAI's strict schemas know no `maxLength`. */
function planSchema(task: PlanTask) {
  const item = z.object({
    content_format: z.enum(Object.keys(task.mix)),
    title: z
      .string()
      .describe(`Working title. Title: at most ${task.account.style.titleMaxCharacters} characters`),
    topic: z.string().describe('What the piece is about, at most 400 characters'),
    angle: z.string().describe('The one claim it makes and how it gets there, at most 2000 characters'),
    rationale: z
      .string()
      .describe(
        'Why this account; news peg or evergreen; why this format; how it freshens the batch. At most 2000 characters',
      ),
    news_peg: z.string().nullable().describe('The news it hangs on, or null for an evergreen'),
    button: z.string().describe('The closing line that the piece lands on, at most 160 characters'),
  });
  return z.object({ items: z.array(item).describe(specialMessage(task.mix)) });
}

function promptValues(task: PlanTask, taken: readonly string[]): Record<string, string> {
  const { covers, guidance } = plannerOf(task.account, task.planner);
  const listed = taken.slice(-LISTED_TITLES);
  return {
    ...styleValues(task.account),
    planner: task.planner,
    covers,
    guidance,
    formats: Object.keys(task.mix)
      .map((name) => `- ${name}: ${formatOf(name).purpose}`)
      .join('\n'),
    specialMessage: specialMessage(task.mix),
    takenTitles: listed.length > 0 ? listed.map((title) => `- ${title}`).join('\n') : 'none',
    brief: task.brief ? `The editor's brief for this batch:\n${task.brief}` : '',
    again: task.again ? `Your answer before could not be used: ${task.again}. Answer anew, whole.` : '',
  };
}
