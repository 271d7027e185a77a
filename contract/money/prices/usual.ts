/** How many tokens a call to plan or to draft usually takes, for estimates. The usual, not the limit. */
import type { Account } from '../../account.js';
import type { ContentFormat } from '../../formats/format.js';
import { formatOf } from '../../formats/registry.js';
import { mixSize, type Mix } from '../../mix.js';
import { plainUsage, type TextUsage } from './text-price.js';

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

/** What every prompt says of an account. */
const ofAccount = ({ name, bio, voice, style }: Account): number =>
  name.length + bio.length + voice.length + sum(style.bannedPhrases.map((phrase) => phrase.length + 4));

const ofBrief = (brief: string | null): number => brief?.length ?? 0;
const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
