import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnLoopback } from '../loopback.js';
import { answer as answerReader, fill, wrap } from './write.js';
import { type Habit, BREAKS, chanceFor, habitsFor, USAGES, usageOf, type UsageKind } from './habits.js';
import { readQuestion, type Field } from './question.js';

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

/** Markup, script and a link that runs one, as a page may show them only as words. */
export const SCRIPT = '<script>alert("copydesk")</script>';
/** NUL, which PostgreSQL takes in no text; a bell and an escape of a terminal. */
export const CONTROLS = ['\u0000', '\u0007', '\u001b'];
/** With marks that turn the direction of reading, which right-to-left scripts use as well. */
const ODD = `${CONTROLS.join('')}[31m\u202e\u2066`;
const LINK = '[click](javascript:alert(1)) <img src=x onerror=alert(1)>';
export const BODY_CHARACTERS = 100_000;

/** An answer whose every text attacks who shows it. Choices of the schema stay as they are, so that it is taken. */
function spoil(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => spoil(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, spoil(one, field)]));
  if (typeof value !== 'string' || name === 'content_format') return value;
  if (name === 'body')
    return `${value}\n\n${`${SCRIPT}${ODD} ${LINK} `.repeat(BODY_CHARACTERS)}`.slice(0, BODY_CHARACTERS);
  if (name === 'hashtags') return `${value}"><b>${ODD}`;
  return `${SCRIPT}${ODD}${value} ${LINK}`;
}

/** `late`: slow, and the first draft's answer never comes; `hostile`: attacks who shows it; `vendor`: knows only plain text. */
type Variant = 'usual' | 'late' | 'hostile' | 'vendor';

/** One request, as a provider's own log has it. */
export interface SloppyCall {
  readonly key: string;
  readonly kind: 'plan' | 'draft' | 'answer';
  /** `held`: the client went away without an answer. */
  readonly status: 200 | 400 | 'held';
  readonly requestId: string;
  readonly habits: readonly Habit[];
  /** The rules of the house style that the answer breaks. */
  readonly breaks: readonly string[];
  readonly usage: UsageKind;
  /** The ids of the posts that an answer to a reader means to cite. */
  readonly cites?: readonly string[];
}

export type Sloppy = Awaited<ReturnType<typeof startSloppy>>;

/**
 * A text provider over Responses and Chat Completions that writes like a real model, and was not written to pass: it knows of
 * Copydesk only what a request says. The same seed gives the same answers to the same questions.
 */
export async function startSloppy(own: { seed: number; variant?: Variant }) {
  let { variant = 'usual' } = own;
  const calls: SloppyCall[] = [];
  let held = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as Record<string, any>;
    const api = request.url?.endsWith('/chat/completions') ? 'chat' : 'responses';
    const { fields, prompt, refusal } = readQuestion(body, variant === 'vendor');
    const chance = chanceFor(own.seed, prompt);
    const kind = kindOf(fields);
    const habits = habitsFor(chance, prompt.includes('There was a problem with the last'));
    const breaks = kind !== 'draft' ? [] : [...habits].flatMap((habit) => BREAKS[habit] ?? []);
    const call = {
      ...({
        key: String(request.headers['x-client-request-id']),
        kind,
        habits: [...habits],
        breaks,
      } as const),
      ...{ requestId: `sloppy-${calls.length + 1}`, usage: chance.of(USAGES) },
    };
    if (refusal !== null) {
      calls.push({ ...call, status: 400 });
      return send(response, 400, { error: { message: refusal, type: 'invalid_request_error' } });
    }
    if (variant === 'late' && kind === 'draft' && !held) {
      held = true;
      calls.push({ ...call, status: 'held' });
      return;
    }
    const order = { fields, prompt, habits, chance };
    const reply = kind === 'answer' ? answerReader(order) : null;
    calls.push({ ...call, status: 200, ...(reply && { cites: reply.cites }) });
    const written = reply?.value ?? fill(order);
    const value = variant === 'hostile' ? (spoil(written) as object) : written;
    const text = wrap(value, habits, chance);
    const usage = usageOf(call.usage, api);
    const made = envelope({ api, id: call.requestId, model: String(body['model']), text, usage, habits });
    if (variant === 'late') return sendSlowly(response, made);
    send(response, 200, made);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) =>
      send(response, 500, { error: { message: `the sloppy writer broke: ${String(error)}` } }),
    );
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url: `${url}/v1`,
    calls: calls as readonly SloppyCall[],
    become: (next: Variant): void => void (variant = next),
    count: (habit: Habit): number =>
      calls.filter(({ status, habits }) => status === 200 && habits.includes(habit)).length,
    close,
  };
}

const kindOf = (fields: readonly Field[]): SloppyCall['kind'] => {
  if (fields.some(({ kind }) => kind === 'objects')) return 'plan';
  return fields.some(({ kind }) => kind === 'flag') ? 'answer' : 'draft';
};

const JSON_TYPE = { 'content-type': 'application/json' };

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(body));
}

/** The headers at once, the answer a piece at a time. */
async function sendSlowly(response: ServerResponse, body: object): Promise<void> {
  const text = JSON.stringify(body);
  const piece = Math.ceil(text.length / 3);
  response.writeHead(200, JSON_TYPE);
  for (let at = 0; at < text.length; at += piece) {
    await sleep(300);
    response.write(text.slice(at, at + piece));
  }
  response.end();
}
