import type { ReviewRequest, ReviewResult } from '../../contract/messages.js';
import { stateWords } from '../../contract/states.js';
import { REDO_CHOICES } from './decision-form.js';

/** What a decision that was taken did, in a line. @param time writes a time for people */
export function doneWords(
  request: ReviewRequest,
  result: ReviewResult,
  { title, time }: { title: string; time: (iso: string) => string },
): string {
  const post = `“${title}”`;
  switch (request.decision) {
    case 'approve':
      return `Approved ${post}: ${approvedWords(request.publishAt, result, time)}.`;
    case 'reject':
      return `Rejected ${post}.`;
    case 'revise':
      return `${post} is being made again: ${redoWords(request.redo)}.`;
    case 'edit':
      return `Edited ${post}: it is at revision ${result.revision} now.`;
    case 'resume':
      return `Resumed ${post}: it is ${stateWords(result.status)}.`;
    case 'reschedule':
      return `Moved ${post}: ${approvedWords(request.publishAt, result, time)}.`;
    case 'cancel':
      return `Cancelled ${post}.`;
  }
}

function approvedWords(
  publishAt: string | undefined,
  { status }: ReviewResult,
  time: (iso: string) => string,
): string {
  const isTime = publishAt !== undefined && publishAt !== 'now' && publishAt !== 'next';
  if (status === 'scheduled')
    return isTime ? `it is published ${time(publishAt)}` : 'it is published at its slot';
  return `it is ${stateWords(status)}`;
}

const redoWords = (chosen = 'text'): string =>
  REDO_CHOICES.find(({ redo }) => redo === chosen)?.words ?? chosen;
