import type { ReviewRequest, ReviewResult } from '../contract/messages.js';
import { decideEach, type DecisionResult, type RefusedDecision } from '../client/decide-each.js';
import { withCopydesk, type CommandRun } from './context.js';
import type { Output } from './output/output.js';
import { stateWords } from '../contract/states.js';

/** Has one decision made on each post, and reports what became of it. @returns the exit code */
export const reviewEach = (
  run: CommandRun,
  ids: readonly string[],
  decision: ReviewRequest,
): Promise<0 | 1> =>
  withCopydesk(run, async ({ posts }) =>
    reportDecisions(run.output, await decideEach(ids, (id) => posts.review(id, decision))),
  );

/**
 * Prints the results and answers the exit code: 1 when any was refused. The document then has an `error` beside the
 * results, as any failure has.
 *
 * @param detail what a person is told of an accepted one beside its state
 */
export function reportDecisions(
  output: Output,
  results: readonly DecisionResult[],
  detail: (id: string) => string = () => '',
): 0 | 1 {
  const refused = results.filter((result): result is RefusedDecision => 'error' in result);
  const first = refused[0];
  const message = first && summary(refused, results.length);
  output.result(message ? { results, error: { message } } : { results }, () =>
    results
      .flatMap((result) => ('error' in result ? [] : [acceptedLine(result) + detail(result.id)]))
      .join('\n'),
  );
  // One cause for all, such as no worker, is one line.
  for (const line of new Set(refused.map(({ error }) => error.message))) output.note(line);
  return first ? 1 : 0;
}

const acceptedLine = ({ id, status, revision }: { id: string } & ReviewResult): string =>
  `${id} is ${stateWords(status)}, revision ${revision}`;

function summary(refused: readonly RefusedDecision[], asked: number): string {
  const messages = [...new Set(refused.map(({ error }) => error.message))];
  return messages.length === 1
    ? messages[0]!
    : `${refused.length} of ${asked} refused; the first: ${messages[0]}`;
}
