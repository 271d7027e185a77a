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
  return followDecision(c, id, field, tools);
}

/** Makes the decision of a form. @param before what was done first, in lines */
export async function followDecision(
  c: Ctx,
  id: string,
  field: FormReader,
  tools: DecisionTools,
  before: readonly string[] = [],
): Promise<Response> {
  const query = listIn(field);
  const tried = await tryDecision(c, id, field, tools);
  if (!tried) return c.notFound();
  if ('problem' in tried) {
    const problem = [...before, tried.problem].join(' ');
    return tools.pages.post(c, id, query, { ...tried, problem, typed: field });
  }
  const lines = [...before, tried.done].map((text) => ({ text, ok: true }));
  const notice = tools.notices.put(lines, [id]);
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
  | { readonly done: string; readonly revision: number }
  | (Pick<SaidBeside, 'problem' | 'seen' | 'status'> & { readonly title: string });

/** Makes the decision that a form stands for; null where there is no such post. */
export async function tryDecision(
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
  const { revision } = outcome.result;
  return { done: doneWords(request, outcome.result, { title, time }), revision };
}

/** To the post's page in the list that a form was sent from, which says what came of it. */
export const backToPost = (c: Ctx, id: string, field: FormReader, notice: string): Response =>
  c.redirect(deskPostPath(id, queueSearch(listIn(field), { notice })), 303);

/** The list that a form was sent from; the queue where its address can't be read any more. */
export function listIn(field: FormReader): QueueQuery {
  const search = new URLSearchParams(field('list'));
  try {
    return queueQuery((name) => givenText(name, search.get(name)));
  } catch {
    return { status: 'queue' };
  }
}
