import { failedChecks } from '../../contract/checks.js';
import { knownNano, unknownNano } from '../../contract/money/charge.js';
import { SAMPLE, sampleWords } from '../../contract/sample-words.js';
import { STEP_LABEL } from '../../contract/states.js';
import { dollars, facts, inWords, lines, link, parts, plain } from '../markdown.js';
import { chargesOf, type PostRun, type RunRow } from './run.js';
import { checksOf } from './status.js';

const HOW_TO_DECIDE =
  'To decide: the arrow beside Request Cancellation, Send a Signal, then approve, reject, revise or edit';
/** Where the Temporal UI keeps what a blocked post or batch waits for. */
export const HOW_TO_RESUME = 'To go on: the arrow beside Request Cancellation, Send a Signal, then resume';

/**
 * The post for the Temporal UI, as Markdown: lists, since the pinned UI is older than its support for tables. What a person
 * needs first comes first.
 */
export function postDetails(run: PostRun): string {
  const { draft, error, input } = run;
  const head = [`**${plain(draft?.title ?? input.title)}**`, standing(run)];
  if (error) head.push(`${run.status === 'blocked' ? 'Blocked' : 'Error'}: ${plain(error.message)}`);
  if (run.status === 'blocked') head.push(HOW_TO_RESUME);
  if (run.status === 'awaiting_approval') head.push(HOW_TO_DECIDE);
  const last = run.review.at(-1);
  // Who sent it by the Temporal UI reads here why nothing happened.
  if (last && !last.counted) head.push(plain(`${last.decision} by ${last.by}: ${last.note ?? 'dropped'}`));
  const shown = [lines(head), run.rows.map((row) => `- ${rowLine(run, row)}`).join('\n')];
  const missed = missedLine(run);
  if (missed !== null) shown.push(missed);
  // The words before it keep a text that starts like a list from being one.
  if (draft) shown.push(`Caption: ${plain(draft.caption)}`);
  return parts(shown);
}

function standing(run: PostRun): string {
  const { deskUrl, account, id, offline } = run.input;
  const pipeline = run.rows.map((row) => ({ ...row, offline: isSample(row) }));
  const charges = chargesOf(run);
  const unknown = unknownNano(charges);
  return facts([
    `${inWords(run.status)}${run.opening ? ` at gate ${run.opening.gate}` : ''}`,
    `revision ${run.revision}`,
    dollars(knownNano(charges)),
    unknown > 0 && `${dollars(unknown)} more of unknown outcome`,
    sampleWords({ offline: offline || pipeline.some(isSample), pipeline }),
    deskUrl !== undefined && link('at the desk', `${deskUrl}/@${account.handle}/posts/${id}`),
  ]);
}

/** What the draft and its plan miss of the house style; null when nothing. */
function missedLine(run: PostRun): string | null {
  const checks = checksOf(run);
  const failed = failedChecks(checks);
  if (failed.length === 0) return null;
  const details = failed.map(({ rule, detail }) => plain(detail ?? rule));
  return `Checks, ${failed.length} of ${checks.length} missed: ${details.join('; ')}`;
}

function rowLine(run: PostRun, row: RunRow): string {
  const cost = knownNano(row.charges);
  const fact = facts([
    `${STEP_LABEL[row.step]}: ${row.state}`,
    makerOf(row),
    isSample(row) && SAMPLE,
    row.apiSeconds !== null && `${row.apiSeconds.toFixed(1)} s`,
    row.attempts > 1 && `${row.attempts} tries`,
    cost > 0 && dollars(cost),
    row.asset && assetLink(run, row.asset),
  ]);
  const published =
    row.step === 'publish' ? run.publications.map(({ target, url }) => link(target, url)) : [];
  return facts([fact, ...(published.length > 0 ? published : [row.note && plain(row.note)])]);
}

const isSample = ({ charges }: Pick<RunRow, 'charges'>): boolean => charges.some(({ offline }) => offline);

/** Who made it. A model of fal has fal in its name. */
function makerOf({ provider, model }: RunRow): string | null {
  if (provider === null || model === null) return provider;
  return plain(model.startsWith(provider) ? model : `${provider} ${model}`);
}

const assetLink = ({ input }: PostRun, asset: string): string =>
  input.deskUrl === undefined ? plain(asset) : link(asset, `${input.deskUrl}/assets/${asset}`);
