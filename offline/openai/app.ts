import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env, Fault, FaultBook, FaultKind } from '../faults.js';
import type { Pace } from '../latency.js';
import type { BillingLedger, TokenUsage } from '../ledger.js';
import { chatBody, newAnswerId, responsesBody, type ModelReply } from './answers.js';
import { bill, bodyOf, unanswered, unknownModel, errorAnswer } from './calls.js';
import { embeddingsBody, readEmbeddings } from './embeddings.js';
import { moderationsBody, readModerations } from './moderations.js';
import { EMBEDDING_MODELS, MODELS, PromptCache, tokensOf } from './prices.js';
import { readChat, readResponses, type AskedPrompt } from './question.js';
import { isPlan, reply } from './writer/writer.js';

export interface OpenAiParts {
  readonly ledger: BillingLedger;
  readonly faults: FaultBook;
  readonly pace: Pace;
}

const MAX_BODY = 10 * 1_024 * 1_024;

/**
 * The part of OpenAI's API that Copydesk uses: Responses and Chat Completions with structured output, embeddings, moderations, and
 * the models.
 */
export function openAiApp(parts: OpenAiParts): Hono<Env> {
  const cache = new PromptCache();
  const app = new Hono<Env>();
  app.use(bodyLimit({ maxSize: MAX_BODY }));
  app.use(async (c, next) => {
    c.set('requestId', newAnswerId('req'));
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
  app.post('/embeddings', (c) => embed(c, parts));
  app.post('/moderations', (c) => moderate(c, parts));
  app.get('/models', (c) =>
    c.json({
      object: 'list',
      data: [...Object.keys(MODELS), ...Object.keys(EMBEDDING_MODELS)].map((id) => ({
        id,
        object: 'model',
        created: 0,
        owned_by: 'stand-in',
      })),
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
  read: (body: Record<string, unknown>) => AskedPrompt,
  shape: (question: AskedPrompt, reply: ModelReply, usage: TokenUsage) => object,
): Promise<Response> {
  const question = await bodyOf(c, read);
  if (question instanceof Response) return question;
  const fault = takeFault(parts.faults, question);
  const stopped = unanswered(c, fault) ?? unknownModel(c, MODELS, question.model);
  if (stopped) return stopped;
  const said = reply(question, fault?.kind ?? null);
  // The schema is part of what the model reads.
  const prompt = `${question.prompt}\n${question.schema ? JSON.stringify(question.schema) : ''}`;
  const usage = {
    input: tokensOf(prompt),
    cached: cache.cachedTokens(question.model, prompt),
    output: Math.max(1, tokensOf(said.text)),
  };
  bill(c, parts.ledger, { model: question.model, usage, tier: question.tier });
  await parts.pace.wait(isPlan(question) ? 'plan' : 'openai');
  return unanswered(c, fault, true) ?? c.json(shape(question, said, usage));
}

/** A fault that garbles an answer leaves out its last vector. */
async function embed(c: Context<Env>, parts: OpenAiParts): Promise<Response> {
  const request = await bodyOf(c, readEmbeddings);
  if (request instanceof Response) return request;
  const { model, texts } = request;
  const subject = `embedding ${model} ${texts.join('\n')}`;
  const fault = parts.faults.take('openai', subject, ({ kind }) => EMBEDDING_FAULTS.includes(kind));
  const stopped = unanswered(c, fault) ?? unknownModel(c, EMBEDDING_MODELS, model);
  if (stopped) return stopped;
  const usage = { input: texts.reduce((sum, text) => sum + tokensOf(text), 0), cached: 0, output: 0 };
  bill(c, parts.ledger, { model, usage, tier: 'default' });
  await parts.pace.wait('embedding');
  const body = embeddingsBody(request, usage.input);
  const data = fault?.kind === 'malformed' ? body.data.slice(0, -1) : body.data;
  return unanswered(c, fault, true) ?? c.json({ ...body, data });
}

const EMBEDDING_FAULTS: readonly FaultKind[] = ['status', 'drop-before', 'drop-after', 'malformed'];

/** Free, as at OpenAI: nothing is billed. */
async function moderate(c: Context<Env>, parts: OpenAiParts): Promise<Response> {
  const texts = await bodyOf(c, readModerations);
  if (texts instanceof Response) return texts;
  const fault = parts.faults.take('moderation', texts.join('\n'));
  await parts.pace.wait('moderation');
  return unanswered(c, fault) ?? unanswered(c, fault, true) ?? c.json(moderationsBody(texts));
}

function takeFault(faults: FaultBook, question: AskedPrompt): Fault | null {
  const subject = `${question.schemaName ?? ''} ${question.model} ${question.prompt}`;
  return faults.take('openai', subject, ({ kind }) => {
    if (kind === 'off-mix') return isPlan(question);
    return kind !== 'off-style' || (question.schema !== null && !isPlan(question));
  });
}
