import { z } from 'zod';
import type { HouseStyle } from '../contract/account.js';
import { DRAFT_LIMITS, HASHTAG_CHARACTERS, type Draft } from '../contract/draft.js';
import type { ContentFormat } from '../contract/formats/format.js';
import { lenientText, texts } from './lenient.js';
import { tidyDraft } from './draft-rules.js';

/** A draft under the names that the model is given. */
export interface Written {
  readonly title: string;
  readonly body?: string;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly image_prompt: string;
  readonly shot_description?: string;
  readonly alt_text: string;
}

/** The most characters of a word in any language, with its space: what keeps a model that loops from going on. */
const CHARACTERS_A_WORD = 10;

/** What a format's draft is made of. The limits stand in the descriptions too, for models that see nothing else. */
export function draftSchema(format: ContentFormat, style: HouseStyle): z.ZodType<Written> {
  const { titleMaxCharacters, bodyMinParagraphs, bodyMaxWords, captionMaxCharacters } = style;
  const { hashtagsMin: minItems, hashtagsMax: maxItems } = style;
  const bodyMost = Math.min(DRAFT_LIMITS.body, bodyMaxWords * CHARACTERS_A_WORD);
  const shape: Record<string, z.ZodType> = {
    title: lenientText(`Title: at most ${titleMaxCharacters} characters`, titleMaxCharacters),
    ...(format.hasBody && {
      body: lenientText(
        `The article. At least ${bodyMinParagraphs} paragraphs separated by blank lines, at most ${bodyMaxWords} words; the last paragraph lands on the button`,
        bodyMost,
      ),
    }),
    caption: lenientText(
      `Caption: at most ${captionMaxCharacters} characters, without hashtags${format.hasBody ? '' : '; its last paragraph lands on the button'}`,
      captionMaxCharacters,
    ),
    hashtags: texts(`Hashtags: between ${minItems} and ${maxItems}, each one word without #`, {
      minItems,
      maxItems,
      maxLength: HASHTAG_CHARACTERS,
    }),
    image_prompt: lenientText(
      `The picture, without any writing in it, at most ${DRAFT_LIMITS.imagePrompt} characters`,
      DRAFT_LIMITS.imagePrompt,
    ),
    ...(format.media.includes('video') && {
      shot_description: lenientText(
        `What moves and how the camera moves, from the hero frame on, at most ${DRAFT_LIMITS.shot} characters`,
        DRAFT_LIMITS.shot,
      ),
    }),
    alt_text: lenientText(
      `What the picture shows, for somebody who cannot see it, at most ${DRAFT_LIMITS.altText} characters`,
      DRAFT_LIMITS.altText,
    ),
  };
  return z.preprocess(onlyObject, z.object(shape)) as unknown as z.ZodType<Written>;
}

/** A list of one draft is that draft. */
const onlyObject = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;

/** What the model wrote, as the record keeps it. */
export const toDraft = (written: Written): Draft =>
  tidyDraft({
    title: written.title,
    body: written.body ?? null,
    caption: written.caption,
    hashtags: written.hashtags,
    imagePrompt: written.image_prompt,
    shot: written.shot_description ?? null,
    altText: written.alt_text,
  });
