import type { Account, Target } from '../contract/account.js';
import { checkDraft } from '../contract/checks.js';
import type { Draft } from '../contract/draft.js';
import type { EditInput, PublishedEdit, TargetEdit } from '../contract/edit.js';
import type { PostStatus, TargetText } from '../contract/status.js';
import { FEED } from '../contract/targets/target.js';
import { unfitEdit } from './post/dropped-decision.js';
import { readDecision } from './post/read-decision.js';
import { editDraft, type OwnText, type Words } from './post/state/words.js';
import {
  fittedText,
  kindOf,
  ownTextRefusal,
  targetTexts,
  textChecks,
  withOwnText,
  type Written,
} from './post/texts.js';

/** A published post that is to be edited, as the archive has it. */
export interface PublishedWork {
  readonly status: PostStatus;
  readonly account: Account;
  /** Its own page. */
  readonly url: string;
}

/** What an edit of a published post comes to. */
export type EditPlan =
  | { readonly refused: string }
  /** The post says all of it already. */
  | { readonly refused: null; readonly edit: null }
  | {
      readonly refused: null;
      readonly edit: PublishedEdit;
      /** The targets that are to change what they have. */
      readonly targets: readonly string[];
      /** Those that can't, although they have another text now. */
      readonly keeping: readonly Pick<TargetEdit, 'target' | 'reason'>[];
    };

/** Decides what an edit changes, before anything is changed. @param at when it is made, ISO 8601 */
export function editPublished(work: PublishedWork, input: EditInput, at: string): EditPlan {
  const { status, account } = work;
  const { postId, revision } = input;
  const read = readDecision('edit', input.edit);
  if ('problem' in read) return { refused: read.problem };
  const decision = read.decision as typeof read.decision & { kind: 'edit' };
  if (status.revision !== revision - 1)
    return { refused: `revision ${status.revision} came meanwhile; look at it before you edit it` };
  const before = written(work);
  const { changes, own, hero, by } = decision;
  const unfit = unfitEdit(status, decision) ?? (own ? ownTextRefusal(before, own) : null);
  if (unfit !== null) return { refused: unfit };
  if (hero !== undefined) return { refused: 'a published post keeps its picture' };
  const keeper = own && account.targets.find(({ name }) => name === own.target);
  const keeps = keeper && kindOf(keeper)?.keeps;
  if (keeps) return { refused: `${keeper.name} keeps what was published: ${keeps}` };

  const edited = { ...before, words: editDraft(before.words, changes) };
  const after = { ...edited, words: withOwnText(edited, own) };
  if (!differs(before, after)) return { refused: null, edit: null };
  const changed = account.targets.filter(
    (target) => isOut(status, target) && isAffected(target, status, after),
  );
  const [keeping, targets] = [changed.filter(keepsIt), changed.filter((target) => !keepsIt(target))];
  return {
    refused: null,
    edit: { postId, revision, by, at, ...wordsAfter(status, after, keeping) },
    targets: targets.map(({ name }) => name),
    keeping: keeping.map((target) => ({ target: target.name, reason: reasonOf(target) })),
  };
}

/** What the archive has of a post, as its workflow had it. What the picture was asked for in is of no more use. */
function written({ status, account, url }: PublishedWork): Written & { words: Words & { draft: Draft } } {
  const { title, body, caption, hashtags, altText, texts = [], checks, offline } = status;
  const draft = { title, body, caption, hashtags, altText, imagePrompt: '', shot: null };
  const input = { account, url };
  const own = texts.flatMap(({ target: name, text, own: isOwn }): [string, OwnText][] => {
    const target = account.targets.find((one) => one.name === name);
    if (!isOwn || !target) return [];
    const isBehind = checks.some(({ rule }) => rule === `text.${name}`);
    const fitted = fittedText({ input, offline, words: { draft, instructions: null } }, target)?.text ?? '';
    return [[name, { text, instead: isBehind ? '' : fitted }]];
  });
  return { input, offline, words: { draft, instructions: null, own: Object.fromEntries(own) } };
}

const differs = ({ words: before }: Written, { words: after }: Written): boolean =>
  JSON.stringify([before.draft, before.own]) !== JSON.stringify([after.draft, after.own]);

/** The words, what targets get of them, and the house style held against them. */
function wordsAfter(
  { checks, plan, texts: before = [] }: PostStatus,
  after: Written,
  keeping: readonly Target[],
): Omit<PublishedEdit, 'postId' | 'revision' | 'by' | 'at'> {
  const { title, body, caption, hashtags, altText } = after.words.draft!;
  // What is said of a target that keeps its text stays true.
  const kept = (text: TargetText): TargetText | undefined =>
    keeping.some(({ name }) => name === text.target)
      ? before.find(({ target }) => target === text.target)
      : undefined;
  const texts = targetTexts(after).map((text) => kept(text) ?? text);
  const { style } = after.input.account;
  const held = [...checkDraft(after.words.draft!, style, plan.button), ...textChecks(after)];
  const rules = new Set(held.map(({ rule }) => rule));
  // What its plan missed stands as it did.
  const others = checks.filter(({ rule }) => !rules.has(rule) && !rule.startsWith('text.'));
  const words = { title, body, caption, hashtags, altText };
  return { ...words, ...(texts.length > 0 && { texts }), checks: [...held, ...others] };
}

const isOut = ({ publications }: PostStatus, { name }: Target): boolean =>
  publications.some(({ target, removedAt }) => target === name && removedAt === null);

/** The page itself is edited with the record. A target that takes the whole post has it all changed. */
function isAffected(target: Target, { texts = [], altText }: PostStatus, after: Written): boolean {
  if (target.kind === FEED.kind) return false;
  const textIn = (list: PostStatus['texts']): string | undefined =>
    list?.find((one) => one.target === target.name)?.text;
  const now = textIn(targetTexts(after));
  return now === undefined || now !== textIn(texts) || altText !== after.words.draft?.altText;
}

const reasonOf = (target: Target): string =>
  kindOf(target)?.keeps ?? `this version can't edit what it published at a ${target.kind}`;
const keepsIt = (target: Target): boolean => kindOf(target) === null || kindOf(target)?.keeps !== undefined;
