import { randomInt } from 'node:crypto';
import type { Account } from '../contract/account.js';
import type { PlannedPost } from '../contract/batch.js';
import { formatOf } from '../contract/formats/registry.js';
import { spendFor } from '../contract/money/spend.js';
import { newId } from '../contract/ids.js';
import { mixSize, specialMessage, type Mix } from '../contract/mix.js';
import { usualPlanOutput, LISTED_TITLES } from '../contract/money/prices/usual.js';
import type { Services } from '../services/services.js';
import { planKey } from '../contract/money/charge-keys.js';
import { plannerOf, styleValues } from './account-values.js';
import { withHeartbeat } from './heartbeat.js';
import { askOnce, type TextAttempt } from './paid-text.js';
import { cutItem, type CutItem } from './plan-cut.js';
import { planProblem } from './plan-rules.js';
import { planSchema, type Page } from './plan-schema.js';
import { againWords, fillPrompt, loadPrompt } from './prompts.js';
import { patiently } from './spend.js';

/** A page of a batch to plan. */
export interface PlanTask {
  readonly batchId: string;
  readonly account: Account;
  readonly planner: string;
  /** The page's share of the batch's mix. */
  readonly mix: Mix;
  /** From 1. */
  readonly page: number;
  /** Which call of the page this is, from 1. */
  readonly call: number;
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

export const createPlan = (services: Services) => ({
  /** Plans a page of posts to its exact mix and draws their ids. @throws ApplicationFailure by the failure table */
  async plan(task: PlanTask): Promise<PlanAttempt> {
    const recent = await withHeartbeat(null, () =>
      patiently(services, () => services.archive.records.listTitles(task.account.handle, RECENT_TITLES)),
    );
    if ('outcome' in recent) return { ...recent, ...unasked(services, task) };
    const taken = [...new Set([...recent, ...task.titlesSoFar])];
    const prompt = fillPrompt(loadPrompt('plan'), promptValues(task, taken));
    const count = mixSize(task.mix);
    const cut = ({ items }: Page): CutItem[] => items.map((item) => cutItem(item, task.account.style));
    const attempt = await askOnce(services, {
      step: 'plan',
      spend: spendFor({ ...task, postId: null }),
      key: planKey(task),
      name: 'plan',
      model: task.account.models.plan,
      schema: planSchema(task.mix, task.account.style),
      instructions: prompt.instructions,
      input: prompt.input,
      // An item holds at most 5,000 characters or so; room to think is the text service's.
      maxOutputTokens: 500 + 1_200 * count,
      usualOutput: usualPlanOutput(count),
      prompt: prompt.version,
      problem: (page) =>
        planProblem(
          cut(page).map(({ item }) => item),
          { mix: task.mix, taken },
        ),
    });
    const offlineBatch = services.text.offline || services.media.offline;
    if (attempt.outcome !== 'kept') return { ...attempt, offlineBatch };
    return { ...attempt, value: cut(attempt.value).map(toPost), offlineBatch };
  },
});

/** The facts of a plan that was not asked for, since the titles that it must differ from could not be read. */
const unasked = ({ text, now }: Services, { account }: PlanTask) => ({
  charges: [],
  provider: text.provider,
  model: account.models.plan,
  seconds: null,
  prompt: loadPrompt('plan').version,
  offline: text.offline,
  at: now().toISOString(),
  offlineBatch: false,
});

function toPost({ item, checks }: CutItem): PlannedPost {
  const { content_format: contentFormat, title, topic, angle, rationale, news_peg: newsPeg, button } = item;
  return {
    id: newId(randomInt),
    contentFormat,
    title,
    plan: { topic, angle, rationale, newsPeg, button },
    checks,
  };
}

function promptValues(task: PlanTask, taken: readonly string[]): Record<string, string> {
  const { covers, guidance } = plannerOf(task.account, task.planner);
  const listed = taken.slice(-LISTED_TITLES);
  return {
    ...styleValues(task.account),
    planner: task.planner,
    covers,
    guidance,
    formatNames: Object.keys(task.mix)
      .map((name) => `"${name}"`)
      .join(', '),
    formats: Object.keys(task.mix)
      .map((name) => `- ${name}: ${formatOf(name).purpose}`)
      .join('\n'),
    specialMessage: specialMessage(task.mix),
    takenTitles: listed.length > 0 ? listed.map((title) => `- ${title}`).join('\n') : 'none',
    brief: task.brief ? `The editor's brief for this batch:\n${task.brief}` : '',
    again: task.again ? againWords('plan', task.again) : '',
  };
}
