import { failedChecks } from '../../contract/checks.js';
import { SAMPLE, sampleWords } from '../../contract/sample-words.js';
import { stateWords } from '../../contract/states.js';
import { postUrl } from '../../contract/address.js';
import type { PipelineRow, PostStatus, Publication, TargetText } from '../../contract/status.js';
import { amount, facts, lines, link, parts, plain } from '../markdown.js';

const HOW_TO_DECIDE =
  'To decide: the arrow beside Request Cancellation, Send a Signal, then approve, reject, revise or edit';
/** Where the Temporal UI keeps what a blocked post or batch waits for. */
export const HOW_TO_RESUME = 'To go on: the arrow beside Request Cancellation, Send a Signal, then resume';

/**
 * The post for the Temporal UI, as Markdown: lists, since the pinned UI is older than its support for tables. What a person
 * needs first comes first.
 *
 * @param deskUrl where people reach the desk, for the links; none when left out.
 */
export function postDetails(post: PostStatus, deskUrl?: string): string {
  const { status, error, title, review, pipeline } = post;
  const head = [`**${plain(title)}**`, standingLine(post, deskUrl)];
  if (error) head.push(`${status === 'blocked' ? 'Blocked' : 'Error'}: ${plain(error.message)}`);
  if (status === 'blocked') head.push(HOW_TO_RESUME);
  if (status === 'awaiting_approval') head.push(HOW_TO_DECIDE);
  const last = review.at(-1);
  // Who sent it by the Temporal UI reads here why nothing happened.
  if (last && !last.counted) head.push(plain(`${last.decision} by ${last.by}: ${last.note ?? 'dropped'}`));
  const shown = [lines(head), pipeline.map((row) => `- ${rowLine(post, row, deskUrl)}`).join('\n')];
  const missed = missedLine(post);
  if (missed !== null) shown.push(missed);
  // The words before it keep a text that starts like a list from being one.
  if (post.caption !== '') shown.push(`Caption: ${plain(post.caption)}`);
  shown.push(...(post.texts ?? []).map(textLine));
  return parts(shown);
}

function textLine({ target, text, own, left }: TargetText): string {
  const about = [own && 'written by a person', left.length > 0 && `no room for ${left.join(', ')}`].filter(
    Boolean,
  );
  const words = about.length > 0 ? ` (${plain(about.join('; '))})` : '';
  return `Text for ${plain(target)}${words}: ${plain(text)}`;
}

function standingLine(post: PostStatus, deskUrl?: string): string {
  const { id, account, status, gate, revision, costUsd, unknownUsd } = post;
  return facts([
    `${stateWords(status)}${gate ? ` at gate ${gate}` : ''}`,
    post.status === 'scheduled' && `goes out ${post.slot ?? 'at the next free slot'}`,
    `revision ${revision}`,
    amount(costUsd),
    unknownUsd > 0 && `${amount(unknownUsd)} more of unknown outcome`,
    sampleWords(post),
    deskUrl !== undefined && link('at the desk', postUrl(deskUrl, account, id)),
  ]);
}

/** What the draft and its plan miss of the house style; null when nothing. */
function missedLine({ checks }: PostStatus): string | null {
  const failed = failedChecks(checks);
  if (failed.length === 0) return null;
  const details = failed.map(({ rule, detail }) => plain(detail ?? rule));
  return `Checks, ${failed.length} of ${checks.length} missed: ${details.join('; ')}`;
}

function rowLine({ publications }: PostStatus, row: PipelineRow, deskUrl?: string): string {
  const isItsOwn = ({ target }: Publication): boolean => (row.target ?? target) === target;
  const published =
    row.step === 'publish' ? publications.filter(isItsOwn).map(({ target, url }) => link(target, url)) : [];
  const fact = facts([
    `${row.label}: ${row.state}`,
    // The link of a publication names its target by itself.
    row.target !== undefined && published.length === 0 && plain(row.target),
    makerOf(row),
    row.offline === true && SAMPLE,
    row.apiSeconds !== null && `${row.apiSeconds.toFixed(1)} s`,
    row.attempts > 1 && `${row.attempts} tries`,
    row.costUsd > 0 && amount(row.costUsd),
    row.asset && assetLink(row.asset, deskUrl),
  ]);
  return facts([fact, ...(published.length > 0 ? published : [row.note ? plain(row.note) : null])]);
}

/** Who made it. A model of fal has fal in its name. */
function makerOf({ provider, model }: PipelineRow): string | null {
  if (provider === null || model === null) return provider;
  return plain(model.startsWith(provider) ? model : `${provider} ${model}`);
}

const assetLink = (asset: string, deskUrl?: string): string =>
  deskUrl === undefined ? plain(asset) : link(asset, `${deskUrl}/assets/${asset}`);
