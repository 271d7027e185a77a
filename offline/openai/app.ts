import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { drop, type Env } from '../drop.js';
import type { Fault, FaultBook } from '../faults.js';
import type { Pace } from '../latency.js';
import type { Ledger, TokenUsage } from '../ledger.js';
import { chatBody, newId, responsesBody, type Reply } from './answers.js';
import { errorAnswer, faultAnswer } from './errors.js';
import { costOf, MODELS } from './prices.js';
import { BadRequest, readChat, readResponses, type Question } from './question.js';
import { PromptCache, tokensOf } from './tokens.js';
import { isPlan, reply } from './writer/writer.js';

export interface OpenAiParts {
  readonly ledger: Ledger;
  readonly faults: FaultBook;
  readonly pace: Pace;
}

const MAX_BODY = 10 * 1_024 * 1_024;

/** The part of OpenAI's API that Copydesk uses: Responses and Chat Completions with structured output, and the models. */
export function openAiApp(parts: OpenAiParts): Hono<Env> {
  const cache = new PromptCache();
  const app = new Hono<Env>();
  app.use(bodyLimit({ maxSize: MAX_BODY }));
  app.use(async (c, next) => {
    c.set('requestId', newId('req'));
    c.header('x-request-id', c.get('requestId'));
    if (/^Bearer \S+$/.test(c.req.header('authorization') ?? '')) return next();
    return errorAnswer(c, {
      status: 401,
      message: "You didn't provide an API key.",
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    });
  });
  app.post('/responses', (c) => answer(c, parts, cache, readResponses, responsesBody));
  app.post('/chat/completions', (c) => answer(c, parts, cache, readChat, chatBody));
  app.get('/models', (c) =>
    c.json({
      object: 'list',
      data: Object.keys(MODELS).map((id) => ({ id, object: 'model', created: 0, owned_by: 'stand-in' })),
    }),
  );
  app.notFound((c) =>
    errorAnswer(c, {
      status: 404,
      message: `Invalid URL (${c.req.method} ${c.req.path})`,
      type: 'invalid_request_error',
      code: null,
    }),
  );
  return app;
}

async function answer(
  c: Context<Env>,
  parts: OpenAiParts,
  cache: PromptCache,
  read: (body: Record<string, unknown>) => Question,
  shape: (question: Question, reply: Reply, usage: TokenUsage) => object,
): Promise<Response> {
  let question: Question;
  try {
    question = read((await c.req.json()) as Record<string, unknown>);
  } catch (error) {
    const { message, param } =
      error instanceof BadRequest ? error : { message: 'The body is not JSON.', param: null };
    return errorAnswer(c, { status: 400, message, type: 'invalid_request_error', code: null, param });
  }
  const fault = takeFault(parts.faults, question);
  if (fault?.kind === 'drop-before') return drop(c);
  if (fault?.kind === 'status' && !fault.accepted) return faultAnswer(c, fault);
  if (!MODELS[question.model]) {
    const message = `The model '${question.model}' does not exist or you do not have access to it.`;
    return errorAnswer(c, {
      status: 404,
      message,
      type: 'invalid_request_error',
      code: 'model_not_found',
      param: 'model',
    });
  }
  const said = reply(question, fault?.kind ?? null);
  // The schema is part of what the model reads.
  const prompt = `${question.prompt}\n${question.schema ? JSON.stringify(question.schema) : ''}`;
  const usage = {
    input: tokensOf(prompt),
    cached: cache.cachedTokens(question.model, prompt),
    output: Math.max(1, tokensOf(said.text)),
  };
  // Billed before the wait: a caller that is gone by the end of it pays all the same.
  parts.ledger.bill({
    provider: 'openai',
    requestId: c.get('requestId'),
    model: question.model,
    quantity: usage.input + usage.output,
    amountNano: costOf(question.model, usage, question.tier),
    usage,
  });
  await parts.pace.wait(isPlan(question) ? 'plan' : 'openai');
  if (fault?.kind === 'drop-after') return drop(c);
  if (fault?.kind === 'status') return faultAnswer(c, fault);
  return c.json(shape(question, said, usage));
}

function takeFault(faults: FaultBook, question: Question): Fault | null {
  const subject = `${question.schemaName ?? ''} ${question.model} ${question.prompt}`;
  return faults.take('openai', subject, ({ kind }) => {
    if (kind === 'off-mix') return isPlan(question);
    return kind !== 'off-style' || (question.schema !== null && !isPlan(question));
  });
}
