import { z } from 'zod';
import type { PostInput } from '../contract/batch.js';
import { formatOf } from '../contract/formats/registry.js';
import { spendFor } from '../contract/spend.js';
import type { ContentFormat } from '../contract/formats/format.js';
import type { HouseStyle } from '../contract/account.js';
import { usualDraftOutput } from '../contract/prices/usual.js';
import type { Services } from '../services/services.js';
import { plannerOf, styleValues } from './account-values.js';
import { draftProblem, tidyDraft, type Draft } from './draft-rules.js';
import { askOnce, type TextAttempt } from './paid-text.js';
import { fillPrompt, loadPrompt } from './prompts.js';

export type { Draft } from './draft-rules.js';

/** A post to write. */
export interface DraftTask {
  readonly post: PostInput;
  readonly revision: number;
  /** Which paid try this is, from 1. */
  readonly ask: number;
  /** Why the draft before could not be used. */
  readonly again: string | null;
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
  /** Writes a post in the account's voice, held to its house style. @throws ApplicationFailure by the failure table */
  async draft(task: DraftTask): Promise<DraftAttempt> {
    const { post } = task;
    const format = formatOf(post.contentFormat);
    const name = `draft_${format.name}`;
    const prompt = fillPrompt(loadPrompt(name), promptValues(task));
    const attempt = await askOnce(services, {
      step: 'draft',
      spend: spendFor({ ...post, postId: post.id, confirmed: task.confirmed }),
      keyBase: `post/${post.id}/draft/r${task.revision}/${task.ask}`,
      name,
      model: post.account.models.draft,
      schema: draftSchema(format, post.account.style),
      instructions: prompt.instructions,
      input: prompt.input,
      maxOutputTokens: maxOutputTokens(format, post.account.style),
      usualOutput: usualDraftOutput(format),
      prompt: prompt.version,
      problem: (value) => draftProblem(toDraft(value), post.account.style, post.plan.button),
    });
    return { ...attempt, value: attempt.value && toDraft(attempt.value) };
  },
});

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

interface Written {
  readonly title: string;
  readonly body?: string;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly image_prompt: string;
  readonly shot_description?: string;
  readonly alt_text: string;
}

const toDraft = (written: Written): Draft =>
  tidyDraft({
    title: written.title,
    body: written.body ?? null,
    caption: written.caption,
    hashtags: written.hashtags,
    imagePrompt: written.image_prompt,
    shot: written.shot_description ?? null,
    altText: written.alt_text,
  });

/** The house style's limits stand in the descriptions: OpenAI's strict schemas know no `maxLength`. */
function draftSchema(format: ContentFormat, style: HouseStyle): z.ZodType<Written> {
  const body = z
    .string()
    .describe(
      `The article. At least ${style.bodyMinParagraphs} paragraphs separated by blank lines, at most ${style.bodyMaxWords} words; the last line is the button`,
    );
  const shot = z
    .string()
    .describe('What moves and how the camera moves, from the hero frame on, at most 2000 characters');
  const shape: Record<string, z.ZodType> = {
    title: z.string().describe(`Title: at most ${style.titleMaxCharacters} characters`),
    ...(format.hasBody && { body }),
    caption: z
      .string()
      .describe(`Caption: at most ${style.captionMaxCharacters} characters, without hashtags`),
    hashtags: z
      .array(z.string())
      .describe(`Hashtags: between ${style.hashtagsMin} and ${style.hashtagsMax}, each one word without #`),
    image_prompt: z.string().describe('The picture, without any writing in it, at most 2000 characters'),
    ...(format.media.includes('video') && { shot_description: shot }),
    alt_text: z
      .string()
      .describe('What the picture shows, for somebody who cannot see it, at most 1000 characters'),
  };
  return z.object(shape) as unknown as z.ZodType<Written>;
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
    again: again ? `Your draft before could not be used: ${again}. Write it anew, whole.` : '',
  };
}
