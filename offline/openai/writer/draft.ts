import { samplePosts, type SamplePost } from '../sample-posts.js';
import type { Facts } from './facts.js';
import { fit, paragraphsIn, quotable, sentencesIn, wordCount, isSayable } from './fit.js';
import {
  captionOf,
  hashtagsOf,
  pictureOf,
  placeholderBody,
  placeholderCaption,
  placeholderPlan,
  subjectOf,
  titlesOf,
} from './placeholder.js';
import { revised } from './revision.js';

/** The values of a draft, under the names that schemas use for them. */
export type DraftValues = Readonly<Record<string, unknown>>;

/**
 * Writes the piece that the prompt's plan is of: the hand-written post of that title where there is one and it keeps the
 * prompt's limits, else a placeholder. What an editor wants changed is changed in the version that they read.
 */
export function draftValues(facts: Facts): DraftValues {
  const { topic, angle, button: planned } = placeholderPlan(facts);
  const button = facts.line('Button') ?? planned ?? '';
  const post = postOf(facts, button);
  const hasBody = facts.has('body');
  const title = fit(facts.revision?.title ?? facts.line('Title') ?? titleOf(facts), facts.limit('title'));
  const sentences = post ? sentencesIn(hasBody ? post.caption : post.clip) : placeholderCaption(facts);
  const words = {
    body: post?.body ?? placeholderBody(facts, button),
    caption: captionOf(facts, sentences, hasBody ? null : button),
  };
  const { revision } = facts;
  const said = revision ? revised(facts, revision, button) : words;
  const scene = post?.image ?? `An abstract picture for “${quotable(facts.line('Title') ?? title)}”.`;
  return {
    title,
    button,
    ...said,
    body: said.body ?? words.body,
    hashtags: hashtagsOf(facts, revision?.hashtags ?? post?.hashtags ?? []),
    ...pictureOf(facts, scene),
    shot_description: fit(
      post?.shot ?? 'A slow drift across the picture and back to where it began.',
      facts.limit('shot_description'),
    ),
    topic: facts.line('Topic') ?? topic,
    angle: facts.line('Angle') ?? angle,
    summary: 'A summary will stand here.',
    answer: 'This is a sample answer: without a key there is no model that could read the question.',
  };
}

const titleOf = (facts: Facts): string =>
  titlesOf(subjectOf(facts), 1).find((title) => title.length <= facts.limit('title')) ?? '1';

/** The hand-written post that the prompt asks for, with the button that it asks for; null where there is none that it allows. */
function postOf(facts: Facts, button: string): SamplePost | null {
  const title = facts.line('Title');
  const post = samplePosts(facts.handle ?? '').find((one) => one.title === title);
  if (!post) return null;
  const body = post.body.slice(0, -post.button.length) + button;
  const texts = [body, post.caption, post.clip].join('\n');
  const keeps =
    wordCount(body) <= facts.words &&
    body.length <= facts.limit('body') &&
    paragraphsIn(body).length >= facts.paragraphs &&
    isSayable(facts, texts);
  return keeps ? { ...post, body } : null;
}
