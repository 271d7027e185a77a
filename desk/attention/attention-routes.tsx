import type { Context, Hono } from 'hono';
import type { AttentionItem } from '../../contract/lists.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { stateWords } from '../../contract/states.js';
import { resumeBatch } from '../../client/batch-orders.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import { countPosts } from '../batches/batch-words.js';
import type { DeskDeps } from '../deps.js';
import { parameter } from '../http/bad-request.js';
import { printable } from '../http/printable.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { formTexts } from '../kit/form.js';
import { findViewer } from '../kit/room-page.js';
import { type Notice, Notices } from '../kit/said.js';
import { ATTENTION_PATH, AttentionItems, AttentionPage } from './attention-page.js';

type Ctx = Context<RoomEnv>;

/** `/desk/attention`: the list, and what its buttons do. */
export function attentionRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { posts, batches, schedules, now } = deps;
  const notices = new Notices();
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    if (parameter(c, 'part') !== 'list') return page(c, notices.find(parameter(c, 'notice')));
    const { items } = await read(c);
    return c.html(<AttentionItems items={items} person={c.get('person')} now={now()} />);
  });

  room.post('/', async (c) => {
    const { what = '', id = '' } = await formTexts(c);
    if (what !== 'key' && !ID_PATTERN.test(id)) return c.notFound();
    try {
      const lines = await mend(c, what as AttentionItem['what'], id);
      if (!lines) return c.notFound();
      // Until the archive has heard of it, it would still stand in the list.
      const mended = lines.every(({ ok }) => ok) ? [id] : [];
      return c.redirect(`${ATTENTION_PATH}?notice=${notices.put(lines, mended)}`, 303);
    } catch (error) {
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, { lines: [{ text: told.message, ok: false }], decided: [] }, told.status);
    }
  });
  return room;

  /** @returns what was done; null for what there is not */
  async function mend(c: Ctx, what: AttentionItem['what'], id: string): Promise<Notice['lines'] | null> {
    const by = c.get('person').name;
    const done = (text: string): Notice['lines'] => [{ text, ok: true }];
    switch (what) {
      case 'post':
      case 'target': {
        const { status } = await posts.review(id, { decision: 'resume', by });
        return done(what === 'post' ? `Resumed: it is ${stateWords(status)}.` : 'The target is asked again.');
      }
      case 'batch':
        await resumeBatch(batches, id, { by });
        return done('Resumed.');
      case 'schedule': {
        if (!(await schedules.status(id)).paused) {
          const { batchId } = await schedules.run(id);
          return done(batchId === null ? 'Its batch waits for the one before.' : 'Its batch is started.');
        }
        await schedules.resume(id, { by });
        return done('Resumed.');
      }
      case 'key': {
        const results = await c.get('attention').resumeAfterKey(id, by);
        const refused = results.flatMap((result) => ('error' in result ? [result.error.message] : []));
        const resumed = results.length - refused.length;
        return [
          ...(resumed > 0 ? done(`Resumed ${countPosts(resumed)}.`) : []),
          ...[...new Set(refused)].map((text) => ({ text, ok: false })),
        ];
      }
      default:
        return null;
    }
  }

  /** The list; while Temporal is away with the schedules as they were last known, and why. */
  async function read(c: Ctx): Promise<{ items: AttentionItem[]; away: ToldError | null }> {
    const attention = c.get('attention');
    try {
      return { items: printable(await attention.list()), away: null };
    } catch (error) {
      const away = toldOf(error);
      if (!away) throw error;
      return { items: printable(await attention.lastKnown()), away };
    }
  }

  async function page(c: Ctx, notice: Notice | null, status: 200 | ToldError['status'] = 200) {
    const [viewer, { items, away }] = await Promise.all([findViewer(c, deps), read(c)]);
    const { lines = [], decided = [] } = notice ?? {};
    const textsOf = (ok: boolean): string[] => lines.flatMap((line) => (line.ok === ok ? [line.text] : []));
    const problems = [...textsOf(false), ...(away ? [away.message] : [])];
    // The address of a form that was sent is no page to come back to.
    if (status !== 200) c.header('HX-Push-Url', 'false');
    return c.html(
      <AttentionPage
        {...viewer}
        items={items.filter(({ id }) => !decided.includes(id))}
        said={textsOf(true).join(' ') || null}
        problem={problems.join(' ') || null}
        now={now()}
      />,
      status,
    );
  }
}
