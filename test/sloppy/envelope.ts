import type { Habit } from './habits.js';

/** An answer of either API around a text, with what a server of that kind adds or leaves out. */
export function envelope(answer: {
  readonly api: 'chat' | 'responses';
  readonly id: string;
  readonly model: string;
  readonly text: string;
  /** Null: the answer says nothing of it. */
  readonly usage: object | null;
  readonly habits: ReadonlySet<Habit>;
}): object {
  const { api, id, model, text, usage, habits } = answer;
  const middle = Math.floor(text.length / 2);
  const halves = habits.has('parts') ? [text.slice(0, middle), text.slice(middle)] : [text];
  const common = { id, model, ...(usage && { usage }) };
  if (api === 'chat') {
    const content = habits.has('parts') ? halves.map((part) => ({ type: 'text', text: part })) : text;
    return {
      ...common,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    };
  }
  const content = halves.map((part) => ({ type: 'output_text', text: part, annotations: [] }));
  return {
    ...{ ...common, object: 'response', status: 'completed' },
    output: [
      { type: 'reasoning', id: `rs_${id}`, summary: [] },
      { type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content },
    ],
  };
}
