import type { Facts } from './facts.js';

/** A plan with its last item left out. */
export function offMix(answer: unknown): unknown {
  const { items } = answer as { items?: unknown[] };
  return Array.isArray(items) ? { ...(answer as object), items: items.slice(0, -1) } : answer;
}

/** A draft that breaks the house style in every way it can: a forbidden phrase, a caption too long, one paragraph. */
export function offStyle(answer: unknown, facts: Facts): unknown {
  const draft = answer as { body?: unknown; caption?: unknown };
  const phrase = facts.bannedPhrases[0] ?? 'game-changer';
  const limit = facts.limit('caption');
  const length = Number.isFinite(limit) ? limit + 1 : 4_000;
  return {
    ...draft,
    ...(typeof draft.body === 'string' && {
      body: `This is a ${phrase}. ${draft.body.replace(/(?<!\s)\s*\n\s*/g, ' ')}`,
    }),
    ...(typeof draft.caption === 'string' && {
      caption: `This is a ${phrase}. ${draft.caption}`.padEnd(length, ' And more.'),
    }),
  };
}
