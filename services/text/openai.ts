import OpenAI from 'openai';
import type { TextRate } from '../../contract/money/prices/text-rate.js';
import { isOpenAi, TEXT_TIMEOUT_SECONDS, type TextSettings } from '../../contract/providers.js';
import { ProviderError } from '../provider-error.js';
import { guardedFetch } from '../guarded-fetch.js';
import { readable } from '../readable.js';
import { createSecrets, type Secrets } from '../secrets.js';
import { readBody } from './body.js';
import { chatReply, chatRequest, type Wording } from './chat.js';
import { httpFetch } from './http-fetch.js';
import { judge } from './judge.js';
import { asProviderError } from './openai-errors.js';
import { firstManner, nextManner, type Manner, type Server } from './output-mode.js';
import { providerAt } from './provider.js';
import { LONGEST_TEXT } from './read-json.js';
import { shortName, words, type Reply } from './reply.js';
import { responsesReply, responsesRequest } from './responses.js';
import { mostOutputTokens, type Paid, type TextAnswer, type TextQuestion, type TextService } from './text.js';
import { asObject, readBilled, readUsage, type Loose } from './usage.js';

/** What is left out is as without its variable. */
export type OpenAiSettings = Pick<TextSettings, 'apiKey' | 'baseUrl' | 'api'> &
  Partial<TextSettings> & {
    readonly offline: boolean;
    /** What no answer's words may hold; the key alone when left out. */
    readonly secrets?: Secrets;
  };

/**
 * Text by OpenAI, or a server that speaks its API. Uses the client for the request alone and reads the answer itself: the
 * client's `parse()` throws on output that does not fit and loses the usage, which is the cost. It never retries.
 */
export class OpenAiText implements TextService {
  readonly provider: string;
  readonly offline: boolean;
  readonly rate: TextRate | null;
  readonly #client: OpenAI;
  readonly #api: TextSettings['api'];
  readonly #timeoutSeconds: number;
  readonly #server: Server;
  readonly #secrets: Secrets;
  /** How a model of this server is asked, once it has answered. */
  readonly #manners = new Map<string, Manner>();
  /** Models that were seen to think: their answers get more room. */
  readonly #thinking = new Set<string>();

  constructor(settings: OpenAiSettings) {
    const { apiKey, baseUrl, api, offline, output = null, rate = null } = settings;
    const { timeoutSeconds = TEXT_TIMEOUT_SECONDS, secrets = createSecrets([apiKey]) } = settings;
    this.#api = api;
    this.#timeoutSeconds = timeoutSeconds;
    this.#secrets = secrets;
    this.offline = offline;
    this.rate = rate;
    // The stand-in plays OpenAI, wherever it listens.
    this.provider = offline ? 'openai' : providerAt(baseUrl);
    this.#server = { isOpenAi: offline || isOpenAi(baseUrl), output };
    this.#client = new OpenAI({
      apiKey,
      baseURL: baseUrl,
      maxRetries: 0,
      // Ours, in `send`, holds for the whole answer; the client's only until the headers are there.
      timeout: (timeoutSeconds + 60) * 1_000,
      fetch: guardedFetch(httpFetch, secrets),
    });
  }

  async ask<T>(question: TextQuestion<T>): Promise<TextAnswer<T>> {
    const started = performance.now();
    const { body, headers } = await this.#answer(question);
    const seconds = Math.round(performance.now() - started) / 1_000;
    const paid: Paid = {
      model: this.#name(body['model']) ?? question.model,
      usage: readUsage(body['usage']),
      billed: readBilled(body['usage']),
      requestId: this.#name(headers.get('x-request-id')) ?? this.#name(body['id']),
      tier: this.#name(body['service_tier']),
      seconds,
    };
    const reply = this.#masked(this.#api === 'chat' ? chatReply(body) : responsesReply(body));
    if (thinks(paid, reply, body)) this.#thinking.add(question.model);
    return { ...paid, ...judged(question, reply, paid) };
  }

  #name(given: unknown): string | null {
    return shortName(given, this.#secrets);
  }

  /** A server that repeats what it was sent does so in its answers too, and these are published. */
  #masked({ fault, text, cut }: Reply): Reply {
    return {
      fault: fault && { ...fault, detail: readable(fault.detail, this.#secrets) },
      // What is longer is not read by anybody.
      text: text.length > LONGEST_TEXT ? text : this.#secrets.mask(text),
      cut: cut === null ? null : readable(cut, this.#secrets),
    };
  }

  /** Asks in the best way that the server takes. A try that it refuses was not paid. @throws ProviderError */
  async #answer(question: TextQuestion<unknown>): Promise<{ body: Loose; headers: Headers }> {
    const { model } = question;
    const known = this.#manners.get(model);
    let manner = known ?? firstManner(this.#server);
    const tried: Manner[] = [];
    let refusal: ProviderError | null = null;
    for (;;) {
      try {
        const answer = await this.#send(question, manner);
        this.#manners.set(model, manner);
        return answer;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        tried.push(manner);
        const next = nextManner(manner, error, { server: this.#server, tried, isKnown: known !== undefined });
        const isRefusal = error.kind === 'answered' && error.status !== 429 && (error.status ?? 500) < 500;
        // Of a chain of refusals the first is about what we wanted.
        if (!next) throw isRefusal && refusal ? refusal : error;
        refusal ??= error;
        manner = next;
      }
    }
  }

  /** One POST. @throws ProviderError; an abort of ours as it is */
  async #send(question: TextQuestion<unknown>, manner: Manner): Promise<{ body: Loose; headers: Headers }> {
    const inTime = AbortSignal.timeout(this.#timeoutSeconds * 1_000);
    const signal = question.signal ? AbortSignal.any([question.signal, inTime]) : inTime;
    const options = { maxRetries: 0, signal, headers: { 'X-Client-Request-Id': question.key } };
    const wording = this.#wording(question, manner);
    try {
      const answer = await (
        this.#api === 'chat'
          ? this.#client.chat.completions.create(chatRequest(question, manner, wording), options)
          : this.#client.responses.create(responsesRequest(question, manner, wording), options)
      ).asResponse();
      return { body: await readBody(answer, this.provider, this.#secrets), headers: answer.headers };
    } catch (error) {
      if (question.signal?.aborted) throw new OpenAI.APIUserAbortError();
      if (inTime.aborted) {
        const limit = `no answer within ${this.#timeoutSeconds} s (COPYDESK_TEXT_TIMEOUT)`;
        const facts = { provider: this.provider, kind: 'lost', code: 'timeout', cause: error } as const;
        throw new ProviderError(`${this.provider}: ${limit}`, facts);
      }
      throw asProviderError(error, this.provider, this.#secrets);
    }
  }

  /** OpenAI shows the model the schema and lets its models think; of others neither is known. */
  #wording({ model, maxOutputTokens }: TextQuestion<unknown>, { output }: Manner): Wording {
    const { isOpenAi } = this.#server;
    const roomToThink = isOpenAi || this.#thinking.has(model);
    return {
      maxOutputTokens: roomToThink ? mostOutputTokens(maxOutputTokens) : maxOutputTokens,
      tellsSchema: !isOpenAi || output !== 'json_schema',
    };
  }
}

type Judged<T> =
  { outcome: 'ok'; value: T } | { outcome: 'refused' | 'truncated' | 'malformed' | 'failed'; detail: string };

function judged<T>(question: TextQuestion<T>, reply: Reply, { usage }: Paid): Judged<T> {
  if (reply.fault) return reply.fault;
  const judgement = judge(question.schema, reply.text);
  if (judgement.outcome === 'ok') return judgement;
  // A few servers call an answer complete that ended at the limit.
  const cut =
    reply.cut ??
    (usage && usage.output >= question.maxOutputTokens && isOpen(reply.text)
      ? 'the output limit was reached'
      : null);
  return cut === null ? judgement : { outcome: 'truncated', detail: cut };
}

/** Text that ends before its JSON does. */
const isOpen = (text: string): boolean => !/[\]}][\s`]*$/.test(text.slice(-200));

/** Whether the answer shows that the model thought before it, or did nothing else until the limit. */
function thinks({ usage }: Paid, { text, cut }: Reply, body: Loose): boolean {
  if ((usage && usage.reasoning > 0) || /^\s*<think/i.test(text) || (cut !== null && text === ''))
    return true;
  const choice = Array.isArray(body['choices']) ? asObject(body['choices'][0]) : null;
  const message = asObject(choice?.['message']);
  return (words(message?.['reasoning_content']) ?? words(message?.['reasoning'])) !== null;
}
