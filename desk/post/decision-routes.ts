import type { Context } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { DeskPages, SaidBeside } from '../queue/desk-pages.js';
import type { Notices } from '../kit/said.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { type FormReader, readForm } from '../kit/form.js';
import { queueQuery, type QueueQuery, queueSearch } from '../queue/queue.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { deskPostPath } from '../kit/addresses.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { decisionIn } from './decision-form.js';
import { decide, doneWords } from './decide.js';
import { clockTime, twoClocks } from '../kit/time.js';
import { readerZone } from '../http/reader-zone.js';
import { givenText } from '../http/bad-request.js';
import { CopydeskError } from '../../contract/errors.js';

/** What the decisions that are posted to the desk are carried out with. */
export interface DecisionTools {
  readonly deps: DeskDeps;
  readonly reader: Reader;
  readonly pages: DeskPages;
  readonly notices: Notices;
}

type Ctx = Context<RoomEnv>;

/** One decision on one post. Taken, it leads on to the next post; else the post's page says why, with what was typed. */
export async function decideOne(c: Ctx, id: string, tools: DecisionTools): Promise<Response> {
  const { field } = await readForm(c);
  const query = listIn(field);
  const tried = await tryDecision(c, id, field, tools);
  if (!tried) return c.notFound();
  if ('problem' in tried) return tools.pages.post(c, id, query, { ...tried, typed: field });
  const notice = tools.notices.put([{ text: tried.done, ok: true }], [id]);
  // Whoever edits or moves it wants to see what came of it.
  const next = ['edit', 'reschedule'].includes(field('decision')) ? id : field('next');
  const search = queueSearch(query, { notice });
  return c.redirect(ID_PATTERN.test(next) ? deskPostPath(next, search) : `/desk${search}`, 303);
}

/** One decision on several posts, each for the revision and at the gate that were shown; each has its own result. */
export async function decideSeveral(c: Ctx, tools: DecisionTools): Promise<Response> {
  const { field, all } = await readForm(c);
  const results = await Promise.all(
    all('post').map(async (chosen) => {
      const [id = '', revision = '', gate = ''] = chosen.split(':');
      const shown: Readonly<Record<string, string>> = { revision, gate };
      const tried = await tryDecision(c, id, (name) => shown[name] ?? field(name), tools);
      if (!tried) return { id, text: 'One of the posts is not there.', ok: false };
      return 'done' in tried
        ? { id, text: tried.done, ok: true }
        : { id, text: `“${tried.title}”: ${tried.problem}`, ok: false };
    }),
  );
  const lines = results.length > 0 ? results : [{ text: 'Select the posts first.', ok: false }];
  const notice = tools.notices.put(
    lines,
    results.flatMap(({ id, ok }) => (ok ? [id] : [])),
  );
  return c.redirect(`/desk${queueSearch(listIn(field), { notice })}`, 303);
}

/** What was done, in a line, or why nothing was. */
type Tried =
  { readonly done: string } | (Pick<SaidBeside, 'problem' | 'seen' | 'status'> & { readonly title: string });

/** Makes the decision that a form stands for; null where there is no such post. */
async function tryDecision(
  c: Ctx,
  id: string,
  fields: FormReader,
  { deps, reader }: DecisionTools,
): Promise<Tried | null> {
  const view = await reader.postView(id, true);
  if (!view) return null;
  const { status, account } = view;
  const { timeZone } = account;
  const title = printableText(status.title, TITLE_LIMIT);
  const by = c.get('person').name;
  const decision = decisionIn(fields, { by, timeZone, now: deps.now(), status });
  if ('problem' in decision) return { title, problem: decision.problem, seen: null, status: 400 };
  const { request, revision: seen } = decision;
  const outcome = await decide(deps.posts, status, { request, seen });
  if (outcome.kind !== 'done') return { title, problem: outcome.message, seen, status: 409 };
  const clocks = { reader: readerZone(c), own: timeZone };
  const time = (iso: string): string => twoClocks(clocks, (zone) => clockTime(iso, zone, deps.now()));
  return { done: doneWords(request, outcome.result, { title, time }) };
}

/** Approves what waits in a batch. The batch passes it on, so the posts follow a moment later. */
export async function takeBatchApproval(c: Ctx, { deps, notices }: DecisionTools): Promise<Response> {
  const { field } = await readForm(c);
  const batch = field('batch');
  if (!ID_PATTERN.test(batch)) return c.notFound();
  const line = await deps.batches.approveAll(batch, { by: c.get('person').name }).then(
    () => ({ text: `Approved all that waited in batch ${batch}.`, ok: true }),
    (error: unknown) => {
      if (error instanceof CopydeskError) return { text: `Not done: ${error.message}`, ok: false };
      throw error;
    },
  );
  return c.redirect(`/desk${queueSearch(listIn(field), { notice: notices.put([line]) })}`, 303);
}

/** The list that a form was sent from; the queue where its address can't be read any more. */
export function listIn(field: FormReader): QueueQuery {
  const search = new URLSearchParams(field('list'));
  try {
    return queueQuery((name) => givenText(name, search.get(name)));
  } catch {
    return { status: 'queue' };
  }
}
