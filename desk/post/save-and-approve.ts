import type { Context } from 'hono';
import { type FormReader, readForm } from '../kit/form.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { type DecisionTools, followDecision, listIn, tryDecision } from './decision-routes.js';
import { NOTHING_CHANGED } from './decision-form.js';

/** Saves what a person wrote, and approves the revision that this makes: what they saw is what goes out. */
export async function saveAndApprove(
  c: Context<RoomEnv>,
  id: string,
  tools: DecisionTools,
): Promise<Response> {
  const { field } = await readForm(c);
  const asEdit: FormReader = (name) => (name === 'decision' ? 'edit' : field(name));
  const saved = await tryDecision(c, id, asEdit, tools);
  if (!saved) return c.notFound();
  if ('done' in saved) {
    const revision = String(saved.revision);
    return followDecision(c, id, (name) => (name === 'revision' ? revision : field(name)), tools, [
      saved.done,
    ]);
  }
  if (saved.problem === NOTHING_CHANGED) return followDecision(c, id, field, tools);
  return tools.pages.post(c, id, listIn(field), { ...saved, typed: asEdit });
}
