import type { Account } from '../../account.js';
import type { ContentFormat } from '../../formats/format.js';
import { formatOf } from '../../formats/registry.js';
import { mixSize, splitMix, type Mix } from '../../mix.js';
import { sumNano, type Nano } from '../nano.js';
import type { MediaStep, Step } from '../../states.js';
import { estimateMedia, mediaPrice, orderedUnits } from './media-price.js';
import {
  estimateText,
  mostOutputTokens,
  mostText,
  plainUsage,
  textPrice,
  type TextUsage,
} from './text-price.js';
import type { TextRate } from './text-rate.js';

/** A batch that may be started. */
export interface PlannedBatch {
  readonly account: Account;
  /** One of its planners. */
  readonly planner: string;
  readonly mix: Mix;
  readonly brief: string | null;
  /** What the batch may spend, in nano-USD. */
  readonly budget: Nano;
  /** What the text server's tokens cost; null, as when left out, to go by the models' names. */
  readonly textRate?: TextRate | null;
}

/** The steps that cost money. */
export type PaidStep = Extract<Step, 'plan' | 'draft' | 'hero_image' | 'video'>;

/** The calls of one step. */
export interface PlannedCalls {
  readonly step: PaidStep;
  readonly model: string;
  readonly calls: number;
  /** What the dearest of them is expected to cost, in nano-USD. */
  readonly dearest: Nano;
  /** What all of them are, in nano-USD. */
  readonly total: Nano;
  /** Whether the price table has the model; if not, the dearest price that we know stands in. */
  readonly known: boolean;
}

export interface BatchEstimate {
  /** In the order of the pipeline, without the steps that the mix doesn't need. */
  readonly calls: readonly PlannedCalls[];
  /** Nano-USD. */
  readonly total: Nano;
  readonly fitsBatch: boolean;
  /** Whether it is within the account's limit for a month, if nothing else is spent in it. */
  readonly fitsMonth: boolean;
  /** The steps that wait for a person, for being dearer than the account's `confirmOver`. */
  readonly confirm: readonly PaidStep[];
}

/** So many calls of one step at the same expected cost. */
interface Calls {
  readonly step: PaidStep;
  readonly calls: number;
  readonly each: Nano;
}

const STEPS: readonly PaidStep[] = ['plan', 'draft', 'hero_image', 'video'];

/**
 * The calls that a batch plans when each is asked once, and what they are expected to cost by the table. It asks nobody:
 * the titles that the account has taken already, which the planner reads too, are not counted.
 */
export function estimateBatch(order: PlannedBatch): BatchEstimate {
  const { account, budget } = order;
  const all = [
    ...planCalls(order),
    ...Object.entries(order.mix).flatMap(([name, count]) => postCalls(order, name, count)),
  ];
  const rows = STEPS.flatMap((step) => rowOf(step, modelOf(account, step), all, order.textRate ?? null));
  const total = sumNano(rows.map((row) => row.total));
  const { month = null, confirmOver = null } = account.budget;
  return {
    calls: rows,
    total,
    fitsBatch: total <= budget,
    fitsMonth: month === null || total <= month,
    confirm: rows
      .filter(({ dearest }) => confirmOver !== null && dearest > confirmOver)
      .map(({ step }) => step),
  };
}

function planCalls({ account, planner, mix, brief, textRate }: PlannedBatch): Calls[] {
  let titles = 0;
  return splitMix(mix).map((page) => {
    const usage = planUsage({ account, planner, mix: page, brief, titles });
    titles += mixSize(page);
    return { step: 'plan', calls: 1, each: estimateText(account.models.plan, usage, textRate).amount };
  });
}

function postCalls(
  { account, planner, brief, textRate }: PlannedBatch,
  name: string,
  calls: number,
): Calls[] {
  const format: ContentFormat = formatOf(name);
  const usage = draftUsage({ account, planner, format, brief });
  return [
    { step: 'draft', calls, each: estimateText(account.models.draft, usage, textRate).amount },
    ...format.media.map((step) => ({ step, calls, each: estimateMediaStep(account, step) })),
  ];
}

/** What the account's picture or clip is expected to cost, nano-USD. */
export function estimateMediaStep(account: Account, step: MediaStep): Nano {
  const endpoint = modelOf(account, step);
  return estimateMedia(endpoint, step === 'video' ? 'clip' : 'picture', orderedUnits(step, endpoint)).amount;
}

function rowOf(
  step: PaidStep,
  model: string,
  all: readonly Calls[],
  textRate: TextRate | null,
): PlannedCalls[] {
  const own = all.filter((calls) => calls.step === step);
  if (own.length === 0) return [];
  return [
    {
      step,
      model,
      calls: own.reduce((sum, { calls }) => sum + calls, 0),
      dearest: Math.max(...own.map(({ each }) => each)),
      total: sumNano(own.map(({ calls, each }) => calls * each)),
      known:
        (step === 'plan' || step === 'draft' ? (textRate ?? textPrice(model)) : mediaPrice(model)) !== null,
    },
  ];
}

function modelOf({ models }: Account, step: PaidStep): string {
  switch (step) {
    case 'plan':
      return models.plan;
    case 'draft':
      return models.draft;
    case 'hero_image':
      return models.image;
    case 'video':
      return models.video;
  }
}

/** Output tokens of a plan of so many items. */
export const usualPlanOutput = (items: number): number => 250 * items;

/** Output tokens of a post's draft. */
export const usualDraftOutput = (format: Pick<ContentFormat, 'hasBody'>): number =>
  format.hasBody ? 1_000 : 450;

/** OpenAI's own rule of thumb for English. */
const CHARACTERS_PER_TOKEN = 4;

/** Input tokens of a prompt of so many characters. */
export const inputTokens = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

/** The characters of the prompts beside what the account gives: `activities/prompts/`, which a test holds these to. */
const PLAN_PROMPT = 1_490;
const DRAFT_PROMPT = 1_490;
const TITLE = 60;
/** Of the titles that are taken, the prompt lists no more than this. */
export const LISTED_TITLES = 150;

export interface UsualPlan {
  readonly account: Account;
  /** One of its planners. */
  readonly planner: string;
  /** The page's. */
  readonly mix: Mix;
  readonly brief: string | null;
  /** How many titles the batch has planned so far. */
  readonly titles: number;
}

/** What planning a page of a batch is expected to take. */
export function planUsage({ account, planner, mix, brief, titles }: UsualPlan): TextUsage {
  const formats = Object.keys(mix).map((name) => formatOf(name).purpose.length + name.length + 4);
  const taken = Math.min(titles, LISTED_TITLES) * TITLE;
  const { covers, guidance } = account.planners[planner]!;
  const characters =
    PLAN_PROMPT +
    ofAccount(account) +
    covers.length +
    guidance.length +
    sum(formats) +
    taken +
    ofBrief(brief);
  return plainUsage(inputTokens(characters), usualPlanOutput(mixSize(mix)));
}

export interface UsualDraft {
  readonly account: Account;
  /** One of its planners. */
  readonly planner: string;
  readonly format: ContentFormat;
  readonly brief: string | null;
}

/** What writing a post is expected to take, the plan that it is written from included. */
export function draftUsage({ account, planner, format, brief }: UsualDraft): TextUsage {
  const plan = usualPlanOutput(1) * CHARACTERS_PER_TOKEN;
  const { covers } = account.planners[planner]!;
  const characters =
    DRAFT_PROMPT + ofAccount(account) + account.look.length + covers.length + plan + ofBrief(brief);
  return plainUsage(inputTokens(characters), usualDraftOutput(format));
}

/** The most that writing a post can cost, which a budget must hold for it: nano-USD. @param textRate as of `answerMost` */
export function draftMost(draft: UsualDraft, textRate: TextRate | null): Nano {
  // No token is shorter than a character.
  const input = draftUsage(draft).input * CHARACTERS_PER_TOKEN;
  const output = mostOutputTokens(usualDraftOutput(draft.format));
  return mostText(draft.account.models.draft, { input, output }, textRate);
}

/** The longest answer to a reader, beside its citations, in tokens. */
export const ANSWER_OUTPUT = 800;
/** The most input tokens of an answer beside what the account gives: its prompt with one whole post, and what a server adds. */
const ANSWER_PROMPT = 5_000;

/**
 * The most that one answer to a reader can cost, which a budget must hold for it, from one whole post and without an earlier
 * question: nano-USD.
 *
 * @param textRate what the text server's tokens cost; null to go by the model's name
 */
export function answerMost({ name, bio, voice, models }: Account, textRate: TextRate | null): Nano {
  // No token is shorter than a character.
  const input = ANSWER_PROMPT + name.length + bio.length + voice.length;
  const output = mostOutputTokens(ANSWER_OUTPUT);
  return mostText(models.chat ?? models.draft, { input, output }, textRate);
}

/** What every prompt says of an account. */
const ofAccount = ({ name, bio, voice, style }: Account): number =>
  name.length + bio.length + voice.length + sum(style.bannedPhrases.map((phrase) => phrase.length + 4));

const ofBrief = (brief: string | null): number => brief?.length ?? 0;
const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
