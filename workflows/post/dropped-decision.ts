import { formatOf } from '../../contract/formats/registry.js';
import { assetNumber } from '../../contract/ids.js';
import { isFinal, type Gate, type PostState } from '../../contract/states.js';
import { failedTargets, openTargets } from './state/out.js';
import type { Decision, OwnEdit } from './read-decision.js';
import { stepsToRedo, chargesIn } from './state/rows.js';
import type { Post } from './state/state.js';
import { ownTextRefusal, writtenOf } from './texts.js';
import { pendingJobs } from './state/work.js';

/** What a decision is held against. */
export interface Standing {
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  readonly contentFormat: string;
  /** The post's id, and how many pictures have been stored for it. */
  readonly id: string;
  readonly pictures: number;
  /** Whether a job that fal has accepted is still to be collected. */
  readonly jobPending: boolean;
  /** Whether its account has slots. */
  readonly hasSlots: boolean;
  /** What its record has room for. */
  readonly capacity: Capacity;
  readonly targets: TargetsStanding;
}

/** How it stands with the post's targets. */
export interface TargetsStanding {
  /** The names of those that wait for a person. */
  readonly failed: readonly string[];
  /** The names of those that may have taken it, which nobody knows. */
  readonly unknown: readonly string[];
  /** The names of those that are still tried. */
  readonly open: readonly string[];
  /** An attempt is under way. */
  readonly isTrying: boolean;
  /** Why a text for one of them is not taken, in one clause; null when it is. */
  readonly refuses: (own: OwnEdit) => string | null;
}

export const standingOf = (post: Post): Standing => ({
  status: post.decisions.status,
  gate: post.decisions.opening?.gate ?? null,
  revision: post.decisions.revision,
  contentFormat: post.input.contentFormat,
  id: post.input.id,
  pictures: post.work.stored.hero_image ?? 0,
  jobPending: post.work.lostSubmit?.lookedUntil === null || pendingJobs(post.work).length > 0,
  hasSlots: Boolean(post.input.account.slots),
  capacity: capacityOf(post),
  targets: targetsStanding(post),
});

function targetsStanding(post: Post): TargetsStanding {
  const { out, input } = post;
  const states = Object.entries(out.targets ?? {});
  return {
    failed: failedTargets(out),
    unknown: states.flatMap(([name, state]) => (state.mayBeOut ? [name] : [])),
    open: openTargets(out, input.account.targets).map(({ name }) => name),
    isTrying: states.some(([, state]) => state.isTrying),
    refuses: (own) => ownTextRefusal(writtenOf(post), own),
  };
}

const REJECTABLE: readonly PostState[] = ['awaiting_approval', 'scheduled', 'blocked'];
const EDITABLE: readonly PostState[] = ['awaiting_approval', 'scheduled'];

/** Why a decision does not count, in one clause; null when it does. */
export function refusal(standing: Standing, decision: Decision): string | null {
  const { status } = standing;
  if (status === 'published' || status === 'publishing') return refusalOfPublished(standing, decision);
  if (isFinal(status)) return `the post is already ${status}`;
  switch (decision.kind) {
    case 'approve':
      return approvalRefusal(standing, decision);
    case 'reject':
      if (REJECTABLE.includes(status)) return null;
      return `there is nothing to reject yet: the post is ${status}; cancel stops it`;
    case 'revise':
      return revisionRefusal(standing, decision);
    case 'edit':
      return editRefusal(standing, decision);
    case 'reschedule':
      if (status !== 'scheduled') return `the post is not scheduled but ${status}`;
      return decision.publishAt === 'next' && !standing.hasSlots
        ? 'the account has no slots; name a time'
        : null;
    case 'cancel':
      return null;
    case 'resume':
      if (status !== 'blocked') return `there is nothing to mend: the post is not blocked but ${status}`;
      return standing.capacity.toResume
        ? null
        : 'its record is full, it has been paid for so often; cancel it';
  }
}

/** What a person can still do about a post that is out, or on its way: have what failed tried again, or stop what only waits. */
function refusalOfPublished({ status, targets }: Standing, { kind }: Decision): string | null {
  const { failed, unknown, open, isTrying } = targets;
  if (kind === 'resume') {
    if (failed.length > 0) return null;
    const tried = open.length > 0 ? `${open.join(', ')} is still tried` : 'every target has it';
    return `there is nothing to mend: ${tried}`;
  }
  if (status === 'published') return 'the post is already published';
  if (kind !== 'cancel' || isTrying) return 'the post is being published';
  return unknown.length === 0
    ? null
    : `the post may be out already at ${unknown.join(', ')}, which is being looked for`;
}

function approvalRefusal(standing: Standing, decision: Decision & { kind: 'approve' }): string | null {
  const { status, gate, revision } = standing;
  if (gate === null || status !== 'awaiting_approval') return `no gate is open: the post is ${status}`;
  if (decision.gate !== null && decision.gate !== gate) {
    return `the approval is for gate ${decision.gate}, the open gate is ${gate}`;
  }
  if (decision.revision !== null && decision.revision !== revision) {
    return `the approval is for revision ${decision.revision}, the post is at revision ${revision}`;
  }
  return null;
}

function revisionRefusal(standing: Standing, { redo }: Decision & { kind: 'revise' }): string | null {
  const { status, contentFormat, jobPending, capacity, targets } = standing;
  const [maybe] = targets.unknown;
  // In other words it would be another post there.
  if (maybe !== undefined) return `whether ${maybe} has it is not known; resume first, which looks for it`;
  if (!REJECTABLE.includes(status)) return `there is nothing to revise yet: the post is ${status}`;
  if (!capacity.toRevise)
    return 'its record is full, it has been made again so often; edit, approve or cancel it';
  if (redo === 'video' && !formatOf(contentFormat).media.includes('video'))
    return `a ${contentFormat} has no video`;
  // What fal has accepted has been paid for; it is collected before anything is paid again.
  if (jobPending && stepsToRedo(contentFormat, redo).some((step) => step !== 'draft')) {
    return 'a picture or clip that was paid for is still to be collected; resume first';
  }
  return null;
}

function editRefusal(standing: Standing, decision: Decision & { kind: 'edit' }): string | null {
  const { own, hero } = decision;
  const { status, targets } = standing;
  if (!EDITABLE.includes(status)) return `there is nothing to edit yet: the post is ${status}`;
  const unfit = unfitEdit(standing, decision);
  if (unfit !== null) return unfit;
  const refused = own ? targets.refuses(own) : null;
  if (refused !== null) return refused;
  return hero === undefined ? null : pictureRefusal(standing, hero);
}

/** Why an edit does not go with the post that it is for, in one clause; null when it does. */
export function unfitEdit(
  { contentFormat, revision }: Pick<Standing, 'contentFormat' | 'revision'>,
  { changes, revision: meant }: Decision & { kind: 'edit' },
): string | null {
  if (meant !== undefined && meant !== revision)
    return `the edit is for revision ${meant}, the post is at revision ${revision}`;
  return changes.body !== undefined && !formatOf(contentFormat).hasBody
    ? `a ${contentFormat} has no body`
    : null;
}

/** A number that is used up would be another picture: the model's, or one of another edit. */
function pictureRefusal({ id, pictures, capacity }: Standing, hero: string): string | null {
  const number = assetNumber(hero, id, 'hero');
  if (number === null) return `${hero} is no picture of this post`;
  if (number <= pictures) return `${hero} has been used already; store the picture again`;
  return capacity.toRevise ? null : 'its record is full, it has been made again so often';
}

/** How many rows a pipeline may have: each time that something is made again adds up to three. */
const MOST_ROWS = 120;
/** How many paid calls a record has room for. */
const MOST_CHARGES = 500;

/** What a post may still do: its record is carried in one piece, of which Temporal takes 2 MB. */
interface Capacity {
  /** Make steps again, each in a row of its own. */
  readonly toRevise: boolean;
  /** Try again the step that it is blocked at. */
  readonly toResume: boolean;
}

function capacityOf({ work, decisions }: Post): Capacity {
  const toPay = chargesIn(work.rows).length < MOST_CHARGES;
  return {
    toRevise: toPay && work.rows.length < MOST_ROWS,
    // Publishing costs nothing.
    toResume: toPay || decisions.blockedFrom === 'publishing',
  };
}
