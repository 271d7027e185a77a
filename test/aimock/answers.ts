import type { ChatCompletionRequest, LLMock } from '@copilotkit/aimock';

/** Tokens of each kind of answer, as aimock will count them. */
export const USAGE = {
  plan: { input_tokens: 1_800, output_tokens: 700 },
  article: { input_tokens: 1_200, output_tokens: 600 },
  clip: { input_tokens: 1_000, output_tokens: 250 },
} as const;

/**
 * Teaches aimock to plan and to draft. The kind of a question is told by its input, since aimock's Responses API hands
 * its fixtures no schema; the answers are made from what the question asks for.
 */
export function answerTexts(aimock: LLMock): void {
  aimock.on({ userMessage: /^Generate exactly / }, (request) => ({
    content: JSON.stringify(planFor(inputOf(request))),
    usage: USAGE.plan,
  }));
  aimock.on({ userMessage: /^- Body: /m }, (request) => {
    const { button, ...draft } = draftFor(inputOf(request));
    const body = ['First the bill.', 'Then the sum behind it.', 'Then what follows from it.', button].join(
      '\n\n',
    );
    return {
      content: JSON.stringify({ ...draft, body, caption: 'The bill, line by line.' }),
      usage: USAGE.article,
    };
  });
  aimock.on({ userMessage: /^Button: /m }, (request) => {
    const { button, ...draft } = draftFor(inputOf(request));
    const clip = { ...draft, caption: `A queue that fills.\n${button}`, shot_description: 'A slow push in.' };
    return { content: JSON.stringify(clip), usage: USAGE.clip };
  });
}

export const inputOf = ({ messages }: ChatCompletionRequest): string =>
  String(messages.find((message) => message.role === 'user')?.content);

function planFor(input: string): object {
  const sentence = input.split('\n')[0] ?? '';
  const formats = [...sentence.matchAll(/(\d+) with content_format='(\w+)'/g)].flatMap(([, count, format]) =>
    Array.from({ length: Number(count) }, () => format),
  );
  return {
    items: formats.map((format, at) => ({
      content_format: format,
      title: `Line ${at + 1} of the invoice`,
      topic: 'What one call costs',
      angle: 'The retries cost more than the calls',
      rationale: 'A sum that the reader can redo',
      news_peg: null,
      button: `Read line ${at + 1} twice.`,
    })),
  };
}

/** What both formats have, and the button that the piece must end on. */
function draftFor(input: string) {
  const line = (label: string): string => new RegExp(`^${label}: (.+)$`, 'm').exec(input)?.[1] ?? '';
  const least = Number(/^- Hashtags: between (\d+)/m.exec(input)?.[1]);
  return {
    title: line('Title'),
    button: line('Button'),
    hashtags: Array.from({ length: least }, (_, at) => `costs${at + 1}`),
    image_prompt: `A long paper receipt on a desk. ${line('Topic')}.`,
    alt_text: 'A paper receipt on a desk.',
  };
}
