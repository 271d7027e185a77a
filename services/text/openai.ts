import { mostOutputTokens } from '../../contract/money/prices/text-price.js';
import type { TextRate } from '../../contract/money/prices/text-rate.js';
import { isOpenAi, TEXT_TIMEOUT_SECONDS, type TextSettings } from '../../contract/providers.js';
import { ProviderError } from '../provider-error.js';
import { readable } from '../readable.js';
import { createSecrets, type Secrets } from '../secrets.js';
import { Connection, type GoodAnswer } from './connection.js';
import { Embeddings } from './embeddings.js';
import { judge } from './judge.js';
import { Moderations } from './moderations.js';
import { firstManner, nextManner, type Manner, type Server } from './output-mode.js';
import { LONGEST_TEXT } from './read-json.js';
import { words, type TextReply } from './reply.js';
import { type TextApi, type Wording, TEXT_APIS } from './text-apis.js';
import type {
  EmbeddingAnswer,
  EmbeddingQuestion,
  Moderation,
  Paid,
  TextAnswer,
  TextQuestion,
  TextService,
} from './text.js';
import { asObject, readBilled, readUsage, type Loose } from './usage.js';

/** What is left out is as without its variable. */
export type OpenAiSettings = Pick<TextSettings, 'apiKey' | 'baseUrl' | 'api'> &
  Partial<TextSettings> & {
    readonly offline: boolean;
    /** What no answer's words may hold; the key alone when left out. */
    readonly secrets?: Secrets;
    /** Takes lines for the log; nobody when left out. */
    readonly note?: (line: string) => void;
  };

/**
 * Text by OpenAI, or a server that speaks its API. Uses the client for the request alone and reads the answer itself: the
 * client's `parse()` throws on output that does not fit and loses the usage, which is the cost. It never retries.
 */
export class OpenAiText implements TextService {
  readonly provider: string;
  readonly offline: boolean;
  readonly rate: TextRate | null;
  readonly #connection: Connection;
  readonly #embeddings: Embeddings;
  /** Null where the server has none. */
  readonly #moderations: Moderations | null;
  readonly #api: TextApi;
  readonly #server: Server;
  /** How a model of this server is asked, once it has answered. */
  readonly #manners = new Map<string, Manner>();
  /** Models that were seen to think: their answers get more room. */
  readonly #thinking = new Set<string>();

  constructor(settings: OpenAiSettings) {
    const { apiKey, baseUrl, api, offline, output = null, rate = null } = settings;
    const {
      timeoutSeconds = TEXT_TIMEOUT_SECONDS,
      secrets = createSecrets([apiKey]),
      note = () => undefined,
    } = settings;
    this.#api = TEXT_APIS[api];
    this.offline = offline;
    this.rate = rate;
    // The stand-in plays OpenAI, wherever it listens.
    this.provider = offline ? 'openai' : providerAt(baseUrl);
    this.#server = { isOpenAi: offline || isOpenAi(baseUrl), output };
    const { provider } = this;
    this.#connection = new Connection({ apiKey, baseUrl, provider, timeoutSeconds, secrets });
    this.#embeddings = new Embeddings(this.#connection);
    this.#moderations = this.#server.isOpenAi ? new Moderations(this.#connection, note) : null;
  }

  async ask<T>(question: TextQuestion<T>): Promise<TextAnswer<T>> {
    const { body, headers, seconds } = await this.#answer(question);
    const { secrets } = this.#connection;
    const usage = this.#api.usage(body);
    const paid: Paid = {
      model: this.#connection.name(body['model']) ?? question.model,
      usage: readUsage(usage),
      billed: readBilled(usage),
      requestId: this.#connection.name(headers.get('x-request-id')) ?? this.#connection.name(body['id']),
      tier: this.#connection.name(body['service_tier']),
      seconds,
    };
    const reply = masked(this.#api.reply(body), secrets);
    if (thinks(paid, reply, body)) this.#thinking.add(question.model);
    return { ...paid, ...judged(question, reply, paid) };
  }

  embed(question: EmbeddingQuestion): Promise<EmbeddingAnswer> {
    return this.#embeddings.embed(question);
  }

  moderate(texts: readonly string[]): Promise<readonly Moderation[] | null> {
    return this.#moderations?.moderate(texts) ?? Promise.resolve(null);
  }

  /** Asks in the best way that the server takes. A try that it refuses was not paid. @throws ProviderError */
  async #answer(question: TextQuestion<unknown>): Promise<GoodAnswer> {
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
  #send(question: TextQuestion<unknown>, manner: Manner): Promise<GoodAnswer> {
    const wording = this.#wording(question, manner);
    return this.#connection.post(
      (client, options) => this.#api.send(client, question, { manner, wording, options }),
      question,
    );
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

/** A server that repeats what it was sent does so in its answers too, and these are published. */
const masked = ({ fault, text, cut }: TextReply, secrets: Secrets): TextReply => ({
  fault: fault && { ...fault, detail: readable(fault.detail, secrets) },
  // What is longer is not read by anybody.
  text: text.length > LONGEST_TEXT ? text : secrets.mask(text),
  cut: cut === null ? null : readable(cut, secrets),
});

type Judged<T> =
  { outcome: 'ok'; value: T } | { outcome: 'refused' | 'truncated' | 'malformed' | 'failed'; detail: string };

function judged<T>(question: TextQuestion<T>, reply: TextReply, { usage }: Paid): Judged<T> {
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
function thinks({ usage }: Paid, { text, cut }: TextReply, body: Loose): boolean {
  if ((usage && usage.reasoning > 0) || /^\s*<think/i.test(text) || (cut !== null && text === ''))
    return true;
  const choice = Array.isArray(body['choices']) ? asObject(body['choices'][0]) : null;
  const message = asObject(choice?.['message']);
  return (words(message?.['reasoning_content']) ?? words(message?.['reasoning'])) !== null;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What records and messages call the server: `openai`, or its host's name, on this machine with the port. */
export function providerAt(baseUrl: string): string {
  if (isOpenAi(baseUrl)) return 'openai';
  const { hostname, host } = new URL(baseUrl);
  return LOOPBACK.test(hostname) ? host : hostname;
}
