import type { Check } from '../../contract/checks.js';
import type { TargetText } from '../../contract/status.js';
import { TARGET_KINDS } from '../../contract/targets/registry.js';
import { FEED, type Fitted, type TargetKind } from '../../contract/targets/target.js';
import { markOf, marked } from '../../contract/sample-words.js';
import { isSample, type Post } from './state/state.js';
import { putOwnText, type Words } from './state/words.js';
import type { OwnEdit } from './read-decision.js';
import type { PostInput } from '../../contract/batch.js';
import type { Edition } from '../../activities/publish.js';
import { formatOf } from '../../contract/formats/registry.js';
import { rowOf } from './state/rows.js';
import type { Target } from '../../contract/account.js';

/** What is written, and of what post, as far as it is fitted to targets. */
export interface Written {
  readonly input: Pick<PostInput, 'account' | 'url'>;
  readonly words: Words;
  /** Whether a stand-in made some of the post. */
  readonly offline: boolean;
}

export const writtenOf = ({ input, words, work }: Pick<Post, 'input' | 'words' | 'work'>): Written => ({
  ...{ input, words },
  offline: isSample({ input, work }),
});

/** Fitting counts characters again and again, and a status is asked for often; what is written never changes in place. */
const kept = new WeakMap<Words, { readonly mark: string | null; readonly texts: readonly TargetText[] }>();

/** What each target with a text of its own gets, in the order of the account; none before there is a draft. */
export function targetTexts(written: Written): readonly TargetText[] {
  const { input, words } = written;
  const mark = markOf(input.account, written.offline);
  const before = kept.get(words);
  if (before && before.mark === mark) return before.texts;
  const texts = input.account.targets.flatMap((target): TargetText[] => {
    const fitted = fittedText(written, target);
    if (fitted === null) return [];
    const own = ownTextOf(words, target.name);
    return own === null
      ? [{ target: target.name, ...fitted, own: false }]
      : [{ target: target.name, text: marked(own.text, mark), own: true, left: [] }];
  });
  kept.set(words, { mark, texts });
  return texts;
}

/** The text for a target; null where it takes the whole post. */
const textFor = (written: Written, target: string): string | null =>
  targetTexts(written).find((text) => text.target === target)?.text ?? null;

/** The post as it is fitted to a target, whatever a person wrote for it; null where the target takes the whole post. */
export function fittedText(written: Written, target: Target): Fitted | null {
  const { input, words } = written;
  const { draft } = words;
  const fit = kindOf(target)?.fit;
  if (!draft || !fit) return null;
  const { account } = input;
  // Where the account has no page of its own, there is nothing to link to.
  const hasPage = account.targets.some(({ kind }) => kind === FEED.kind);
  const { title, body, caption, hashtags } = draft;
  return fit({
    title,
    body,
    caption,
    hashtags,
    link: (hasPage && input.url) || '',
    disclosure: account.disclosure ?? null,
    mark: markOf(account, written.offline),
  });
}

/** A person's own text for one target. An empty one gives back the fitted text. */
export function withOwnText(written: Written, own: OwnEdit | undefined): Words {
  const { words, input } = written;
  const target = input.account.targets.find(({ name }) => name === own?.target);
  if (!own || !target) return words;
  const instead = fittedText(written, target)?.text;
  return putOwnText(
    words,
    own.target,
    own.text === '' || instead === undefined ? null : { text: own.text, instead },
  );
}

/** Why a person's own text is not taken for a target, in one clause; null when it is. An empty one gives back the fitted text. */
export function ownTextRefusal(
  { input, offline }: Pick<Written, 'input' | 'offline'>,
  { target: name, text }: { readonly target: string; readonly text: string },
): string | null {
  const { targets } = input.account;
  const target = targets.find((one) => one.name === name);
  if (!target) return `the account has no target ${name}, only ${targets.map((one) => one.name).join(', ')}`;
  const kind = kindOf(target);
  if (!kind?.fit) return `${name} shows the whole post, and has no text of its own`;
  const problem = text === '' ? null : kind.refuses(marked(text, markOf(input.account, offline)));
  return problem === null ? null : `${name} refuses the text: ${problem}`;
}

/** A person's own text stays when the words are edited; whoever approves is told that it may be behind. */
export const textChecks = (written: Written): Check[] =>
  written.input.account.targets.flatMap((target) => {
    const own = ownTextOf(written.words, target.name);
    if (own === null || own.instead === fittedText(written, target)?.text) return [];
    const detail = `the text for ${target.name} was written by a person before the words were edited`;
    return [{ rule: `text.${target.name}`, ok: false, detail }];
  });

const ownTextOf = ({ own = {} }: Words, target: string) =>
  (Object.hasOwn(own, target) && own[target]) || null;

/** Null for a kind that this version lacks, which a worker may have all the same. */
export const kindOf = ({ kind }: Target): TargetKind | null =>
  TARGET_KINDS.find((candidate) => candidate.kind === kind) ?? null;

/** What goes out at a target, as it was approved: the same on every attempt. */
export function editionFor(post: Post, target: string): Edition {
  const { input, words, work, decisions, out } = post;
  const { draft } = words;
  if (!draft) throw new Error('nothing was written, so nothing can be published');
  const isHome = input.account.targets.some(({ name, kind }) => name === target && kind === FEED.kind);
  const written = writtenOf(post);
  const mark = isHome ? null : markOf(input.account, written.offline);
  const assets = formatOf(input.contentFormat).media.flatMap((step) => rowOf(work.rows, step).asset ?? []);
  return {
    postId: input.id,
    account: input.account.handle,
    revision: decisions.revision,
    contentFormat: input.contentFormat,
    title: draft.title,
    body: draft.body && marked(draft.body, mark),
    caption: marked(draft.caption, mark),
    hashtags: draft.hashtags,
    altText: draft.altText,
    assets,
    language: input.account.language,
    text: textFor(written, target),
    at: out.began?.at,
  };
}
