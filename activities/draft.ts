import type { PostInput } from '../contract/batch.js';
import { formatOf } from '../contract/formats/registry.js';
import { spendFor } from '../contract/money/spend.js';
import type { HouseStyle } from '../contract/account.js';
import type { Check } from '../contract/checks.js';
import type { Draft } from '../contract/draft.js';
import type { ContentFormat } from '../contract/formats/format.js';
import { usualDraftOutput } from '../contract/money/prices/estimate.js';
import type { Services } from '../services/services.js';
import { draftKey } from '../contract/money/charge.js';
import { plannerOf, styleValues, againWords, fillPrompt, loadPrompt } from './prompts.js';
import { draftMisses, draftProblem } from './draft-rules.js';
import { draftSchema, toDraft, type Written } from './draft-schema.js';
import { bodyCheck } from './freshness.js';
import { withHeartbeat } from './heartbeat.js';
import { readRecent } from './past.js';
import { askOnce, type TextAttempt } from './paid-text.js';

/** A post to write. */
export interface DraftTask {
  readonly post: PostInput;
  /** Of the workflow, for the key of the charge. */
  readonly run: string;
  readonly revision: number;
  /** Which call of the revision this is, from 1. */
  readonly call: number;
  /** Why the draft before could not be used, or what it missed of the house style. */
  readonly again: string | null;
  /** It is not asked for again for its misses of the house style. */
  readonly last: boolean;
  /** A person has said to pay for it although it is dear. */
  readonly confirmed?: boolean;
  /** What a person wants changed, and what they read. */
  readonly revise: { readonly instructions: string; readonly draft: Draft } | null;
}

export type DraftAttempt = TextAttempt<Draft>;

/** The longest body twice over, and what stands beside it; room to think is the text service's. */
const maxOutputTokens = ({ hasBody }: ContentFormat, { bodyMaxWords }: HouseStyle): number =>
  2_500 + (hasBody ? 3 * bodyMaxWords : 0);

export const createDraft = (services: Services) => ({
  /**
   * Writes a post in the account's voice. What can be used is kept, whatever it misses of the house style.
   */
  async draft(task: DraftTask): Promise<DraftAttempt> {
    const { post } = task;
    const format = formatOf(post.contentFormat);
    const name = `draft_${format.name}`;
    const prompt = fillPrompt(loadPrompt(name), promptValues(task));
    const attempt = await askOnce<Written>(services, {
      step: 'draft',
      spend: spendFor({ ...post, postId: post.id, confirmed: task.confirmed }),
      key: draftKey({ ...task, postId: post.id }),
      name,
      model: post.account.models.draft,
      schema: draftSchema(format, post.account.style),
      instructions: prompt.instructions,
      input: prompt.input,
      maxOutputTokens: maxOutputTokens(format, post.account.style),
      usualOutput: usualDraftOutput(format),
      prompt: prompt.version,
      problem: (value) => draftProblem(toDraft(value)),
      misses: (value) => draftMisses(toDraft(value), post),
      last: task.last,
    });
    if (attempt.outcome !== 'kept') return attempt;
    const value = toDraft(attempt.value);
    const repeat = await findRepeat(services, post, value);
    return { ...attempt, value: repeat ? { ...value, checks: [repeat] } : value };
  },
});

/** So many of the newest posts have their bodies compared with a draft's: each takes some hundred microseconds. */
const MOST_BODIES = 200;

/** What the body repeats of the account's earlier ones; as with plans, nothing where that is wanted, and where a stand-in writes. */
async function findRepeat(services: Services, post: PostInput, { body }: Draft): Promise<Check | null> {
  const { account, repeat } = post;
  const { freshness } = account;
  if (!freshness || repeat !== undefined || services.text.offline || body === null) return null;
  try {
    const recent = await withHeartbeat(null, () => readRecent(services, account, MOST_BODIES));
    return bodyCheck(body, post, recent, freshness.similarity);
  } catch {
    // The draft is paid for, and is not lost for this. Readers may see the check, so it does not say which server is away.
    const detail = 'the body could not be compared with earlier ones: the archive did not answer';
    return { rule: 'body.fresh', ok: false, detail };
  }
}

/** The version that a person read, whole, and what they ask for. */
function revisionWords({ instructions, draft }: NonNullable<DraftTask['revise']>): string {
  const { title, body, caption, hashtags, shot } = draft;
  const parts = [
    `Title: ${title}`,
    body,
    `Caption: ${caption}`,
    `Hashtags: ${hashtags.join(', ')}`,
    shot && `Shot: ${shot}`,
  ];
  const read = parts.filter(Boolean).join('\n\n');
  return `The editor has read this version:\n<version>\n${read}\n</version>\n\nThe editor asks for this change; do it, and keep what is good:\n${instructions}`;
}

function promptValues({ post, again, revise }: DraftTask): Record<string, string> {
  const { plan } = post;
  return {
    ...styleValues(post.account),
    planner: post.planner,
    covers: plannerOf(post.account, post.planner).covers,
    title: post.title,
    topic: plan.topic,
    angle: plan.angle,
    rationale: plan.rationale,
    newsPeg: plan.newsPeg ?? 'none, an evergreen',
    button: plan.button,
    brief: post.brief ? `The editor's brief for this batch:\n${post.brief}` : '',
    revise: revise ? revisionWords(revise) : '',
    again: again ? againWords('draft', again) : '',
  };
}
