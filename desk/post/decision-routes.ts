import type { Context } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { PostView, Reader } from '../reading/reader.js';
import type { DeskPages } from '../queue/desk-pages.js';
import type { Notice, Notices } from '../kit/said.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { decide, doneWords, type Outcome } from './decide.js';
import { queueQuery, type QueueQuery, queueSearch } from '../queue/queue.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { deskPostPath } from '../kit/addresses.js';
import { decisionIn, type FormDecision, type FormReader } from './decision-form.js';
import { CopydeskError } from '../../contract/errors.js';
import { clockTime } from '../kit/time.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';

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
  const form = await formOf(c);
  const view = await tools.reader.postView(id, true);
  if (!view) return c.notFound();
  const query = listIn(form);
  const decision = readDecision(c, form.field, view, tools.deps);
  if ('problem' in decision) {
    const said = { problem: decision.problem, typed: form.field, seen: null, status: 400 } as const;
    return tools.pages.post(c, id, query, said);
  }
  const seen = decision.revision;
  const outcome = await decide(tools.deps.posts, view.status, { request: decision.request, seen });
  if (outcome.kind !== 'done') {
    const said = { problem: outcome.message, typed: form.field, seen, status: 409 } as const;
    return tools.pages.post(c, id, query, said);
  }
  const notice = tools.notices.put({
    lines: [doneLine(decision, outcome, view, tools.deps)],
    decided: [id],
  });
  // Whoever edits or moves it wants to see what came of it.
  const stays = ['edit', 'reschedule'].includes(decision.request.decision);
  const next = stays ? id : form.field('next');
  const search = queueSearch(query, { notice });
  return c.redirect(ID_PATTERN.test(next) ? deskPostPath(next, search) : `/desk${search}`, 303);
}

/** One decision on several posts, each for the revision and at the gate that were shown; each has its own result. */
export async function decideSeveral(c: Ctx, tools: DecisionTools): Promise<Response> {
  const form = await formOf(c);
  const chosen = form.all('post').map((value) => value.split(':'));
  const results = await Promise.all(
    chosen.map(([id = '', revision = '', gate = '']) =>
      decideOneOf(c, id, { form, seen: { revision, gate }, tools }),
    ),
  );
  const lines = results.length > 0 ? results.map(({ line }) => line) : [NOTHING_CHOSEN];
  const decided = results.flatMap(({ id, line }) => (line.ok ? [id] : []));
  const notice = tools.notices.put({ lines, decided });
  return c.redirect(`/desk${queueSearch(listIn(form), { notice })}`, 303);
}

const NOTHING_CHOSEN = { text: 'Select the posts first.', ok: false };

type Line = Notice['lines'][number];

async function decideOneOf(
  c: Ctx,
  id: string,
  { form, seen, tools }: { form: Form; seen: { revision: string; gate: string }; tools: DecisionTools },
): Promise<{ id: string; line: Line }> {
  const view = await tools.reader.postView(id, true);
  if (!view) return { id, line: { text: 'One of the posts is not there.', ok: false } };
  const fields: FormReader = (name) =>
    name === 'revision' || name === 'gate' ? seen[name] : form.field(name);
  const decision = readDecision(c, fields, view, tools.deps);
  const failed = (why: string) => ({ id, line: { text: `“${titleOf(view)}”: ${why}`, ok: false } });
  if ('problem' in decision) return failed(decision.problem);
  const { request, revision } = decision;
  const outcome = await decide(tools.deps.posts, view.status, { request, seen: revision });
  return outcome.kind === 'done'
    ? { id, line: doneLine(decision, outcome, view, tools.deps) }
    : failed(outcome.message);
}

/** Approves what waits in a batch. The batch passes it on, so the posts follow a moment later. */
export async function takeBatchApproval(c: Ctx, { deps, notices }: DecisionTools): Promise<Response> {
  const form = await formOf(c);
  const batch = form.field('batch');
  if (!ID_PATTERN.test(batch)) return c.notFound();
  const line = await deps.batches.approveAll(batch, { by: c.get('person').name }).then(
    () => ({ text: `Approved all that waited in batch ${batch}.`, ok: true }),
    (error: unknown) => {
      if (error instanceof CopydeskError) return { text: `Not done: ${error.message}`, ok: false };
      throw error;
    },
  );
  const notice = notices.put({ lines: [line], decided: [] });
  return c.redirect(`/desk${queueSearch(listIn(form), { notice })}`, 303);
}

function readDecision(c: Ctx, fields: FormReader, view: PostView, { now }: DeskDeps): FormDecision {
  const { status, account } = view;
  const by = c.get('person').name;
  return decisionIn(fields, { by, timeZone: account.timeZone, now: now(), status });
}

function doneLine(
  { request }: Extract<FormDecision, { request: unknown }>,
  { result }: Extract<Outcome, { kind: 'done' }>,
  view: PostView,
  { now }: DeskDeps,
): Line {
  const time = (iso: string): string => clockTime(iso, view.account.timeZone, now());
  return { text: doneWords(request, result, { title: titleOf(view), time }), ok: true };
}

const titleOf = ({ status }: PostView): string => printableText(status.title, TITLE_LIMIT);

/** What a form sent. */
export interface Form {
  /** The only value of a field, or its first; empty where there is none. */
  readonly field: FormReader;
  readonly all: (name: string) => string[];
  /** A file; null where none was sent. */
  readonly file: (name: string) => File | null;
}

/** Of a form that has nothing to type again. */
export const NO_FIELDS: FormReader = () => '';

/** What was posted. A body that is no form has no fields. */
export async function formOf(c: Ctx): Promise<Form> {
  const body: Record<string, unknown> = await c.req.parseBody({ all: true }).catch(() => ({}));
  const valuesOf = (name: string): unknown[] => [Object.hasOwn(body, name) ? body[name] : []].flat();
  const all = (name: string): string[] => valuesOf(name).filter((value) => typeof value === 'string');
  return {
    all,
    field: (name) => all(name)[0] ?? '',
    file: (name) => valuesOf(name).find((value) => value instanceof File) ?? null,
  };
}

/** The list that a form was sent from; the queue where its address can't be read any more. */
export function listIn(form: Form): QueueQuery {
  const search = new URLSearchParams(form.field('list'));
  try {
    return queueQuery((name) => search.get(name) || undefined);
  } catch {
    return { status: 'queue' };
  }
}
