import { randomInt } from 'node:crypto';
import type { NewBatch } from '../../client/batches.js';
import type { Account } from '../../contract/account.js';
import { FORMAT_NAMES } from '../../contract/formats/registry.js';
import { ID_PATTERN, newId } from '../../contract/ids.js';
import { checkMix, MAX_BATCH } from '../../contract/mix.js';
import { parseUsd, toUsd } from '../../contract/money/nano.js';
import type { DeskDeps } from '../deps.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

/** The form of a new batch, as it was typed. */
export interface NewBatchForm {
  /** Drawn with the form, so that sending it twice starts one batch. */
  readonly id: string;
  readonly account: string;
  readonly planner: string;
  /** By format; empty for none. */
  readonly counts: Readonly<Record<string, string>>;
  /** US dollars; empty for the account's own. */
  readonly budget: string;
  readonly brief: string;
  /** Why something is wanted again; empty where nothing is. */
  readonly repeat: string;
  /** Whether readers' questions without an answer go to the planner. */
  readonly fromQuestions: boolean;
}

/** What is wrong, by the field at fault. */
export type FormProblems = Readonly<
  Partial<Record<'id' | 'account' | 'planner' | 'mix' | 'budget' | 'brief' | 'repeat', string>>
>;

/** The name of a format's field. */
export const countField = (format: string): string => `count_${format}`;

/** A form that nobody has filled in. */
export const emptyForm = (account: string, planner: string): NewBatchForm => ({
  id: newId((max) => randomInt(max)),
  account,
  planner,
  counts: { hero_text: '4', video: '1' },
  budget: '',
  brief: '',
  repeat: '',
  fromQuestions: false,
});

/** What was posted. An id that is none of ours is drawn anew: nothing can have been started by it. */
export function readNewBatchForm(texts: Readonly<Record<string, string>>): NewBatchForm {
  const text = (name: string): string => (texts[name] ?? '').trim();
  return {
    id: ID_PATTERN.test(text('id')) ? text('id') : newId((max) => randomInt(max)),
    account: text('account'),
    planner: text('planner'),
    counts: Object.fromEntries(FORMAT_NAMES.map((name) => [name, text(countField(name))])),
    budget: text('budget'),
    // Browsers send line ends as CRLF.
    brief: text('brief').replaceAll('\r\n', '\n'),
    repeat: text('repeat').replaceAll('\r\n', '\n'),
    fromQuestions: text('from_questions') !== '',
  };
}

/** The batch that a form asks for, or what is wrong with it. */
export function orderOf(
  form: NewBatchForm,
  account: Account,
): { order: NewBatch } | { problems: FormProblems } {
  const mix = mixOf(form.counts);
  const budget = form.budget === '' ? account.budget.batch : parseUsd(form.budget.replace(/^\$\s*/, ''));
  const problems: FormProblems = {
    ...('problem' in mix && { mix: mix.problem }),
    ...(!Object.hasOwn(account.planners, form.planner) && {
      planner: `Choose a planner of @${account.handle}.`,
    }),
    ...(budget === null && { budget: 'Give an amount in US dollars from 0 to 1000000, such as 5 or 2.50.' }),
    ...(form.brief.length > TEXT_LIMITS.brief && {
      brief: tooLong(form.brief, TEXT_LIMITS.brief),
    }),
    ...(form.repeat.length > TEXT_LIMITS.repeat && { repeat: tooLong(form.repeat, TEXT_LIMITS.repeat) }),
  };
  if (Object.keys(problems).length > 0 || 'problem' in mix || budget === null) return { problems };
  const { id, planner, brief, repeat } = form;
  const words = { brief: brief || null, repeat: repeat || null };
  return { order: { id, account, planner, mix: mix.mix, ...words, budgetUsd: toUsd(budget) } };
}

const tooLong = (text: string, most: number): string =>
  `It has ${text.length} characters; at most ${most} are allowed.`;

function mixOf(counts: NewBatchForm['counts']): ReturnType<typeof checkMix> {
  const wrong = Object.values(counts).find((text) => !/^\d{0,9}$/.test(text));
  if (wrong !== undefined) return { problem: `'${wrong.slice(0, 20)}' is not a whole number of posts.` };
  const wanted = Object.entries(counts).filter(([, text]) => Number(text) > 0);
  if (wanted.length === 0) return { problem: 'Give the number of posts of at least one format.' };
  const mix = checkMix(Object.fromEntries(wanted.map(([name, text]) => [name, Number(text)])));
  return 'problem' in mix
    ? { problem: `A batch has at most ${MAX_BATCH.toLocaleString('en-US')} posts.` }
    : mix;
}

/** The accounts for which a batch can be asked. */
export interface AccountChoice {
  /** Whose files are right, by handle. */
  readonly accounts: readonly Account[];
  /** How many files are not. */
  readonly broken: number;
}

export async function accountsToChoose({ accounts }: Pick<DeskDeps, 'accounts'>): Promise<AccountChoice> {
  const files = await accounts.check();
  const right = files.flatMap(({ account, problems }) => (account && problems.length === 0 ? [account] : []));
  return { accounts: right, broken: files.length - right.length };
}

/** The account of that handle, or else the first; null where there is none. */
export const chosen = ({ accounts }: AccountChoice, handle: string | undefined): Account | null =>
  accounts.find((account) => account.handle === handle) ?? accounts[0] ?? null;

/** The form for an account that may not be the one that it was filled in for: its planner may be none of this one. */
export function ofAccount<Form extends NewBatchForm>(form: Form, account: Account | null): Form {
  if (account === null || account.handle === form.account) return form;
  return { ...form, account: account.handle, planner: Object.keys(account.planners)[0] ?? '' };
}
