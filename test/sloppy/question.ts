type Node = Readonly<Record<string, any>>;

export interface Question {
  /** Null where the request has none. */
  readonly schema: Node | null;
  readonly prompt: string;
  /** Why a server that knows only plain text does not take it; null where it does. */
  readonly refusal: string | null;
}

/** What a request of either API asks. @param plainOnly the server knows neither formats nor newer parameters */
export function readQuestion(body: Node, plainOnly: boolean): Question {
  const format = body['response_format'] ?? body['text']?.format ?? null;
  const schema = (format?.json_schema?.schema ?? format?.schema ?? null) as Node | null;
  const messages: readonly Node[] = Array.isArray(body['messages']) ? body['messages'] : [];
  const said = [body['instructions'], ...messages.map(({ content }) => content), inputOf(body['input'])];
  const prompt = said.filter((part) => typeof part === 'string').join('\n\n');
  return { schema, prompt, refusal: plainOnly ? refusalOf(body, format) : null };
}

const inputOf = (input: unknown): string =>
  Array.isArray(input)
    ? input.map((one: Node) => JSON.stringify(one['content'])).join('\n')
    : String(input ?? '');

function refusalOf(body: Node, format: Node | null): string | null {
  if ('max_completion_tokens' in body) return 'unknown parameter: max_completion_tokens';
  if (format && format['type'] !== 'text')
    return `response_format: type '${format['type']}' is not supported`;
  return null;
}
