/**
 * An OpenAI-compatible server around a real, small model: `POST /v1/chat/completions`, one call at a time.
 *
 * `node server.mjs json_schema` holds the model to the schema of `response_format`, as llama.cpp, vLLM and others do;
 * `node server.mjs plain` ignores `response_format`, as many servers do. Its first line on stdout is the base URL.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { loadRuntime, MODEL_NAME, WEIGHTS } from './cache.mjs';

const mode = process.argv[2] ?? 'json_schema';
/** What the model was trained for. */
const CONTEXT_TOKENS = 8_192;

/** Threads wait for each other at every layer: where others use the cores, two are ten times slower than one. */
const THREADS = Number(process.env.REAL_MODEL_THREADS ?? 1);

const { getLlama, LlamaChatSession, LlamaLogLevel } = await loadRuntime();
const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: WEIGHTS });
const context = await model.createContext({ contextSize: CONTEXT_TOKENS, threads: THREADS });
const sequence = context.getSequence();

/** The calls before this one: a context has one sequence. */
let before = Promise.resolve();

const server = createServer((request, response) => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = async () => {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') throw [404, 'not found'];
    const question = await json(request);
    const turn = before.then(() => complete(question, gone.signal));
    before = turn.catch(() => undefined);
    return turn;
  };
  answer().then(
    (body) => send(response, 200, body),
    (error) => {
      const [status, message] = Array.isArray(error) ? error : [500, String(error?.message ?? error)];
      send(response, status, { error: { message, type: 'invalid_request_error' } });
    },
  );
});

async function complete(question, signal) {
  signal.throwIfAborted();
  const started = performance.now();
  const said = (role) => question.messages.filter((one) => one.role === role).map(({ content }) => content);
  await sequence.clearHistory();
  const session = new LlamaChatSession({
    contextSequence: sequence,
    systemPrompt: said('system').join('\n'),
  });
  const prompt = said('user').join('\n');
  const room = CONTEXT_TOKENS - model.tokenize(said('system').join('\n') + prompt).length - 64;
  if (room < 256) throw [400, `the prompt is too long for a context of ${CONTEXT_TOKENS} tokens`];
  const asked = question.max_tokens ?? question.max_completion_tokens ?? room;
  const grammar = await grammarOf(question.response_format);
  const meter = sequence.tokenMeter.getState();
  const options = { maxTokens: Math.min(asked, room), temperature: 0.6, topP: 0.95, grammar, signal };
  const { responseText, stopReason } = await session.promptWithMeta(prompt, {
    ...options,
    repeatPenalty: { penalty: 1.1, lastTokens: 128 },
    seed: question.seed,
  });
  session.dispose();
  const { usedInputTokens: prompt_tokens, usedOutputTokens: completion_tokens } =
    sequence.tokenMeter.diff(meter);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  process.stderr.write(
    `${JSON.stringify({ mode, held: grammar !== undefined, seconds, prompt_tokens, completion_tokens, stopReason, text: responseText })}\n`,
  );
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model: MODEL_NAME,
    choices: [
      {
        index: 0,
        finish_reason: stopReason === 'maxTokens' ? 'length' : 'stop',
        message: { role: 'assistant', content: responseText },
      },
    ],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

async function grammarOf(format) {
  if (mode === 'plain' || !format || format.type === 'text') return undefined;
  if (format.type === 'json_schema')
    return llama.createGrammarForJsonSchema(oneOf(format.json_schema.schema));
  return llama.getGrammarFor('json');
}

/** The grammar knows `oneOf`, and not the `anyOf` that says the same of a text that may be null. */
function oneOf(node) {
  if (Array.isArray(node)) return node.map(oneOf);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name === 'anyOf' ? 'oneOf' : name, oneOf(value)]),
  );
}

function send(response, status, body) {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}/v1\n`));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
