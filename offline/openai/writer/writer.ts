import type { FaultKind } from '../../faults.js';
import { chanceOf } from '../../seed.js';
import type { ModelReply } from '../answers.js';
import { resolved, type OutputSchema, type AskedPrompt } from '../question.js';
import { answerValues, isAnswer, offCitations } from './answer.js';
import { draftValues } from './draft.js';
import { factsOf, type Facts } from './facts.js';
import { fill, knownValues } from './fill.js';
import { planItems } from './plan.js';

/** Ids as a prompt lists posts: 12 letters and digits, not a word of the language. */
const ID =
  /(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[0-9A-Z])(?![A-Z]?[a-z]+(?![A-Za-z0-9]))[A-Za-z0-9]{12}(?![A-Za-z0-9])/g;

/** The ids of the posts whose lines share most words with the question, best first. */
function citable(prompt: string, question: string | null): string[] {
  const asked = new Set(wordsOf(question ?? prompt.split('\n').at(-1) ?? ''));
  const found = prompt.split('\n').flatMap((line) => {
    const score = wordsOf(line).filter((word) => asked.has(word)).length;
    return [...line.matchAll(ID)].map(([id]) => ({ id, score }));
  });
  const ranked = found.sort((a, b) => b.score - a.score).map(({ id }) => id);
  return [...new Set(ranked)];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]{4,}/g) ?? [];

const REFUSAL = "I'm sorry, but I can't help with that.";
const CHARACTERS_PER_TOKEN = 4;

/** Whether a plan is asked for: a schema of that name, or items that name a format. */
export function isPlan(question: AskedPrompt): boolean {
  return (
    question.schema !== null &&
    (/^plan/i.test(question.schemaName ?? '') || itemSchema(question.schema) !== null)
  );
}

/** What the "model" says to a question, the same each time, or spoiled by a fault. */
export function reply(question: AskedPrompt, fault: FaultKind | null): ModelReply {
  if (fault === 'refusal') return { kind: 'refusal', text: REFUSAL };
  const text = written(question, fault);
  if (fault === 'truncated') return { kind: 'truncated', text: text.slice(0, Math.ceil(text.length / 2)) };
  if (fault === 'malformed') return { kind: 'text', text: `Here is what you asked for:\n\n${text.slice(1)}` };
  const most = (question.maxOutputTokens ?? Infinity) * CHARACTERS_PER_TOKEN;
  return text.length > most ? { kind: 'truncated', text: text.slice(0, most) } : { kind: 'text', text };
}

function written(question: AskedPrompt, fault: FaultKind | null): string {
  const facts = factsOf(question);
  const chance = chanceOf(question.prompt);
  const draft = draftValues(facts);
  const { schema } = question;
  if (!schema) return String(draft.answer);
  if (isAnswer(schema)) {
    const answer = answerValues(facts);
    return JSON.stringify(fault === 'off-style' ? offCitations(answer) : answer);
  }
  const known = { ids: citable(facts.prompt, facts.line('Question')), chance };
  const values = knownValues(draft);
  const each = itemSchema(schema);
  if (!isPlan(question) || !each) {
    const answer = fill(schema, schema, { ...known, values });
    return JSON.stringify(fault === 'off-style' ? offStyle(answer, facts) : answer);
  }
  const items = planItems(facts).map((item) =>
    fill(each, schema, { ...known, values: new Map([...values, ...knownValues(item)]) }),
  );
  const plan = fill(schema, schema, { ...known, values: new Map([...values, ['items', items]]) });
  return JSON.stringify(fault === 'off-mix' ? offMix(plan) : plan);
}

/** The schema of a plan's items. */
function itemSchema(schema: OutputSchema): OutputSchema | null {
  const list = schema.properties?.items && resolved(schema.properties.items, schema);
  const each = list?.items && resolved(list.items, schema);
  return each?.properties?.content_format || each?.properties?.contentFormat ? each : null;
}

/** A plan with its last item left out. */
export function offMix(answer: unknown): unknown {
  const { items } = answer as { items?: unknown[] };
  return Array.isArray(items) ? { ...(answer as object), items: items.slice(0, -1) } : answer;
}

/** A draft that breaks the house style in every way it can: a forbidden phrase, a caption too long, one paragraph. */
function offStyle(answer: unknown, facts: Facts): unknown {
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
