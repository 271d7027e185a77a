import { randomInt } from 'node:crypto';
import type { Account } from '../contract/account.js';
import type { PlannedPost } from '../contract/batch.js';
import type { NewsItem } from '../contract/news.js';
import { formatOf } from '../contract/formats/registry.js';
import { spendFor } from '../contract/money/spend.js';
import { newId } from '../contract/ids.js';
import { mixSize, specialMessage, type Mix } from '../contract/mix.js';
import { postUrl } from '../contract/address.js';
import { usualPlanOutput, LISTED_TITLES } from '../contract/money/prices/estimate.js';
import type { Services } from '../services/services.js';
import { planKey } from '../contract/money/charge.js';
import { plannerOf, styleValues, againWords, fillPrompt, loadPrompt } from './prompts.js';
import { withHeartbeat } from './heartbeat.js';
import { pegItems, newsFieldWords, newsWords } from './plan-news.js';
import { askOnce, type TextAttempt } from './paid-text.js';
import { repeatCheck, repeatReason, repeatsIn, toldSoFar, type Idea, type Repeat } from './freshness.js';
import { readPast, type Past, recentWords } from './past.js';
import { cutItem, type CutItem, planProblem } from './plan-rules.js';
import { planSchema, type PlannedPage } from './plan-schema.js';
import { patiently } from './spend.js';

/** A page of a batch to plan. */
export interface PlanTask {
  readonly batchId: string;
  /** Of the workflow, for the key of the charge. */
  readonly run: string;
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
  /** What the page before has planned: the archive may not know its posts yet. */
  readonly planned?: readonly Idea[];
  readonly brief: string | null;
  /** The news that its items may hang on; none when left out. */
  readonly news?: readonly NewsItem[];
  /** Why a person wants something told again; null, as when left out, where nobody does. */
  readonly repeat?: string | null;
  /** It is not asked for again for its repeats. */
  readonly last: boolean;
  /** What the batch and its account may spend, where the archive does not know yet, nano-USD. */
  readonly budget?: number;
  /** A person has said to pay for it although it is dear. */
  readonly confirmed?: boolean;
}

export type PlanAttempt = TextAttempt<readonly PlannedPost[]> & {
  /** Whether any provider of this worker is a stand-in: what the batch makes is then a sample. */
  readonly offlineBatch: boolean;
};

export const createPlan = (services: Services) => ({
  /** Plans a page of posts to its exact mix and draws their ids. @throws ApplicationFailure by the failure table */
  async plan(task: PlanTask): Promise<PlanAttempt> {
    const past = await withHeartbeat(null, () => patiently(services, () => readPast(services, task.account)));
    if ('outcome' in past) return { ...past, ...unasked(services, task) };
    const taken = [...new Set([...past.titles, ...task.titlesSoFar])];
    const prompt = fillPrompt(loadPrompt('plan'), promptValues(task, taken, past));
    const count = mixSize(task.mix);
    const news = task.news ?? [];
    const cut = ({ items }: PlannedPage): CutItem[] =>
      pegItems(items, news).map(({ item, checks }) => {
        const fitting = cutItem(item, task.account.style);
        return { ...fitting, checks: [...fitting.checks, ...checks] };
      });
    const repeats = repeatRule(services, task, past);
    const attempt = await askOnce(services, {
      step: 'plan',
      spend: spendFor({ ...task, postId: null }),
      key: planKey(task),
      name: 'plan',
      model: task.account.models.plan,
      schema: planSchema(task.mix, task.account.style, news.length > 0),
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
      misses: (page) => {
        const items = cut(page).map(({ item }) => item);
        const found = repeats(items);
        return found.flatMap((repeat, at) => (repeat ? [repeatReason(items[at]!, repeat)] : []));
      },
      last: task.last,
    });
    const offlineBatch = services.text.offline || services.media.offline;
    if (attempt.outcome !== 'kept') return { ...attempt, offlineBatch };
    const kept = cut(attempt.value);
    const found = repeats(kept.map(({ item }) => item));
    const value = kept.map(({ item, checks }, at) => {
      const repeat = found[at];
      return toPost({ item, checks: repeat ? [...checks, repeatCheck(repeat)] : checks }, services, task);
    });
    return { ...attempt, value, offlineBatch };
  },
});

/**
 * What the items of a page repeat. Nothing where the account does not ask for it, where a person wants a repeat, and where a
 * stand-in plans: it repeats itself, says so, and can't do better when it is asked again.
 */
function repeatRule(
  { text }: Services,
  { account: { freshness }, batchId, planned = [], repeat = null }: PlanTask,
  { recent }: Past,
): (items: readonly Idea[]) => readonly (Repeat | null)[] {
  if (!freshness || repeat !== null || text.offline) return (items) => items.map(() => null);
  const told = toldSoFar(recent, planned, batchId);
  return (items) => repeatsIn(items, told, freshness.similarity);
}

/** The facts of a plan that was not asked for, since what it must differ from could not be read. */
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

function toPost({ item, checks }: CutItem, { deskUrl }: Services, { account }: PlanTask): PlannedPost {
  const { content_format: contentFormat, title, topic, angle, rationale, button } = item;
  const { news_peg: newsPeg, news_url: newsUrl = null } = item;
  const id = newId(randomInt);
  return {
    id,
    contentFormat,
    title,
    plan: { topic, angle, rationale, newsPeg, newsUrl, button },
    checks,
    url: postUrl(deskUrl, account.handle, id),
  };
}

function promptValues(task: PlanTask, taken: readonly string[], { recent }: Past): Record<string, string> {
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
    news: newsWords(task.news ?? []),
    newsField: newsFieldWords(task.news ?? []),
    recentPosts: recentWords(recent, task.repeat ?? null),
    brief: task.brief ? `The editor's brief for this batch:\n${task.brief}` : '',
    again: task.again ? againWords('plan', task.again) : '',
  };
}
