import { newAnswerId } from './answers.js';
import { RefusedBody } from './question.js';

/** What is flagged, and for what. A stand-in understands nothing: it knows these words. */
const FLAGGED: Readonly<Record<string, readonly string[]>> = {
  harassment: ['you are worthless'],
  'harassment/threatening': ['i will hurt you', 'i will kill you'],
  hate: ['i hate all of them'],
  'self-harm/intent': ['i want to hurt myself', 'i want to kill myself'],
  violence: ['i want to hurt', 'i want to kill'],
};
/** The other categories of `omni-moderation-latest`. */
const OTHERS = [
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'sexual',
  'sexual/minors',
  'violence/graphic',
];

/** The texts of `POST /moderations`: one, several, or the text parts of one input. @throws BadRequest */
export function readModerations(body: Record<string, unknown>): string[] {
  const { input } = body;
  if (typeof input === 'string') return [input];
  if (!Array.isArray(input) || input.length === 0)
    throw new RefusedBody('input', "Missing required parameter: 'input'.");
  if (input.every((one) => typeof one === 'string')) return input;
  const texts = input.map((part: { text?: unknown } | null) => part?.text);
  return [texts.filter((text) => typeof text === 'string').join('\n')];
}

/** The document of `POST /moderations`. */
export const moderationsBody = (texts: readonly string[]): object => ({
  id: newAnswerId('modr'),
  model: 'omni-moderation-latest',
  results: texts.map(resultOf),
});

function resultOf(text: string): object {
  const said = text.toLowerCase().replace(/\s+/g, ' ');
  const isFlagged = (name: string): boolean => (FLAGGED[name] ?? []).some((words) => said.includes(words));
  const names = [...Object.keys(FLAGGED), ...OTHERS].sort();
  const each = <T>(value: (name: string) => T) =>
    Object.fromEntries(names.map((name) => [name, value(name)]));
  return {
    flagged: names.some(isFlagged),
    categories: each(isFlagged),
    category_scores: each((name) => (isFlagged(name) ? 0.98 : 0.001)),
    category_applied_input_types: each(() => ['text']),
  };
}
